import type { BrokerFault } from "../../lib/broker";

/** Rules FA-1 and FA-2: jitter from 1 to 30 s, never more than one attempt a second; what only a person can mend, at most twice a minute. */
export const FLOOR = 1_000;
const CEILING = 30_000;
const SLOW = 30_000;
const SLOW_JITTER = 5_000;

/** Trying again soon cannot help, and may lock the account. */
const NEEDS_A_PERSON: ReadonlySet<BrokerFault> = new Set<BrokerFault>(["credentials", "not-authorized"]);

export const needsPerson = (fault: BrokerFault): boolean => NEEDS_A_PERSON.has(fault);

/** Before another member of the cluster is dialled, so that not all clients of a dead one arrive in the same moment. In ms. */
export const moveDelay = (random: number): number => random * 100;

/**
 * How long to wait before the next attempt, in ms.
 * `failures`: attempts in a row that failed, 0 when a standing connection was lost. `random`: in [0, 1).
 */
export function reconnectDelay(failures: number, fault: BrokerFault, random: number): number {
  if (needsPerson(fault)) return SLOW + random * SLOW_JITTER;
  const ceiling = Math.min(CEILING, FLOOR * 2 ** Math.min(failures + 1, 10));
  return FLOOR + random * (ceiling - FLOOR);
}
