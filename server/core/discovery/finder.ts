import { createDiscovery, type Discovery } from "../../../lib/discovery/discovery";
import { type FoundDevice, isGone } from "../../../lib/discovery/found";
import { filtersOf } from "../../../lib/discovery/offers";
import type { Sample, SampledMessage } from "../../../lib/discovery/sample";
import type { BrokerId } from "../../../lib/ids";
import { finish, type Steps } from "../../../lib/steps";
import { parseFilter, type TopicFilter } from "../../../lib/topics/parse";
import { createTrie } from "../../../lib/topics/trie";
import type { InboundMessage } from "../../ports";
import type { MessageCache } from "../messages/recentMessages";
import { createNoiseWatch, type FilterCount, noteHeard, type PausedFilter } from "./noise";

/** Finds the devices of one broker. */
export interface Finder {
  readonly broker: BrokerId;
  readonly discovery: Discovery;
  /** Caches the message at once. The steps read it and return whether the found devices may have changed. Undefined: not needed. */
  handle(message: InboundMessage): Steps<boolean> | undefined;
  /**
   * Reads one message of a sample of all topics; the steps return whether the found devices or the filters may have changed.
   * Undefined: not needed.
   */
  sampled(sample: Sample, message: InboundMessage): Steps<boolean> | undefined;
  /** The same array until something changes. */
  devices(): Steps<readonly FoundDevice[]>;
  /** How many there were when they were last listed. */
  readonly size: number;
  /** Updates the filters to subscribe to; returns whether they have changed. */
  review(isIgnored: (key: string) => boolean): Steps<boolean>;
  filters(): Iterable<TopicFilter>;
  /** Checks how busy each filter is; returns whether filters were paused or resumed. `at`: by the monotonic clock. */
  reviewNoise(now: number, at: number): boolean;
  paused(): PausedFilter[];
}

/** Found devices beyond this limit are shown without values. */
const MAX_FILTERS = 10_000;
const MAX_TOPICS_KNOWN = 20_000;
/** Not subscribed to: these messages are made from Sparkplug messages that are received anyway (withSparkplug). */
const MADE_HERE = "spBv1.0/#";

/** The filters under which a topic's messages are cached, and the counts of the conventions' filters that match it. */
type Interest = { readonly remember: readonly string[]; readonly counts: readonly FilterCount[] } | null;

/** `cache`: stores the messages that it receives. */
export function createFinder(broker: BrokerId, cache: MessageCache): Finder {
  const discovery = createDiscovery({ broker });
  const base = legal(discovery.filters);
  const overheard = legal(discovery.overhears);
  const noise = createNoiseWatch(base);
  const usual = createTrie<TopicFilter>();
  for (const filter of base) usual.add(filter, filter);
  let wanted = new Set<TopicFilter>(base);
  let interest = createTrie<string>();
  let known = new Map<string, Interest>();
  let size = 0;
  finish(rebuild(wanted));

  function* rebuild(next: Set<TopicFilter>): Steps {
    const made = createTrie<string>();
    for (const filter of next) {
      made.add(filter, filter);
      yield;
    }
    made.add(MADE_HERE, MADE_HERE);
    for (const filter of overheard) made.add(filter, filter);
    wanted = next;
    interest = made;
    known = new Map();
  }

  /** The filters for announcements: those of the conventions that are not paused, and the topics that readers asked for. */
  function listened(): Set<TopicFilter> {
    const filters = new Set([...base].filter((filter) => !noise.isPaused(filter)));
    for (const filter of legal([...discovery.asked])) filters.add(filter);
    return filters;
  }

  /** Null: no convention and no found device needs the topic. */
  function interestIn(topic: string): Interest {
    let one = known.get(topic);
    if (one === undefined) {
      const matching = interest.match(topic);
      const counts = matching.flatMap((filter) => noise.countOf(filter) ?? []);
      // A topic that is only overheard is not cached: its registered point receives it anyway.
      const remembered = matching.some((filter) => !overheard.has(filter as TopicFilter));
      const wild = matching.filter(
        (filter) =>
          /[+#]/.test(filter) &&
          !noise.countOf(filter) &&
          !overheard.has(filter as TopicFilter) &&
          filter !== MADE_HERE,
      );
      one = matching.length === 0 ? null : { counts, remember: remembered ? [...new Set([topic, ...wild])] : [] };
      if (known.size >= MAX_TOPICS_KNOWN) known.clear();
      known.set(topic, one);
    }
    return one;
  }

  function* devices(): Steps<readonly FoundDevice[]> {
    const found = yield* discovery.merge();
    size = found.length;
    return found;
  }

  function* read(message: InboundMessage, counts: readonly FilterCount[]): Steps<boolean> {
    const changed = yield* discovery.read(message.topic, message.payload, message.receivedAt, message.retained);
    noteHeard(counts, changed);
    return changed;
  }

  function* readSampled(sample: Sample, message: SampledMessage): Steps<boolean> {
    const before = discovery.asked.size;
    let changed = false;
    for (const one of yield* sample.take(message)) {
      const { at, ...said } = one;
      cache.take(one.topic, { broker, ...said, receivedAt: at });
      changed = (yield* discovery.read(one.topic, one.payload, one.at, one.retained)) || changed;
    }
    return changed || discovery.asked.size !== before;
  }

  return {
    broker,
    discovery,
    handle(message) {
      const found = interestIn(message.topic);
      if (!found) return undefined;
      if (found.remember.length === 0) return read(message, found.counts);
      // Copied, because the broker client's buffers are slices of far larger ones, which would stay in memory.
      const copy = { ...message, payload: new Uint8Array(message.payload) };
      for (const filter of found.remember) cache.take(filter, copy);
      return read(copy, found.counts);
    },
    sampled(sample, message) {
      // It is subscribed to anyway.
      if (usual.match(message.topic).some((filter) => !noise.isPaused(filter))) return undefined;
      if (!sample.admit(message)) return undefined;
      const { topic, receivedAt: at, retained } = message;
      return readSampled(sample, { topic, payload: new Uint8Array(message.payload), at, retained });
    },
    devices,
    get size() {
      return size;
    },
    *review(isIgnored) {
      const next = listened();
      for (const device of yield* devices()) {
        if (isGone(device) || isIgnored(device.id)) continue;
        for (const { parts } of device.entities) {
          for (const { compiled } of parts) {
            if (next.size >= MAX_FILTERS) break;
            for (const filter of filtersOf(compiled)) next.add(filter);
          }
          yield;
        }
      }
      if (next.size === wanted.size && [...next].every((filter) => wanted.has(filter))) return false;
      yield* cache.widen([...next].filter((filter) => /[+#]/.test(filter) && !wanted.has(filter)));
      yield* rebuild(next);
      return true;
    },
    filters: () => wanted,
    reviewNoise: noise.review,
    paused: noise.paused,
  };
}

const legal = (filters: readonly string[]): Set<TopicFilter> =>
  new Set(
    filters.flatMap((text) => {
      const filter = parseFilter(text);
      return filter.ok ? [filter.value] : [];
    }),
  );
