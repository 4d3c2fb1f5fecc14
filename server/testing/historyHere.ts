import { MessageChannel } from "node:worker_threads";
import { runReader } from "../db/sqlite/history/readRole";
import { runWriter } from "../db/sqlite/history/writeRole";
import type { StartHistoryWorker } from "../db/startHistoryWorker";

/** The history's two threads without the threads: the same code over the same messages, in the thread of the test. */
export const startHistoryHere: StartHistoryWorker = (settings) => {
  if (settings.kind !== "sqlite") throw new Error("only the history in SQLite runs without threads");
  const { port1: ours, port2: theirs } = new MessageChannel();
  const run = settings.role === "write" ? runWriter : runReader;
  run(theirs, settings);
  return {
    on: (event: string, listener: (value: never) => void) =>
      ours.on(event === "exit" ? "close" : event, listener as (value: unknown) => void),
    postMessage: (message) => ours.postMessage(message),
    terminate: async () => theirs.close(),
  };
};
