import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compileTexts } from "./lib/compileTexts.mjs";
import { sourceHash, stampBuild } from "./lib/freshness.mjs";
import { requireNode } from "./lib/nodeVersion.mjs";
import { ROOT } from "./lib/root.mjs";
import { heading, runBin, seconds } from "./lib/run.mjs";
import { serverEntries } from "./lib/serverEntries.mjs";

/**
 * esbuild escapes what is not ASCII in strings, not in regular expressions; one letter past Latin-1 makes V8 keep the whole text of
 * the server in two bytes a letter, a megabyte more.
 */
const asciiOnly = (text) =>
  text.replace(/[^ -~\s]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Pages by Next, server by esbuild, stamped with the hash of what they were made of. Answers whether it worked. */
export async function build() {
  await compileTexts();
  const sources = sourceHash();
  rmSync(join(ROOT, "dist"), { recursive: true, force: true });
  mkdirSync(join(ROOT, "dist"));

  heading("Building the pages");
  const pages = await runBin("next/dist/bin/next", ["build"], {
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (pages.code !== 0) return false;

  heading("Building the server");
  const started = Date.now();
  const { build: bundle } = await import("esbuild");
  const result = await bundle({
    absWorkingDir: ROOT,
    entryPoints: serverEntries(),
    outdir: "dist",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    // Comments and indentation: V8 keeps the text of what it runs. Names stay, for the log's stack traces.
    minifyWhitespace: true,
    write: false,
    logLevel: "warning",
  }).catch((error) => {
    console.error(error.message);
    return undefined;
  });
  if (!result) return false;
  for (const { path, text } of result.outputFiles) writeFileSync(path, path.endsWith(".js") ? asciiOnly(text) : text);
  stampBuild(sources);
  console.log(`Built: pages ${seconds(pages.ms)}, server ${seconds(Date.now() - started)}.`);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  requireNode();
  process.exit((await build()) ? 0 : 1);
}
