import type { MessagePort } from "node:worker_threads";
import { createSerial } from "../../../../lib/serial";
import type { Steps } from "../../../../lib/steps";
import { inTurns } from "../../../turns";
import { answering } from "../../history/answering";
import type { Columns } from "../../history/columns";
import { keepRules } from "../../history/keepRules";
import type { FromWorker, SqliteSettings, ToWorker } from "../../history/messages";
import { historyMigrations } from "../../migrations";
import { openDatabase } from "../openDatabase";
import { createReadingsFile } from "./readingsFile";

const RETRY_MS = 500;
/** Here waiting stops nobody but this thread. */
const BUSY_MS = 250;
/** A check reads the whole file; beyond this size it would keep the start waiting. */
const FULL_CHECK_BYTES = 512 * 1024 * 1024;

/** The thread that owns history.db: it alone writes. Messages are taken in the order in which they were sent. */
export function runWriter(port: MessagePort, settings: SqliteSettings): void {
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
  const serial = createSerial();

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

  /** Long work, one after another: two that pack or forget at the same time would do it twice. */
  const oneByOne = <T>(start: () => Steps<T>): Promise<T> => serial(() => inTurns(start()));

  const answer = answering(
    {
      prune: ({ before }) => oneByOne(() => readings.prune(before)),
      async tend({ now, ...rules }) {
        return { forgotten: await oneByOne(() => readings.tend(now, keepRules(rules))) };
      },
      add: (ask) => oneByOne(() => readings.add(ask.readings)),
      check() {
        readings.check();
        return null;
      },
    },
    say,
  );

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
