import { rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";
import { run, runBin } from "./run.mjs";

/** What is looked at without running Telltale. `npm run check` adds the unit tests, `npm test` everything else. */
export const checks = [
  { title: "Format and lint", run: () => runBin("@biomejs/biome/bin/biome", ["check", "."]) },
  {
    title: "Types",
    async run() {
      // Next writes the types of its routes and of imported CSS; a fresh clone does not have them yet. It removes none: those of pages
      // that an update has moved or removed would still be judged.
      for (const types of ["types", "dev/types"]) rmSync(join(ROOT, ".next", types), { recursive: true, force: true });
      const generated = await runBin("next/dist/bin/next", ["typegen"], {
        quiet: true,
        env: { NEXT_TELEMETRY_DISABLED: "1" },
      });
      if (generated.code !== 0) {
        console.error(generated.output);
        return generated;
      }
      return runBin("typescript/bin/tsc", ["--noEmit", "-p", "."]);
    },
  },
  { title: "Interface texts", run: () => run(process.execPath, ["scripts/texts.mjs", "--check"]) },
  { title: "Import directions", run: () => run(process.execPath, ["scripts/directions.mjs"]) },
  { title: "Unused code", run: () => runBin("knip/bin/knip.js", ["--no-progress"]) },
];
