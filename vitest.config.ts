import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const elsewhere = ["node_modules/**", "dist/**", ".next/**", "e2e/specs/**"];
/** The shells meet real brokers, databases, sockets and processes: slower than what people run before every commit. */
const integration = ["**/*.integration.test.ts", "server/{mqtt,db,sockets,http,people,demo,testing}/**/*.test.ts"];

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    // One slow machine must not make a right test wrong; a hanging one ends all the same.
    testTimeout: 15_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["**/*.test.{ts,tsx,mjs}"], exclude: [...elsewhere, ...integration] },
      },
      { extends: true, test: { name: "integration", include: integration, exclude: elsewhere } },
    ],
  },
});
