import { GESTURE_MS } from "@/lib/protocolLimits";

/** The server's clock as its newest answer told it, counted on by a clock that nobody can set. */
export interface ServerTime {
  heard(telltaleTime: string | null): void;
  /** Until when a gesture of now may be carried out, by the server's clock. Undefined: nothing was heard yet. */
  expiry(): number | undefined;
}

export function createServerTime(monotonic: () => number = () => performance.now()): ServerTime {
  let last: { stamp: number; at: number } | undefined;
  return {
    heard(telltaleTime) {
      const stamp = Number(telltaleTime);
      if (telltaleTime !== null && Number.isFinite(stamp)) last = { stamp, at: monotonic() };
    },
    expiry: () => last && Math.round(last.stamp + monotonic() - last.at + GESTURE_MS),
  };
}
