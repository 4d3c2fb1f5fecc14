import { readFileSync } from "node:fs";
import { tsImport } from "tsx/esm/api";

// node scripts/acceptTemplates.mjs FILE: compares lib/templates with lines of {template, payload, meaning, result}.
const file = process.argv[2];
if (!file) {
  console.error("Usage: node scripts/acceptTemplates.mjs FILE.jsonl");
  process.exit(2);
}
const { compileTemplate } = await tsImport("../lib/templates/index.ts", import.meta.url);
const vectors = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => JSON.parse(line));

let right = 0;
for (const { template, payload, meaning, result } of vectors) {
  const compiled = compileTemplate(template);
  const got = compiled.ok
    ? compiled.value.render(payload, {}, { now: Date.now() })
    : { kind: "keep", why: compiled.error };
  // What is reckoned from now() differs at every run; its kind and shape must not.
  const timed = /\bnow\(\)/.test(template) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(got.text ?? "");
  if (got.kind === meaning && (got.kind !== "value" || got.text === result?.trim() || timed)) right++;
  else
    console.log(
      `wrong: ${JSON.stringify({ template: template.slice(0, 200), payload: payload.slice(0, 200), meaning, result, got })}`,
    );
}
console.log(`right ${right}, wrong ${vectors.length - right}`);
process.exitCode = right >= 0.99 * vectors.length ? 0 : 1;
