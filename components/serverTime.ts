import { GESTURE_MS } from "@/lib/protocolLimits";

/** The server's clock, from its last response and the time since then by a monotonic clock. */
export interface ServerTime {
  heard(telltaleTime: string | null): void;
  /** Undefined until there was a response. */
  now(): number | undefined;
  /** Until when a gesture made now is valid, by the server's clock. Undefined until there was a response. */
  expiry(): number | undefined;
}

export function createServerTime(monotonic: () => number = () => performance.now()): ServerTime {
  let last: { stamp: number; at: number } | undefined;
  const now = (): number | undefined => last && Math.round(last.stamp + monotonic() - last.at);
  return {
    now,
    heard(telltaleTime) {
      const stamp = Number(telltaleTime);
      if (telltaleTime !== null && Number.isFinite(stamp)) last = { stamp, at: monotonic() };
    },
    expiry() {
      const at = now();
      return at === undefined ? undefined : at + GESTURE_MS;
    },
  };
}
