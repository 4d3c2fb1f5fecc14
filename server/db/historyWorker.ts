import { parentPort, workerData } from "node:worker_threads";
import type { WorkerSettings } from "./history/messages";
import { runPostgresReader } from "./postgres/history/readRole";
import { runPostgresWriter } from "./postgres/history/writeRole";
import { runReader } from "./sqlite/history/readRole";
import { runWriter } from "./sqlite/history/writeRole";

/** A thread of the history; its messages are those of ./history/messages.ts. */
const SQLITE = { write: runWriter, read: runReader };
const POSTGRES = { write: runPostgresWriter, read: runPostgresReader };

const settings = workerData as WorkerSettings;
if (parentPort) {
  if (settings.kind === "sqlite") SQLITE[settings.role](parentPort, settings);
  else void POSTGRES[settings.role](parentPort, settings);
}
