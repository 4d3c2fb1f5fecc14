import type { Flood } from "../../lib/broker";

/** So long without a drop, and a flood is over; so long after, and it is no longer spoken of. */
const OVER_MS = 5000;
const TOLD_MS = 5 * 60_000;

/** Makes of a count of dropped messages, looked at now and then, what people should know of it. Rule FA-8. */
export function createFloodWatch() {
  let seen = 0;
  let flood: Flood | undefined;
  return {
    /** `dropped`: since the start. Answers the same object while nothing changed. */
    look(dropped: number, now: number): Flood | undefined {
      const more = dropped - seen;
      seen = dropped;
      if (more > 0)
        flood = flood?.now
          ? { ...flood, lastAt: now, dropped: flood.dropped + more }
          : { now: true, since: now, lastAt: now, dropped: more };
      else if (flood?.now && now - flood.lastAt >= OVER_MS) flood = { ...flood, now: false };
      else if (flood && now - flood.lastAt >= TOLD_MS) flood = undefined;
      return flood;
    },
  };
}
