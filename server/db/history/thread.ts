import { unreachable } from "../../../lib/result";
import { asWording, inWords, type Said, say } from "../../../lib/texts/said";
import type { Log } from "../../ports";
import { type HistoryWorker, type StartHistoryWorker, startHistoryWorker } from "../startHistoryWorker";
import type { Columns } from "./columns";
import type { FromWorker, Queries, QueryName, ToWorker, WorkerSettings } from "./messages";

/** A thread of the history as seen from outside, over its deaths. */
export interface HistoryThread {
  /** Resolves when the file is open; with a sentence when it is refused. */
  ready: Promise<string | undefined>;
  /** Batches are stored in the order given, which is that of their numbers. */
  write(batch: number, columns: Columns): void;
  /** Rejects with a sentence when the thread is not there or dies meanwhile. */
  query<Q extends QueryName>(name: Q, ask: Queries[Q]["ask"]): Promise<Queries[Q]["answer"]>;
  /** Lets the thread close the file, and ends it after a limit if it does not. */
  close(): Promise<void>;
}

export interface HistoryThreadParts {
  settings: WorkerSettings;
  /** In place of a thread of its own. */
  startWorker?: StartHistoryWorker | undefined;
  log: Log;
  /** The oldest batch that was not stored yet is. */
  onStored(): void;
  onFault(reason: Said): void;
  /** A new thread is there; nothing that the old one had not acknowledged is known to it. */
  onRestart(): void;
}

const RESTART_MS = { first: 1000, longest: 30_000 };
const CLOSE_LIMIT_MS = 1000;

interface Asked {
  resolve(answer: never): void;
  reject(error: Error): void;
}

export function createHistoryThread(parts: HistoryThreadParts): HistoryThread {
  const { startWorker = startHistoryWorker } = parts;
  const asked = new Map<number, Asked>();
  let worker: HistoryWorker | undefined;
  let open = false;
  let closing = false;
  let numbers = 0;
  let pause = RESTART_MS.first;
  let restart: NodeJS.Timeout | undefined;
  let opened: (refusal: string | undefined) => void = () => undefined;
  let onClosed: () => void = () => undefined;
  const ready = new Promise<string | undefined>((resolve) => {
    opened = resolve;
  });
  let wasReady = false;
  let refusal: string | undefined;

  function receive(message: FromWorker): void {
    switch (message.type) {
      case "ready":
        open = true;
        pause = RESTART_MS.first;
        if (wasReady) parts.onRestart();
        wasReady = true;
        opened(undefined);
        break;
      case "refused":
        refusal = message.reason;
        break;
      case "stored":
        parts.onStored();
        break;
      case "fault":
        parts.onFault(asWording(message.reason));
        break;
      case "answer":
        asked.get(message.query)?.resolve(message.answer as never);
        asked.delete(message.query);
        break;
      case "failed":
        asked.get(message.query)?.reject(new Error(message.reason));
        asked.delete(message.query);
        break;
      case "closed":
        onClosed();
        break;
      default:
        unreachable(message);
    }
  }

  function ended(reason: Said): void {
    open = false;
    worker = undefined;
    const words = inWords(reason);
    opened(words);
    for (const { reject } of asked.values()) reject(new Error(words));
    asked.clear();
    onClosed();
    if (closing || !wasReady) return;
    parts.onFault(reason);
    restart = setTimeout(start, pause);
    restart.unref();
    pause = Math.min(pause * 2, RESTART_MS.longest);
  }

  function start(): void {
    let reason: Said = say("notice.historyThreadEnded");
    refusal = undefined;
    const started = startWorker(parts.settings);
    worker = started;
    started.on("message", receive);
    started.on("error", (error) => {
      reason = say("notice.historyThreadFailed", { error: error.message });
      parts.log.error({ err: error }, inWords(reason));
    });
    // Always comes, after "error" too.
    started.on("exit", () => ended(refusal === undefined ? reason : asWording(refusal)));
  }
  start();

  const send = (message: ToWorker) => worker?.postMessage(message);

  return {
    ready,
    write(batch, columns) {
      // While there is no thread the batch waits in flight, and is given again on its return.
      if (open) send({ type: "write", batch, columns });
    },
    query(name, ask) {
      if (!open) return Promise.reject(new Error("the history is not open"));
      const query = ++numbers;
      return new Promise((resolve, reject) => {
        asked.set(query, { resolve, reject });
        send({ type: "query", query, name, ask } as ToWorker);
      });
    },
    async close() {
      closing = true;
      clearTimeout(restart);
      const current = worker;
      if (!current) return;
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, CLOSE_LIMIT_MS);
        onClosed = () => {
          clearTimeout(limit);
          resolve();
        };
        send({ type: "close" });
      });
      await current.terminate();
    },
  };
}
