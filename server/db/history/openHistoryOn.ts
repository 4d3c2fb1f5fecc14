import { err, ok, type Result } from "../../../lib/result";
import { inWords, type Said, say } from "../../../lib/texts/said";
import type { Cancel, Clock, Log, SharedHistory } from "../../ports";
import type { StartHistoryWorker } from "../startHistoryWorker";
import { ColumnBuilder, type Columns } from "./columns";
import type { HistoryPlace, Queries, ReadQueries, WriteQueries } from "./messages";
import { createHistoryThread, type HistoryThread } from "./thread";

export interface HistoryOptions {
  log: Log;
  clock: Pick<Clock, "after">;
  /** Bounds on what waits to be written: readings, and bytes of their texts. */
  maxPending?: number;
  maxPendingBytes?: number;
  /** In place of threads, which take a third of a second to start: for tests of what stands upon a history. */
  startWorker?: StartHistoryWorker;
}

const BATCH_ROWS = 5000;
const BATCH_MS = 250;
/** More would wait in the thread just as well as here, but here they are counted. */
const BATCHES_IN_FLIGHT = 4;
const CLOSE_LIMIT_MS = 2000;
/** How long a question waits for what was appended before it to be stored; then it is answered from what is. */
const ANSWER_WAIT_MS = 2000;

/**
 * Opens the history in this place: the thread that writes it and the thread that reads it. Refused with a sentence when it cannot be used or is from
 * a newer version. Readings go to the thread every 250 ms or 5,000; what waits is bounded, and what exceeds the bound is lost and
 * counted. While nothing can be written, readings wait and are tried again, and `counters().fault` says why.
 */
