import { createMemoryHistoryStore } from "../testing/memoryHistoryStore";
import { historyStoreContract } from "./historyStoreContract";

historyStoreContract("memory, for tests", async () => ({
  store: createMemoryHistoryStore(),
  dispose: async () => undefined,
}));
