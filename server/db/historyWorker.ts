import { parentPort, workerData } from "node:worker_threads";
import type { WorkerSettings } from "./history/messages";
import { runReader } from "./sqlite/history/readRole";
import { runWriter } from "./sqlite/history/writeRole";

/** A thread of the history; its messages are those of ./history/messages.ts. */
const ROLES = { sqlite: { write: runWriter, read: runReader } };

const settings = workerData as WorkerSettings;
if (parentPort && settings.kind === "sqlite") ROLES.sqlite[settings.role](parentPort, settings);
