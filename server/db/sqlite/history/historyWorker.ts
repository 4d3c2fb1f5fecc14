import { parentPort, workerData } from "node:worker_threads";
import type { WorkerSettings } from "./messages";
import { runReader } from "./readRole";
import { runWriter } from "./writeRole";

/** A thread of the history; its messages are those of ./messages.ts. */
const ROLES = { write: runWriter, read: runReader };

const settings = workerData as WorkerSettings;
if (parentPort) ROLES[settings.role](parentPort, settings);
