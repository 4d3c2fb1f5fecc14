import type { Worker } from "node:worker_threads";
import { startThread } from "../../../startThread";
import type { WorkerSettings } from "./messages";

export const startHistoryWorker = (settings: WorkerSettings): Worker =>
  startThread("historyWorker", import.meta.url, settings);
