import type { MessagePort } from "node:worker_threads";
import Database from "better-sqlite3";
import { answering } from "./answering";
import { createChart } from "./chart";
import { createHistoryReader } from "./historyReader";
import type { FromWorker, ToWorker, WorkerSettings } from "./messages";

/** In WAL mode readers wait for nobody but a checkpoint's last moment. */
const BUSY_MS = 1000;

/** The thread that answers charts, exports and look-ups, through a connection of its own that cannot write. */
export function runReader(port: MessagePort, settings: WorkerSettings): void {
  const say = (message: FromWorker) => port.postMessage(message);
  const database = new Database(settings.file, { timeout: BUSY_MS, fileMustExist: true });
  // Opened for writing, since the log's index may have to be made; nothing is ever written.
  database.pragma("query_only = ON");
  const reader = createHistoryReader(database);
  const chart = createChart(database, reader);
  /** One state of the file for all parts of an answer: between two of them readings may be packed. */
  const atOnce = <T>(read: () => T): T => database.transaction(read).deferred();

  const answer = answering(
    {
      range: ({ point, from, to, limit }) =>
        atOnce(() => {
          const id = reader.point(point);
          return id === undefined ? { t: [], value: [] } : reader.range(id, from, to, limit, "newest");
        }),
      query: ({ points, from, to, width }) => atOnce(() => chart.query(points, from, to, width)),
      page: (ask) => atOnce(() => reader.page(ask)),
      latest: () => atOnce(() => reader.latest()),
    },
    say,
  );

  port.on("message", (message: ToWorker) => {
    if (message.type === "query") void answer(message);
    if (message.type !== "close") return;
    database.close();
    say({ type: "closed" });
    port.close();
  });
  say({ type: "ready" });
}
