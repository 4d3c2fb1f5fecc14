import type { MessagePort } from "node:worker_threads";
import Database from "better-sqlite3";
import { answering } from "../../history/answering";
import type { FromWorker, SqliteSettings, ToWorker } from "../../history/messages";
import { createChart } from "./chart";
import { createHistoryReader } from "./historyReader";

/** In WAL mode readers wait for nobody but a checkpoint's last moment. */
const BUSY_MS = 1000;

/** The thread that answers charts, exports and look-ups, through a connection of its own that cannot write. */
export function runReader(port: MessagePort, settings: SqliteSettings): void {
  const say = (message: FromWorker) => port.postMessage(message);
  let opened: ReturnType<typeof open> | undefined;
  /** At the first question: by then the writer has made the file, and this thread did not keep the start waiting for it. */
  const parts = () => {
    opened ??= open(settings.file);
    return opened;
  };
  /** One state of the file for all parts of an answer: between two of them readings may be packed. */
  const atOnce = <T>(read: (parts: ReturnType<typeof open>) => T): T =>
    parts()
      .database.transaction(() => read(parts()))
      .deferred();

  const answer = answering(
    {
      range: ({ point, from, to, limit }) =>
        atOnce(({ reader }) => {
          const id = reader.point(point);
          return id === undefined ? { t: [], value: [] } : reader.range(id, from, to, limit, "newest");
        }),
      query: ({ points, from, to, width }) => atOnce(({ chart }) => chart.query(points, from, to, width)),
      page: (ask) => atOnce(({ reader }) => reader.page(ask)),
      latest: () => atOnce(({ reader }) => reader.latest()),
    },
    say,
  );

  port.on("message", (message: ToWorker) => {
    if (message.type === "query") void answer(message);
    if (message.type !== "close") return;
    opened?.database.close();
    say({ type: "closed" });
    port.close();
  });
  say({ type: "ready" });
}

function open(file: string) {
  const database = new Database(file, { timeout: BUSY_MS, fileMustExist: true });
  // Opened for writing, since the log's index may have to be made; nothing is ever written.
  database.pragma("query_only = ON");
  const reader = createHistoryReader(database);
  return { database, reader, chart: createChart(database, reader) };
}
