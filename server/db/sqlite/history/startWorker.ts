import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { WorkerSettings } from "./messages";

/** Starts the thread from `dist/historyWorker.js` in a built server, and from its source in development and tests. */
export function startHistoryWorker(settings: WorkerSettings): Worker {
  const built = new URL("./historyWorker.js", import.meta.url);
  if (existsSync(fileURLToPath(built))) return new Worker(built, { workerData: settings });
  const source = new URL("./historyWorker.ts", import.meta.url).href;
  // Loaders are a thread's own. The flags that the main thread got its loader by differ between tsx and vitest, so they are left
  // away and tsx is asked for by its place: `require` would resolve its name to the CommonJS build, which cannot load itself here.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
  const api = new URL("./dist/esm/api/index.mjs", tsx).href;
  const load = `import(${JSON.stringify(api)}).then(({ tsImport }) => tsImport(${JSON.stringify(source)}, ${JSON.stringify(source)}));`;
  return new Worker(load, { eval: true, execArgv: [], workerData: settings });
}
