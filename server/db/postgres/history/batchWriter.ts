import type { Pool } from "pg";
import type { FromWorker, ToWorker } from "../../history/messages";
import { appendToJournal } from "./journal";

const RETRY_MS = 500;

type Batch = Extract<ToWorker, { type: "write" }>;

export interface BatchWriter {
  write(batch: Batch): void;
  /** Resolves when all are stored that were given so far, or one cannot be. */
  idle(): Promise<void>;
  /** Writes no further batch. */
  stop(): Promise<void>;
}

/** Stores batches in the order in which they were given. One that cannot be stored is tried again until it can, and the others wait behind it. */
export function createBatchWriter({
  pool,
  writer,
  say,
}: {
  pool: Pool;
  writer: string;
  say(message: FromWorker): void;
}): BatchWriter {
  const waiting: Batch[] = [];
  let draining: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  async function drain(): Promise<void> {
    for (let head = waiting[0]; head && !stopped; head = waiting[0]) {
      const { batch, columns } = head;
      try {
        await appendToJournal(pool, { writer, batch, columns });
      } catch (error) {
        say({ type: "fault", reason: (error as Error).message });
        retry = setTimeout(() => {
          retry = undefined;
          pump();
        }, RETRY_MS);
        return;
      }
      waiting.shift();
      say({ type: "stored", batch });
    }
  }

  function pump(): void {
    if (retry || draining || stopped || waiting.length === 0) return;
    draining = drain().finally(() => {
      draining = undefined;
      pump();
    });
  }

  return {
    write(batch) {
      waiting.push(batch);
      pump();
    },
    idle: async () => draining,
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await draining;
    },
  };
}
