import type { CompiledAvailability } from "../../../lib/compiled";
import type { BrokerId } from "../../../lib/ids";
import { type Said, say } from "../../../lib/texts/said";
import { hasWildcard } from "../../../lib/topics/parse";
import { createTrie, type TopicTrie } from "../../../lib/topics/trie";
import type { InboundMessage } from "../../ports";

/**
 * What availability topics last said. Kept by filter and as bytes, not by registration: a registration that changes, or comes
 * later, knows at once what was said before it, since the broker does not repeat it.
 */
export interface Availability<P> {
  /** The point's topics were `from` and are `to`; either may be missing. What both name stays known. */
  watch(point: P, from: AvailabilityOf | undefined, to: AvailabilityOf | undefined): void;
  /** Answers the points whose availability may have changed. */
  handle(message: InboundMessage): Iterable<P>;
  /** Why the device is offline, by the first of its topics that says so; undefined: none does. */
  offline(point: P, of: AvailabilityOf): { since: number; reason: Said; topic: string } | undefined;
  /** When something was last said on the filter. */
  heardAt(broker: BrokerId, filter: CompiledAvailability["filter"]): number | undefined;
  /** Each filter that is watched. */
  filters(): Iterable<{ broker: BrokerId; filter: CompiledAvailability["filter"] }>;
}

export interface AvailabilityOf {
  readonly broker: BrokerId;
  readonly availability: readonly CompiledAvailability[];
  /** Absent: every one must say online. */
  readonly mode?: "all" | "any" | "latest";
}

/** A last will is a word or a small JSON text; anything longer is not one. */
const MAX_BYTES = 4096;

interface AvailabilityReport {
  readonly state: "online" | "offline";
  readonly topic: string;
  readonly since: number;
}

interface Watched<P> {
  readonly broker: BrokerId;
  readonly filter: CompiledAvailability["filter"];
  /** How each point reads it, and what it last made of it. */
  readonly points: Map<P, { one: CompiledAvailability; report: AvailabilityReport | undefined }>;
  last: { payload: Uint8Array; topic: string; since: number } | undefined;
}

function read(one: CompiledAvailability, last: NonNullable<Watched<unknown>["last"]>): AvailabilityReport | undefined {
  const state = one.read(last.payload);
  return state && { state, topic: last.topic, since: last.since };
}

/** The word that makes it offline, if any. Home Assistant's availability_mode. */
const JUDGE: Readonly<
  Record<NonNullable<AvailabilityOf["mode"]>, (words: readonly AvailabilityReport[]) => AvailabilityReport | undefined>
> = {
  all: (words) => words.find(isOffline),
  any: (words) => (words.every(isOffline) ? words[0] : undefined),
  latest(words) {
    const last = words.reduce<AvailabilityReport | undefined>((a, b) => (a && a.since > b.since ? a : b), undefined);
    return last && isOffline(last) ? last : undefined;
  },
};
function isOffline({ state }: AvailabilityReport): boolean {
  return state === "offline";
}

export function createAvailability<P>(): Availability<P> {
  const brokers = new Map<
    BrokerId,
    { byFilter: Map<string, Watched<P>>; trie: TopicTrie<Watched<P>>; wildcards: number }
  >();
  const NONE: readonly P[] = [];

  function add({ broker, availability }: AvailabilityOf, point: P): void {
    if (availability.length === 0) return;
    let index = brokers.get(broker);
    if (!index) {
      index = { byFilter: new Map(), trie: createTrie(), wildcards: 0 };
      brokers.set(broker, index);
    }
    for (const one of availability) {
      const { filter } = one;
      let watched = index.byFilter.get(filter);
      if (!watched) {
        watched = { broker, filter, points: new Map(), last: undefined };
        index.byFilter.set(filter, watched);
        if (hasWildcard(filter)) {
          index.wildcards++;
          index.trie.add(filter, watched);
        }
      }
      const before = watched.points.get(point)?.report;
      watched.points.set(point, { one, report: (watched.last && read(one, watched.last)) ?? before });
    }
  }

  function drop(broker: BrokerId, filter: CompiledAvailability["filter"], point: P): void {
    const index = brokers.get(broker);
    const watched = index?.byFilter.get(filter);
    if (!index || !watched?.points.delete(point) || watched.points.size > 0) return;
    index.byFilter.delete(filter);
    if (index.trie.remove(filter, watched)) index.wildcards--;
  }

  return {
    watch(point, from, to) {
      if (to) add(to, point);
      for (const { filter } of from?.availability ?? []) {
        const kept = to?.broker === from?.broker && to?.availability.some((a) => a.filter === filter);
        if (from && !kept) drop(from.broker, filter, point);
      }
    },
    handle({ broker, topic, payload, receivedAt }) {
      const index = brokers.get(broker);
      if (!index) return NONE;
      const exact = index.byFilter.get(topic);
      if (!exact && index.wildcards === 0) return NONE;
      if (payload.length > MAX_BYTES) return NONE;
      const all = index.wildcards > 0 ? index.trie.match(topic) : [];
      if (exact) all.push(exact);
      const touched = new Set<P>();
      for (const watched of all) {
        const last = { payload, topic, since: receivedAt };
        let meant = false;
        for (const [point, entry] of watched.points) {
          const report = read(entry.one, last);
          // Any other payload says nothing; the same word again leaves "since when" alone.
          if (!report) continue;
          meant = true;
          if (report.state === entry.report?.state) continue;
          entry.report = report;
          touched.add(point);
        }
        // Copied: the broker client's buffers are slices of far larger ones.
        if (meant) watched.last = { ...last, payload: new Uint8Array(payload) };
      }
      return touched;
    },
    offline(point, { broker, availability, mode = "all" }) {
      const words = availability.flatMap(
        ({ filter }) => brokers.get(broker)?.byFilter.get(filter)?.points.get(point)?.report ?? [],
      );
      const report = JUDGE[mode](words);
      return (
        report && {
          topic: report.topic,
          since: report.since,
          reason: say("status.deviceOffline", { topic: report.topic }),
        }
      );
    },
    heardAt: (broker, filter) => brokers.get(broker)?.byFilter.get(filter)?.last?.since,
    *filters() {
      for (const { byFilter } of brokers.values())
        for (const { broker, filter } of byFilter.values()) yield { broker, filter };
    },
  };
}
