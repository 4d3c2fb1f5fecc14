/**
 * Import directions by dependency-cruiser. Without @swc/core, or with a TypeScript that it does not know, it reads no TypeScript
 * at all and finds everything in order: so it must have read most of the source files, or the check fails.
 */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { folderCircles } from "./lib/folderCircles.mjs";
import { ROOT } from "./lib/root.mjs";

// dependency-cruiser 17 never tells swc that a .tsx file holds JSX, and gives up at the first one (its issue 1081; fixed in 18,
// which needs a newer Node).
const swc = createRequire(import.meta.url)("@swc/core");
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });
const { cruise } = await import("dependency-cruiser");
const { default: extractConfig } = await import("dependency-cruiser/config-utl/extract-depcruise-config");

const FOLDERS = ["app", "components", "lib", "server"];
const LEAST_MODULES = 50;
/** Folders that stand side by side in these never import each other in a circle. */
const WITHOUT_CIRCLES = ["components", "server"];

/**
 * Reads the TypeScript below these folders of `root` by the rules of .dependency-cruiser.mjs.
 * Answers how many source files were read and, for each violation, `rule: from → to` with the rule's reason.
 */
export async function readDirections(root = ROOT, folders = FOLDERS) {
  const config = await extractConfig(join(ROOT, ".dependency-cruiser.mjs"));
  const { options = {}, ...ruleSet } = config;
  const before = process.cwd();
  process.chdir(root);
  try {
    const { output } = await cruise(
      folders.filter((folder) => existsSync(folder)),
      { ...options, ruleSet, validate: true },
      { alias: { "@": root } },
    );
    const sources = output.modules.filter((m) => /\.tsx?$/.test(m.source) && !m.source.includes("node_modules/"));
    const reasons = new Map(ruleSet.forbidden.map((rule) => [rule.name, rule.comment]));
    return {
      modules: sources.length,
      dependencies: sources.reduce((sum, m) => sum + m.dependencies.length, 0),
      violations: [
        ...output.summary.violations.map((v) => ({
          rule: v.rule.name,
          text: `${v.rule.name}: ${v.from} → ${v.to}\n  ${reasons.get(v.rule.name)}`,
        })),
        ...WITHOUT_CIRCLES.flatMap((folder) => folderCircles(sources, folder)),
      ],
    };
  } finally {
    process.chdir(before);
  }
}

const sourceFiles = (root) =>
  FOLDERS.flatMap((folder) => readdirSync(join(root, folder), { recursive: true })).filter((path) =>
    /\.tsx?$/.test(String(path)),
  ).length;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { modules, dependencies, violations } = await readDirections();
  for (const { text } of violations) console.error(text);
  const expected = Math.max(LEAST_MODULES, sourceFiles(ROOT));
  const blind = modules < expected || dependencies < modules;
  if (blind)
    console.error(
      `Only ${modules} modules with ${dependencies} imports were read, of ${expected}: is @swc/core installed?`,
    );
  console.log(`${modules} modules, ${dependencies} imports, ${violations.length} against the law.`);
  process.exitCode = blind || violations.length > 0 ? 1 : 0;
}
