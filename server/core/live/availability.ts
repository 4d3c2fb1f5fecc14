import type { CompiledAvailability } from "../../../lib/compiled";
import type { BrokerId } from "../../../lib/ids";
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
  offline(of: AvailabilityOf): { since: number; reason: string } | undefined;
  /** Each filter that is watched. */
  filters(): Iterable<{ broker: BrokerId; filter: CompiledAvailability["filter"] }>;
}

export interface AvailabilityOf {
  readonly broker: BrokerId;
  readonly availability: readonly CompiledAvailability[];
}

/** A last will is a word or a small JSON text; anything longer is not one. */
const MAX_BYTES = 4096;

interface Watched<P> {
  readonly broker: BrokerId;
  readonly filter: CompiledAvailability["filter"];
  readonly points: Set<P>;
  last: { payload: Uint8Array; topic: string; since: number } | undefined;
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
    for (const { filter } of availability) {
      let watched = index.byFilter.get(filter);
      if (!watched) {
        watched = { broker, filter, points: new Set(), last: undefined };
        index.byFilter.set(filter, watched);
        if (hasWildcard(filter)) {
          index.wildcards++;
          index.trie.add(filter, watched);
        }
      }
      watched.points.add(point);
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
        // A replay of what is known leaves "since when" alone.
        if (watched.last && sameBytes(watched.last.payload, payload)) continue;
        // Copied: the broker client's buffers are slices of far larger ones.
        watched.last = { payload: new Uint8Array(payload), topic, since: receivedAt };
        for (const point of watched.points) touched.add(point);
      }
      return touched;
    },
    offline({ broker, availability }) {
      for (const one of availability) {
        const last = brokers.get(broker)?.byFilter.get(one.filter)?.last;
        if (last && one.read(last.payload) === "offline")
          return { since: last.since, reason: `the device is offline, says ${last.topic}` };
      }
      return undefined;
    },
    *filters() {
      for (const { byFilter } of brokers.values())
        for (const { broker, filter } of byFilter.values()) yield { broker, filter };
    },
  };
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
