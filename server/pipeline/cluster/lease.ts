/**
 * A lease as one process sees it. The database decides who holds it, by the database's clock; this side decides when to stop, by the
 * process's monotonic clock, so that no two clocks are compared.
 */

/** In ms. A dead holder is replaced 2.2 to 2.9 s after its death with these; with a TTL of 5 s it was 3.6 to 5.1. */
export const LEASE = {
  ttl: 3000,
  renewEvery: 1000,
  tryEvery: 250,
  /** The holder stops so long before the database gives the lease away. */
  stopBefore: 500,
} as const;

export type LeaseState =
  /** Another process has it, or the database did not answer. */
  | { state: "waiting" }
  /** `until`: on the monotonic clock, when this process must have stopped. */
  | { state: "held"; epoch: number; until: number }
  /** Given back, and not asked for again. */
  | { state: "released" };

export type LeaseInput =
  /** The database's answer to a request that was sent at `asked`; `epoch` is null when another process holds the lease. */
  | { type: "answer"; asked: number; now: number; epoch: number | null }
  | { type: "tick"; now: number }
  /** A write with this epoch was refused: another process has the lease since. */
  | { type: "fenced"; epoch: number }
  | { type: "release" };

export type LeaseEnd = "expired" | "taken" | "fenced" | "released";
export type LeaseChange = { change: "began"; epoch: number } | { change: "ended"; epoch: number; why: LeaseEnd };

export interface LeaseStep {
  state: LeaseState;
  /** In this order: one end, one beginning, or both. */
  changes: LeaseChange[];
}

export const WAITING: LeaseState = { state: "waiting" };

export function stepLease(state: LeaseState, input: LeaseInput): LeaseStep {
  if (state.state === "released") return { state, changes: [] };
  switch (input.type) {
    case "answer":
      return answered(state, input);
    case "tick":
      return state.state === "held" && input.now >= state.until ? end(state, "expired") : { state, changes: [] };
    case "fenced":
      return state.state === "held" && state.epoch === input.epoch ? end(state, "fenced") : { state, changes: [] };
    case "release":
      return { state: { state: "released" }, changes: state.state === "held" ? end(state, "released").changes : [] };
  }
}

/** True while writes and acts in the name of the lease are allowed. Asked right before each of them: a timer may be late. */
export const holds = (state: LeaseState, now: number): state is Extract<LeaseState, { state: "held" }> =>
  state.state === "held" && now < state.until;

/** How long until the database is asked again. */
export const askAgainIn = (state: LeaseState): number | undefined =>
  state.state === "released" ? undefined : state.state === "held" ? LEASE.renewEvery : LEASE.tryEvery;

function answered(
  state: Exclude<LeaseState, { state: "released" }>,
  { asked, now, epoch }: Extract<LeaseInput, { type: "answer" }>,
): LeaseStep {
  const before: LeaseStep =
    state.state === "held" && now >= state.until ? end(state, "expired") : { state, changes: [] };
  if (epoch === null) {
    const lost = before.state.state === "held" ? end(before.state, "taken") : { state: WAITING, changes: [] };
    return { state: lost.state, changes: [...before.changes, ...lost.changes] };
  }
  // The database's count began after the request was sent, so this is never later than its expiry.
  const until = asked + LEASE.ttl - LEASE.stopBefore;
  if (now >= until) return before;
  const held: LeaseState = { state: "held", epoch, until };
  if (before.state.state === "held" && before.state.epoch === epoch) return { state: held, changes: before.changes };
  const ended = before.state.state === "held" ? end(before.state, "taken").changes : [];
  return { state: held, changes: [...before.changes, ...ended, { change: "began", epoch }] };
}

const end = ({ epoch }: { epoch: number }, why: LeaseEnd): LeaseStep => ({
  state: WAITING,
  changes: [{ change: "ended", epoch, why }],
});
