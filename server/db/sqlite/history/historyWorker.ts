import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { historyMigrations } from "../../migrations";
import { openDatabase } from "../openDatabase";
import type { Columns } from "./columns";
import type { FromWorker, Queries, QueryName, ToWorker, WorkerSettings } from "./messages";
import { createReadingsFile } from "./readingsFile";

/** The thread that owns history.db. Its messages are those of ./messages.ts, taken in the order in which they were sent. */

const RETRY_MS = 500;
/** Here waiting stops nobody but this thread. */
const BUSY_MS = 250;
/** A check reads the whole file; beyond this size it would keep the start waiting. */
const FULL_CHECK_BYTES = 512 * 1024 * 1024;

if (parentPort) run(parentPort, workerData as WorkerSettings);

function run(port: MessagePort, settings: WorkerSettings): void {
  const say = (message: FromWorker) => port.postMessage(message);
  const opened = openDatabase({
    file: settings.file,
    migrations: historyMigrations,
    synchronous: "NORMAL",
    busyMs: BUSY_MS,
    fullCheckBytes: FULL_CHECK_BYTES,
    smallTable: "points",
  });
  if (!opened.ok) {
    say({ type: "refused", reason: opened.error });
    port.close();
    return;
  }
  const database = opened.value;
  if (settings.maxPages !== undefined) database.pragma(`max_page_count = ${settings.maxPages}`);
  const readings = createReadingsFile(database);
  const waiting: { batch: number; columns: Columns }[] = [];
  let retry: NodeJS.Timeout | undefined;

  /** Until all are written, or one cannot be: then it is tried again, and the others keep their order behind it. */
  function drain(): void {
    for (let head = waiting[0]; head; head = waiting[0]) {
      try {
        readings.insert(head.columns);
      } catch (error) {
        say({ type: "fault", reason: (error as Error).message });
        retry = setTimeout(() => {
          retry = undefined;
          drain();
        }, RETRY_MS);
        return;
      }
      waiting.shift();
      say({ type: "stored", batch: head.batch });
    }
  }

  /** One step in a turn, so that what is to be written comes in between. */
  const prune = (before: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const steps = readings.prune(before);
      const step = () => {
        try {
          const { done, value } = steps.next();
          if (done) resolve(value);
          else setImmediate(step);
        } catch (error) {
          reject(error);
        }
      };
      step();
    });

  const answers: {
    [Q in QueryName]: (ask: Queries[Q]["ask"]) => Queries[Q]["answer"] | Promise<Queries[Q]["answer"]>;
  } = {
    range: ({ point, from, to, limit }) => readings.range(point, from, to, limit),
    latest: () => readings.latest(),
    prune: ({ before }) => prune(before),
    check() {
      readings.check();
      return null;
    },
  };

  async function answer(message: Extract<ToWorker, { type: "query" }>): Promise<void> {
    const { query } = message;
    try {
      // The table's key and the question's come from one message, which TypeScript cannot see.
      const reply = answers[message.name] as (ask: unknown) => Queries[QueryName]["answer"];
      say({ type: "answer", query, answer: await reply(message.ask) });
    } catch (error) {
      say({ type: "failed", query, reason: (error as Error).message });
    }
  }

  port.on("message", (message: ToWorker) => {
    switch (message.type) {
      case "write":
        waiting.push(message);
        if (!retry) drain();
        return;
      case "query":
        void answer(message);
        return;
      case "close":
        clearTimeout(retry);
        database.close();
        say({ type: "closed" });
        port.close();
        return;
    }
  });
  say({ type: "ready" });
}
