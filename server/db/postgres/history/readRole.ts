import type { MessagePort } from "node:worker_threads";
import { answering } from "../../history/answering";
import type { FromWorker, PostgresSettings, ToWorker } from "../../history/messages";
import { createPool } from "../pool";
import type { JournalCache } from "./journalCache";
import { type Reader, readAtOnce } from "./reader";

/** Questions that are answered at the same time, and how long one of their statements may take: an export reads much. */
const CONNECTIONS = 3;
const LIMIT_MS = 30_000;

/** The thread that answers charts, exports and look-ups from Postgres. */
export async function runPostgresReader(port: MessagePort, { url }: PostgresSettings): Promise<void> {
  const say = (message: FromWorker) => port.postMessage(message);
  const pool = await createPool({ url, name: "telltale history reader", connections: CONNECTIONS, limitMs: LIMIT_MS });
  const cache: JournalCache = new Map();
  const atOnce = <T>(read: (reader: Reader) => Promise<T>): Promise<T> => readAtOnce(pool, cache, read);

  const answer = answering(
    {
      range: ({ point, from, to, limit }) => atOnce((reader) => reader.range(point, from, to, limit)),
      query: (ask) => atOnce((reader) => reader.query(ask)),
      page: (ask) => atOnce((reader) => reader.page(ask)),
      latest: () => atOnce((reader) => reader.latest()),
    },
    say,
  );
  async function close(): Promise<void> {
    await pool.end();
    say({ type: "closed" });
    port.close();
  }
  port.on("message", (message: ToWorker) => {
    if (message.type === "query") void answer(message);
    if (message.type === "close") void close();
  });
  say({ type: "ready" });
}
