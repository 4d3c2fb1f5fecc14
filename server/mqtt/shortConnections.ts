import type { Broker, ShortConnections } from "../../lib/broker";
import { say } from "../../lib/texts/said";
import type { ConnectionFault } from "./connectionFaults";

/** A connection that lasts less is a short one; several in a row, and it takes longer until the row is over. */
const SHORT_MS = 10_000;
/**
 * Longer than the longest wait between attempts: two clients that take one session from each other each last as long as the other one
 * waits, and would otherwise be taken for steady.
 */
export const STEADY_MS = 45_000;
/** So many in a row are told as such, and attempts come less often. A broker that restarts twice is no reason to. */
export const ROW = 3;

/**
 * Counts the connections in a row that the broker accepted and that ended within seconds. An attempt that fails ends the row: the
 * broker was away, and what came before was its restart.
 */
export function createShortConnections() {
  let row: ShortConnections | undefined;
  return {
    /** A connection stood for so long, and ended at `now`. Answers the row that it belongs to. */
    ended(lastedMs: number, now: number, takenOver: boolean): ShortConnections | undefined {
      const limit = row && row.times >= ROW ? STEADY_MS : SHORT_MS;
      if (lastedMs >= limit && !takenOver) row = undefined;
      else row = row ? { ...row, times: row.times + 1 } : { since: now, times: 1 };
      return row;
    },
    failed(): void {
      row = undefined;
    },
    /** For the reconnect policy: failures in a row that this amounts to. */
    failures: (): number => Math.max(0, (row?.times ?? 0) - (ROW - 1)),
  };
}

/** What a row of short connections is told as, where the broker itself gives no reason. */
export function explainShort({ fault, reason }: ConnectionFault, { clientId }: Broker): ConnectionFault {
  if (fault !== "lost") return { fault, reason };
  return clientId === undefined
    ? { fault, reason: say("connection.short") }
    : { fault, reason: say("connection.shortClientId", { clientId }) };
}
