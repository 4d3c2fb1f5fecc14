import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { compileTexts } from "./scripts/lib/compileTexts.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));
const elsewhere = ["node_modules/**", "dist/**", ".next/**", "e2e/specs/**"];
/** The shells meet real brokers, databases, sockets and processes: slower than what people run before every commit. */
const integration = ["**/*.integration.test.ts", "server/{mqtt,db,sockets,http,people,demo,testing}/**/*.test.ts"];
/** Judged by the milliseconds of CPU that something takes, or by how long it takes, so nothing else runs beside them. */
const timing = [
  "server/cluster/limits.integration.test.ts",
  "fuzz/growth.integration.test.ts",
  "server/configFile/firstReading.integration.test.ts",
  "server/core/live/manyTopics.integration.test.ts",
  "server/core/brokers/sparkplugTurns.integration.test.ts",
  "server/core/discovery/longAnnouncements.integration.test.ts",
  "server/cluster/takeOverTurns.integration.test.ts",
  "server/cluster/handOver.integration.test.ts",
];
/** Replace modules by spies, which files that share their modules cannot. */
const mocking = ["server/core/live/liveStateReload.test.ts"];
/** Those that mostly wait begin first, the longest before the others: what they wait for costs no CPU. */
const WAITING = [
  "server/cluster/",
  "server/faults/brokers",
  "e2e/stall",
  "server/db/historyFaults",
  "server/faults/serverEnds",
  "server/demo/demo",
  "server/mqtt/commander",
];

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = WAITING.findIndex((start) => moduleId.slice(root.length).startsWith(start));
      return at < 0 ? WAITING.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

await compileTexts();

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    // Limits only guard against hanging: a slow machine must not make a right test wrong.
    setupFiles: ["lib/texts/all.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx,mjs}"],
          exclude: [...elsewhere, ...integration, ...mocking],
          // Two hundred files load the same modules: once for each worker instead of once for each file is three times as quick.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: "unit-mocking", include: mocking, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: integration,
          exclude: [...elsewhere, ...timing],
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: { name: "timing", include: timing, exclude: elsewhere, maxWorkers: 1, sequence: { groupOrder: 3 } },
      },
    ],
  },
});
