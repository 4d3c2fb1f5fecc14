import { createMemoryConfigStore } from "../testing/memoryConfigStore";
import { configStoreContract } from "./configStoreContract";

configStoreContract("memory, for tests", async () => {
  const store = createMemoryConfigStore();
  return { store, sql: store.sql, breakWrites: () => store.breakWrites(), dispose: async () => undefined };
});
