import type { BrokerState } from "../../../lib/broker";
import { openReason } from "../../../lib/brokerView";
import type { BrokerId } from "../../../lib/ids";
import { isSameSaid, type SaidText, say } from "../../../lib/texts/said";

/** Why a broker's points cannot be trusted. */
export interface BrokerDown {
  readonly since: number;
  readonly reason: SaidText;
}

/** A first connection may take this long before its points are called offline: a start is no outage. */
const FIRST_CONNECT_MS = 1500;

const notConfigured = (broker: string): SaidText => say("status.notConfigured", { broker });

export type BrokerFaults = ReturnType<typeof createBrokerFaults>;

/** Keeps what is said of each broker steady over the attempts to reach it again. */
export function createBrokerFaults() {
  let states = new Map<string, BrokerState>();
  const faults = new Map<BrokerId, BrokerDown>();
  const refusals = new Map<BrokerId, ReadonlyMap<string, BrokerDown>>();

  function judge(id: BrokerId, now: number): BrokerDown | undefined {
    const state = states.get(id);
    const before = faults.get(id);
    if (!state) return before ?? { since: now, reason: notConfigured(id) };
    switch (state.state) {
      case "connected":
        return undefined;
      case "offline":
        return {
          since: before?.since ?? state.since,
          reason: say("status.broker", { broker: state.name, why: openReason(state.fault) }),
        };
      case "connecting":
        if (before && !isSameSaid(before.reason, notConfigured(id))) return before;
        // A clock that is set back meanwhile ends it: the moment is in a future that may be hours away.
        return Math.abs(now - state.since) < FIRST_CONNECT_MS
          ? undefined
          : { since: state.since, reason: say("status.broker", { broker: state.name, why: say("status.connecting") }) };
    }
  }

  /** Answers whether other filters are refused now than before, or for another reason. */
  function reviewRefused(id: BrokerId, now: number): boolean {
    const before = refusals.get(id);
    const state = states.get(id);
    const refused = state?.state === "connected" ? state.refused : [];
    if (refused.length === 0) return refusals.delete(id);
    const next = new Map(
      refused.map(({ filter, reason }) => {
        const said = say("status.filterRefused", { filter, why: reason });
        const there = before?.get(filter);
        return [filter, there && isSameSaid(there.reason, said) ? there : { since: now, reason: said }];
      }),
    );
    if (next.size === before?.size && [...next].every(([filter, one]) => before.get(filter) === one)) return false;
    refusals.set(id, next);
    return true;
  }

  return {
    states(next: readonly BrokerState[]): void {
      states = new Map(next.map((state) => [state.id, state]));
    },
    /** The brokers of which something else must be said now than before. */
    review(ids: Iterable<BrokerId>, now: number): BrokerId[] {
      const changed: BrokerId[] = [];
      for (const id of new Set(ids)) {
        const before = faults.get(id);
        const fault = judge(id, now);
        const refused = reviewRefused(id, now);
        if (isSameSaid(before?.reason, fault?.reason) && !refused) continue;
        if (fault) faults.set(id, fault);
        else faults.delete(id);
        changed.push(id);
      }
      return changed;
    },
    of: (id: BrokerId): BrokerDown | undefined => faults.get(id),
    /** Why nothing arrives for a topic filter although its broker is connected. */
    refusal: (id: BrokerId, filter: string | undefined): BrokerDown | undefined =>
      filter === undefined ? undefined : refusals.get(id)?.get(filter),
    /** Since when everything that was published has been heard; undefined while not connected. */
    connectedSince(id: BrokerId): number | undefined {
      const state = states.get(id);
      return state?.state === "connected" ? state.since : undefined;
    },
  };
}
