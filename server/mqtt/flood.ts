import type { Flood } from "../../lib/broker";
import type { Clock } from "../ports";

/** So long without a drop, and a flood is over; so long after, and it is no longer spoken of. */
const OVER_MS = 5000;
const TOLD_MS = 5 * 60_000;

/** Makes of a count of dropped messages, looked at now and then, what people should know of it. Rule FA-8. */
export function createFloodWatch(clock: Pick<Clock, "now" | "monotonic">) {
  let seen = 0;
  /** By the monotonic clock. */
  let lastDrop = 0;
  let flood: Flood | undefined;
  return {
    /** `dropped`: since the start. Answers the same object while nothing changed. */
    look(dropped: number): Flood | undefined {
      const more = dropped - seen;
      seen = dropped;
      const at = clock.monotonic();
      if (more > 0) {
        const now = clock.now();
        lastDrop = at;
        flood = flood?.now
          ? { ...flood, lastAt: now, dropped: flood.dropped + more }
          : { now: true, since: now, lastAt: now, dropped: more };
      } else if (flood?.now && at - lastDrop >= OVER_MS) flood = { ...flood, now: false };
      else if (flood && at - lastDrop >= TOLD_MS) flood = undefined;
      return flood;
    },
  };
}
