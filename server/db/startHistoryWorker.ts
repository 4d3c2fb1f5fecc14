import { startThread } from "../startThread";
import type { FromWorker, ToWorker, WorkerSettings } from "./history/messages";

/** A thread of the history as far as it is used; a test may run the same work without a thread. */
export interface HistoryWorker {
  on(event: "message", listener: (message: FromWorker) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "exit", listener: () => void): unknown;
  postMessage(message: ToWorker): void;
  terminate(): Promise<unknown>;
}

export type StartHistoryWorker = (settings: WorkerSettings) => HistoryWorker;

const WORKERS = { sqlite: "historyWorker", postgres: "postgresHistoryWorker" };

export const startHistoryWorker: StartHistoryWorker = (settings) =>
  startThread(WORKERS[settings.kind], import.meta.url, settings);
