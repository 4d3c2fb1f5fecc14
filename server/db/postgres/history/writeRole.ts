import type { MessagePort } from "node:worker_threads";
import { createSerial } from "../../../../lib/serial";
import { answering } from "../../history/answering";
import { keepRules } from "../../history/keepRules";
import type { FromWorker, PostgresSettings, ToWorker } from "../../history/messages";
import { postgresHistoryMigrations } from "../../migrations/postgres";
import { migrate, whileMigrating } from "../migrate";
import { createPool, reasonOf } from "../pool";
import { createBatchWriter } from "./batchWriter";
import { appendFenced } from "./journal";
import { createTables } from "./tables";

/** How often is looked whether the journal is too long to wait until it is tended. */
const FOLD_MS = 20_000;
/** One connection for batches, one for those of recorders, one for what packs or forgets: readings never wait for it. */
const CONNECTIONS = 3;
/** A lease hardly lasts longer without its database; whoever records next has what was not stored. */
const RECORDER_MS = 2000;
const RECORDER_AGAIN_MS = 200;
/** Packing much, as after a long time without, takes its time. */
const LIMIT_MS = 30_000;

/** The thread that writes the history to Postgres. */
export async function runPostgresWriter(port: MessagePort, { url, writer }: PostgresSettings): Promise<void> {
  const say = (message: FromWorker) => port.postMessage(message);
  const refusal = await makeTables(url);
  if (refusal !== undefined) {
    say({ type: "refused", reason: refusal });
    port.close();
    return;
  }
  const pool = await createPool({ url, name: "telltale history", connections: CONNECTIONS, limitMs: LIMIT_MS });
  const tables = createTables(pool);
  const batches = createBatchWriter({ pool, writer, say });
  const serial = createSerial();
  /** Long work, one after another, each behind the batches that were sent before it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    serial(async () => {
      await batches.idle();
      return work();
    });
  const folding = setInterval(() => {
    // One that fails, as while Postgres restarts, is made up for by the next: the journal stays until then.
    serial(tables.foldWhenLong).catch(() => undefined);
  }, FOLD_MS);

  const answer = answering(
    {
      prune: ({ before }) => inTurn(() => tables.prune(before)),
      tend: ({ now, ...rules }) => inTurn(async () => ({ forgotten: await tables.tend(now, keepRules(rules)) })),
      add: ({ readings }) => inTurn(() => tables.add(readings)),
      write: ({ recorder, batch, columns, fence }) =>
        again(() => appendFenced(pool, { writer: `${writer} ${recorder}`, batch, columns }, fence)),
      async check() {
        await tables.check();
        return null;
      },
    },
    say,
  );

  async function close(): Promise<void> {
    clearInterval(folding);
    await batches.stop();
    await pool.end();
    say({ type: "closed" });
    port.close();
  }
  port.on("message", (message: ToWorker) => {
    switch (message.type) {
      case "write":
        batches.write(message);
        return;
      case "query":
        void answer(message);
        return;
      case "close":
        void close();
        return;
    }
  });
  say({ type: "ready" });
}

/** Until it succeeds, for some seconds; then what it fails of is thrown. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + RECORDER_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, RECORDER_AGAIN_MS));
    }
  }
}

/** Answers why they cannot be made, or are of a newer version. */
async function makeTables(url: string): Promise<string | undefined> {
  try {
    const migrated = await whileMigrating(url, (client) => migrate(client, "history", postgresHistoryMigrations));
    return migrated.ok ? undefined : migrated.error;
  } catch (error) {
    return `the database in DATABASE_URL cannot be used for the history: ${reasonOf(error)}`;
  }
}
