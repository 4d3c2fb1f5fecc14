import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type ResourceLimits, Worker } from "node:worker_threads";

/**
 * Starts a thread from `dist/<name>.js` in a built server, and from `<name>.ts` beside its caller in development and tests.
 * `beside`: the caller's `import.meta.url`. scripts/build.mjs builds every file called somethingWorker.ts.
 */
export function startThread(
  name: string,
  beside: string,
  workerData: unknown,
  resourceLimits?: ResourceLimits,
): Worker {
  const options = { workerData, ...(resourceLimits && { resourceLimits }) };
  const built = new URL(`./${name}.js`, import.meta.url);
  if (existsSync(fileURLToPath(built))) return new Worker(built, options);
  const source = new URL(`./${name}.ts`, beside).href;
  // Loaders are a thread's own. The flags that the main thread got its loader by differ between tsx and vitest, so they are left
  // away and tsx is asked for by its place: `require` would resolve its name to the CommonJS build, which cannot load itself here.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
  const api = new URL("./dist/esm/api/index.mjs", tsx).href;
  const load = `import(${JSON.stringify(api)}).then(({ tsImport }) => tsImport(${JSON.stringify(source)}, ${JSON.stringify(source)}));`;
  return new Worker(load, { ...options, eval: true, execArgv: [] });
}