export async function openHistoryOn(place: HistoryPlace, options: HistoryOptions): Promise<Result<SharedHistory>> {
  const { clock, maxPending = 200_000, maxPendingBytes = 64 * 1024 * 1024, startWorker } = options;
  const builder = new ColumnBuilder(BATCH_ROWS);
  /** Sealed and not yet given to the writer, then given to it and not yet stored, in order. */
  const queue: Sealed[] = [];
  const inFlight: Sealed[] = [];
  const waiters: { until: number; done: (fault?: Said) => void }[] = [];
  let batches = 0;
  let accepted = 0;
  let stored = 0;
  let lost = 0;
  let textBytes = 0;
  let fault: Said | undefined;
  let cancel: Cancel | undefined;
  let closed = false;

  const settle = (ready: (waiter: (typeof waiters)[0]) => boolean, reason?: Said) => {
    for (const waiter of waiters.filter(ready)) {
      waiters.splice(waiters.indexOf(waiter), 1);
      waiter.done(reason);
    }
  };

  const writer: HistoryThread = createHistoryThread({
    settings: { ...place, role: "write" },
    startWorker,
    log: options.log,
    onStored() {
      const batch = inFlight.shift();
      if (!batch) return;
      stored += batch.columns.t.length;
      textBytes -= batch.textBytes;
      if (fault !== undefined) options.log.info({}, "history is written again");
      fault = undefined;
      pump();
      settle((waiter) => waiter.until <= stored);
    },
    onFault(reason) {
      if (fault === undefined)
        options.log.error({ reason: inWords(reason) }, "history write failed; readings are buffered");
      fault = reason;
      settle(() => true, reason);
    },
    onRestart() {
      fault = undefined;
      // Whether the batches in flight were written is not known; one that is written again changes nothing.
      queue.unshift(...inFlight.splice(0));
      pump();
    },
  });
  const reader: HistoryThread = createHistoryThread({
    settings: { ...place, role: "read" },
    startWorker,
    log: options.log,
    onStored: () => undefined,
    onFault: (reason) => options.log.error({ reason: inWords(reason) }, "history cannot be read just now"),
    onRestart: () => options.log.info({}, "history is read again"),
  });
  const [refused, unreadable] = await Promise.all([writer.ready, reader.ready]);
  const reason = refused ?? unreadable;
  if (reason !== undefined) {
    await Promise.all([reader.close(), writer.close()]);
    return err(reason);
  }

  function seal(): void {
    cancel?.();
    cancel = undefined;
    if (builder.length === 0) return;
    const { textBytes: bytes } = builder;
    queue.push({ number: ++batches, columns: builder.take(), textBytes: bytes });
  }

  function pump(): void {
    while (queue.length > 0 && inFlight.length < BATCHES_IN_FLIGHT) {
      const next = queue.shift() as Sealed;
      inFlight.push(next);
      writer.write(next.number, next.columns);
    }
    if (builder.length > 0) arm();
  }

  function arm(): void {
    cancel ??= clock.after(BATCH_MS, () => {
      cancel = undefined;
      // While the writer is behind, small batches would only pile up: they go on growing instead, and are sealed when full.
      if (inFlight.length === BATCHES_IN_FLIGHT) return;
      seal();
      pump();
    });
  }

  const pending = () => accepted - stored;
  const flush = () =>
    new Promise<void>((resolve, reject) => {
      seal();
      pump();
      if (pending() === 0) return resolve();
      const done = (reason?: Said) =>
        reason === undefined ? resolve() : reject(new Error(`history cannot be written: ${inWords(reason)}`));
      if (fault !== undefined) return done(fault);
      waiters.push({ until: accepted, done });
    });

  const change = <Q extends keyof WriteQueries>(name: Q, ask: Queries[Q]["ask"]) => {
    // What was appended before it is part of it.
    seal();
    pump();
    return writer.query(name, ask);
  };
  const look = async <Q extends keyof ReadQueries>(name: Q, ask: Queries[Q]["ask"]) => {
    // What was appended before the question is part of the answer, unless it cannot be stored.
    if (pending() > 0) {
      let cancelWait: Cancel = () => undefined;
      const limit = new Promise<void>((resolve) => {
        cancelWait = clock.after(ANSWER_WAIT_MS, resolve);
      });
      await Promise.race([flush().catch(() => undefined), limit]);
      cancelWait();
    }
    return reader.query(name, ask);
  };

  return ok({
    append(reading) {
      const bytes = typeof reading.value === "string" ? reading.value.length * 2 : 0;
      if (closed || pending() >= maxPending || textBytes + bytes > maxPendingBytes) {
        lost++;
        return;
      }
      accepted++;
      textBytes += bytes;
      builder.add(reading);
      if (builder.full) {
        seal();
        pump();
      } else if (cancel === undefined) arm();
    },
    range: (point, from, to, limit) => look("range", { point, from, to, limit }),
    query: (ask) => look("query", ask),
    page: (ask) => look("page", ask),
    latest: () => look("latest", {}),
    add: (readings) => change("add", { readings }),
    write(recorder, readings, fence) {
      const columns = new ColumnBuilder(readings.length);
      for (const reading of readings) columns.add(reading);
      return writer.query("write", { recorder, batch: ++batches, columns: columns.take(), fence });
    },
    prune: (before) => change("prune", { before }),
    tend: (ask) => change("tend", ask),
    flush,
    counters: () => ({ stored, lost, pending: pending(), ...(fault !== undefined && { fault }) }),
    async check() {
      if (fault !== undefined) throw new Error(inWords(fault));
      await writer.query("check", {});
    },
    async close() {
      if (closed) return;
      closed = true;
      const limit = new Promise<void>((resolve) => clock.after(CLOSE_LIMIT_MS, resolve));
      // A fault here is in the counters and the log already; what could not be written is counted as lost.
      await Promise.race([flush().catch(() => undefined), limit]);
      cancel?.();
      await Promise.all([reader.close(), writer.close()]);
      lost += pending();
      accepted = stored;
      settle(() => true, say("notice.historyClosed"));
    },
  });
}

interface Sealed {
  /** Grows from batch to batch; one that is given again, since nobody knows whether it was stored, keeps it. */
  number: number;
  columns: Columns;
  textBytes: number;
}
