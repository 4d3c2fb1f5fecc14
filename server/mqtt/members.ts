import type { Broker } from "../../lib/broker";
import { urlsOf } from "../../lib/brokerAddresses";
import { say } from "../../lib/texts/said";
import type { ConnectionFault } from "./connectionFaults";
import type { Protocol } from "./options";
import { FLOOR, needsPerson, reconnectDelay } from "./reconnectPolicy";

/**
 * Which address of a broker is dialled next. Addresses are tried in their order, round after round, each once a round; waiting begins
 * when a round is over. An address that failed lately comes last, so that a dead one does not delay a fail-over by its timeout.
 */
export interface Members {
  /** The broker at the address to dial now. */
  current(): Broker;
  protocol(): Protocol;
  /** The current address is dialled now. */
  dialled(now: number): void;
  /** How long the current address has to be left alone, in ms, wherever else was tried meanwhile. */
  restMs(now: number): number;
  connected(): void;
  /** The attempt at the current address failed. */
  failed(down: MemberDown, now: number): Next;
  /** The standing connection at the current address ended. */
  lost(down: MemberDown, now: number): Next;
}

interface MemberDown extends ConnectionFault {
  refused5: "said" | "maybe" | "no";
}

/** `again`: at once at the same address, with MQTT 3.1.1. `other`: another address is there to be tried. `over`: the round is over. */
export type Next = { do: "again" } | { do: "other" } | { do: "over"; fault: ConnectionFault };

interface Member {
  broker: Broker;
  /** What the next attempt speaks. */
  protocol: Protocol;
  only311: boolean;
  failures: number;
  /** By the monotonic clock. */
  dialledAt: number;
  /** By the monotonic clock: tried after all others until then. */
  lastUntil: number;
}

export interface MembersParts {
  broker: Broker;
  /** The address that is tried first; absent: the first one. */
  first?: string | undefined;
  /** Only this version; absent: 5, then 3.1.1 where 5 is refused. */
  protocol?: Protocol | undefined;
  random(): number;
}

export function createMembers(parts: MembersParts): Members {
  const members = urlsOf(parts.broker).map(
    (url): Member => ({
      broker: { ...parts.broker, url },
      protocol: parts.protocol ?? "5",
      only311: false,
      failures: 0,
      dialledAt: Number.NEGATIVE_INFINITY,
      lastUntil: Number.NEGATIVE_INFINITY,
    }),
  );
  const found = members.findIndex(({ broker }) => broker.url === parts.first);
  let current = members[Math.max(0, found)] as Member;
  /** Why members failed in this round. */
  let round = new Map<Member, ConnectionFault>();

  /**
   * A broker that answers with "unsupported protocol version" is connected with 3.1.1 from then on. One that only closes the connection is
   * tried with 5 again after each 3.1.1 connection, since a restart looks the same.
   */
  const choose = (member: Member, { refused5 }: MemberDown): Protocol => {
    if (parts.protocol !== undefined) return parts.protocol;
    if (refused5 === "said") member.only311 = true;
    if (member.only311 || (member.protocol === "5" && refused5 === "maybe")) return "3.1.1";
    return "5";
  };

  /** In the order of the addresses, beginning behind the current one. */
  const others = (): Member[] => {
    const at = members.indexOf(current);
    return [...members.slice(at + 1), ...members.slice(0, at)];
  };

  /** The one to try next in this round. */
  const next = (now: number): Member | undefined => {
    const left = others().filter((member) => !round.has(member));
    return left.find(({ lastUntil }) => lastUntil <= now) ?? left[0];
  };

  const over = (fault: ConnectionFault, now: number): Next => {
    round = new Map();
    current = next(now) ?? current;
    return { do: "over", fault };
  };

  /** Told of the round: the fault of the first address, so that the same round says the same. */
  const faultOfRound = (): ConnectionFault => {
    const [first] = members.flatMap((member) => round.get(member) ?? []);
    const { fault, reason } = first as ConnectionFault;
    return { fault, reason: say("connection.noneOf", { count: members.length, why: reason }) };
  };

  const ended = (down: MemberDown, now: number, failures: number): Next => {
    const { fault, reason } = down;
    current.failures = failures;
    current.lastUntil = now + reconnectDelay(failures, fault, parts.random());
    round.set(current, { fault, reason });
    // Refused credentials are those of all members: tried at each of them in a row, they may lock the account.
    if (members.length === 1 || needsPerson(fault)) return over({ fault, reason }, now);
    const another = next(now);
    if (another === undefined) return over(faultOfRound(), now);
    current = another;
    return { do: "other" };
  };

  return {
    current: () => current.broker,
    protocol: () => current.protocol,
    dialled(now) {
      current.dialledAt = now;
    },
    restMs: (now) => Math.max(0, current.dialledAt + FLOOR - now),
    connected() {
      current.failures = 0;
      current.lastUntil = Number.NEGATIVE_INFINITY;
      round = new Map();
    },
    failed(down, now) {
      const tried = current.protocol;
      current.protocol = choose(current, down);
      if (tried === "5" && down.refused5 === "said" && current.protocol === "3.1.1") return { do: "again" };
      return ended(down, now, current.failures + 1);
    },
    lost(down, now) {
      current.protocol = choose(current, down);
      return ended(down, now, 0);
    },
  };
}
