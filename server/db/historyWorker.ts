import { parentPort, workerData } from "node:worker_threads";
import type { SqliteSettings, WorkerSettings } from "./history/messages";
import { runReader } from "./sqlite/history/readRole";
import { runWriter } from "./sqlite/history/writeRole";

/** A thread of the history in SQLite; its messages are those of ./history/messages.ts. */
const ROLES = { write: runWriter, read: runReader };

const settings = workerData as WorkerSettings & SqliteSettings;
if (parentPort) ROLES[settings.role](parentPort, settings);
