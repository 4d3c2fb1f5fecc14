/**
 * `npm run bench [name…]`: runs the benchmarks one after another, each in a process of its own, so that none inherits another's
 * warm code or memory. Each prints ratios against a bare limit measured in the same run: absolute times belong to one machine.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDependencies } from "../scripts/lib/dependencies.mjs";
import { heading, runBin } from "../scripts/lib/run.mjs";

if (!(await ensureDependencies())) process.exit(1);
const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter(
  (file) => file.endsWith(".bench.ts") && (wanted.length === 0 || wanted.some((name) => file.startsWith(name))),
);

let failed = files.length === 0;
if (failed) console.error(`no benchmark is called ${wanted.join(" or ")}`);
for (const file of files) {
  heading(file.replace(".bench.ts", ""));
  const { code } = await runBin("tsx/dist/cli.mjs", [join(here, file)]);
  failed ||= code !== 0;
}
process.exit(failed ? 1 : 0);
