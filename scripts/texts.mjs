/**
 * The interface texts. `node scripts/texts.mjs` compiles messages/en.json; with `--check` it writes nothing and looks for what is wrong:
 * literal texts, keys that nobody uses, pages without a namespace, compiled files that are older than the catalogue.
 */
import { compileTexts, readCatalogue, textsAreCompiled } from "./lib/compileTexts.mjs";
import { sentenceFaults } from "./lib/lintSharedTexts.mjs";
import { keyFaults, literalFaults, pageFaults, readSources } from "./lib/lintTexts.mjs";

if (!process.argv.includes("--check")) {
  console.log((await compileTexts()) ? "Texts compiled." : "The compiled texts are up to date.");
} else {
  const catalogue = readCatalogue();
  const sources = readSources();
  const faults = [
    ...literalFaults(sources),
    ...sentenceFaults(sources),
    ...keyFaults(sources, catalogue),
    ...pageFaults(sources, catalogue),
  ];
  if (!(await textsAreCompiled()))
    faults.push(
      "lib/texts/compiled: older than messages/en.json: run node scripts/texts.mjs and commit what it writes",
    );
  for (const fault of faults) console.error(fault);
  const texts = Object.values(catalogue).reduce((sum, space) => sum + Object.keys(space).length, 0);
  console.log(`${texts} texts, ${sources.size} files read, ${faults.length} faults.`);
  process.exitCode = faults.length > 0 || sources.size < 300 ? 1 : 0;
}
