import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { createListeners } from "../../lib/listeners";
import { say } from "../../lib/texts/said";
import type { ConfigSource, Log, Notice, StoredReading } from "../ports";
import { demoHouse } from "./house";
import { type DemoWork, DemoWorkerMessage } from "./messages";

export interface Demo {
  /** The demo broker's address. */
  url: string;
  /** Registers the devices and puts them on dashboards. */
  source: ConfigSource;
  stop(): Promise<void>;
}

export interface DemoOptions {
  log: Log;
  /** Tried first; another free port is taken when it is in use. 0: any. */
  port?: number;
  /** The same seed gives the same house. */
  seed?: number;
  /** How much faster than life the house runs, for tests. */
  pace?: number;
  /** Makes up the days before `to` (epoch ms) first; `keep` gets their readings in batches, in the order of time. */
  past?: { to: number; keep(readings: readonly StoredReading[]): Promise<unknown> };
}

const PREFERRED_PORT = 18830;
/** How long the worker may be silent while it starts. */
const START_LIMIT_MS = 20_000;
const PAST_MS = 7 * 86_400_000;

/** Starts the embedded broker and the simulated devices in a worker thread. Rejects when they do not come up. */
export async function startDemo({ log, port = PREFERRED_PORT, seed = 7, pace = 1, past }: DemoOptions): Promise<Demo> {
  const worker = startWorker({ port, seed, pace, ...(past && { past: { from: past.to - PAST_MS, to: past.to } }) });
  const ready = await untilReady(worker, past?.keep).catch(async (error) => {
    await worker.terminate();
    throw error;
  });
  const url = `mqtt://127.0.0.1:${ready.port}`;
  log.info({ url, devices: ready.devices }, "demo house started");

  const config = demoHouse(url);
  const listeners = createListeners<[]>();
  let notice: Notice | undefined;
  let stopping = false;
  worker.on("error", (error) => log.error({ err: error }, "demo house failed"));
  worker.on("exit", (code) => {
    if (stopping) return;
    notice = { id: "demo", level: "critical", text: say("notice.demoStopped", { code }) };
    listeners.tell();
  });

  const stop = async (): Promise<void> => {
    stopping = true;
    await worker.terminate();
  };
  return {
    url,
    source: {
      origin: "demo",
      current: () => config,
      onChange: listeners.add,
      notice: () => notice,
      stop: () => void stop(),
    },
    stop,
  };
}

/** Beside the bundle stands demoWorker.js; from sources, tsx reads the TypeScript. */
function startWorker(work: DemoWork): Worker {
  if (!import.meta.url.endsWith(".ts"))
    return new Worker(new URL("./demoWorker.js", import.meta.url), { workerData: work });
  // Node 20 does not apply `--import tsx` to a worker's own entry file, so a line of JavaScript is the entry.
  const tsx = new URL(
    "./dist/esm/api/index.mjs",
    pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json")),
  ).href;
  const entry = new URL("./demoWorker.ts", import.meta.url).href;
  const code = `import(${JSON.stringify(tsx)}).then(({ tsImport }) => tsImport(${JSON.stringify(entry)}, ${JSON.stringify(import.meta.url)}))`;
  return new Worker(code, { eval: true, execArgv: [], workerData: work });
}

function untilReady(
  worker: Worker,
  keep: (readings: readonly StoredReading[]) => Promise<unknown> = async () => undefined,
): Promise<Extract<DemoWorkerMessage, { kind: "ready" }>> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(limit);
      worker.removeAllListeners();
      act();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const limit = setTimeout(
      () => fail(new Error(`the demo house did not start within ${START_LIMIT_MS / 1000} s`)),
      START_LIMIT_MS,
    );
    worker.on("message", (message) => {
      limit.refresh();
      const parsed = DemoWorkerMessage.parse(message);
      if (parsed.kind === "ready") settle(() => resolve(parsed));
      else keep(parsed.readings).then(() => worker.postMessage("next"), fail);
    });
    worker.once("error", fail);
    worker.once("exit", (code) => fail(new Error(`the demo house ended with code ${code} while starting`)));
  });
}
