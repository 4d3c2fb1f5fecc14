import { compileRegistration } from "../../../lib/compile";
import type { CompiledRegistration } from "../../../lib/compiled";
import { createDiscovery, type Discovery } from "../../../lib/discovery/discovery";
import { registrationId } from "../../../lib/discovery/registrationId";
import type { FoundDevice, FoundEntity, FoundPart } from "../../../lib/discovery/found";
import type { BrokerId } from "../../../lib/ids";
import { parseWithCleanNames } from "../../../lib/name";
import { Registration } from "../../../lib/registration";
import { finish, type Steps } from "../../../lib/steps";
import { parseFilter, type TopicFilter } from "../../../lib/topics/parse";
import { createTrie } from "../../../lib/topics/trie";
import type { InboundMessage } from "../../ports";
import { createMessageCache, type MessageCache } from "./messageCache";
import { createNoiseWatch, type FilterCount, noteHeard, type PausedFilter } from "./noise";

/** A point that a device offers, with its registration compiled: ready to be registered. */
export interface CompiledPart {
  readonly role: string;
  readonly registration: Registration;
  readonly compiled: CompiledRegistration;
  /** The announcement asks for retained commands. */
  readonly announcedRetain: boolean;
}

/** A found device with the points of each of its entities. */
export interface CompiledDevice {
  readonly key: string;
  readonly broker: BrokerId;
  readonly device: FoundDevice;
  readonly entities: readonly { readonly entity: FoundEntity; readonly parts: readonly CompiledPart[] }[];
}

/** What is found on one broker, and the words that are needed to show it. */
export interface Finder {
  readonly broker: BrokerId;
  readonly discovery: Discovery;
  readonly cache: MessageCache;
  /** Remembers it at once; the steps read it and answer whether what is found may have changed. Undefined: it is of no interest. */
  handle(message: InboundMessage): Steps<boolean> | undefined;
  /** The same list until something changes. */
  devices(): Steps<readonly CompiledDevice[]>;
  /** How many there were when they were last listed. */
  readonly size: number;
  /** Looks again at what must be listened to; answers whether that has changed. */
  review(isIgnored: (key: string) => boolean): Steps<boolean>;
  filters(): Iterable<TopicFilter>;
  /** Looks at how much each filter has heard; answers whether other ones must be listened to now. */
  reviewNoise(now: number): boolean;
  paused(): PausedFilter[];
  /** Offers that ask for too much. */
  refused(): number;
}

/** Beyond them, found devices are shown without values. */
const MAX_FILTERS = 10_000;
const MAX_TOPICS_KNOWN = 20_000;
/** Nothing of it is offered any more; one that is only away shows as offline until it is back. */
export const isGone = ({ withdrawn, away }: CompiledDevice["device"]): boolean => withdrawn !== undefined && !away;

/** Taken apart from messages that are listened to anyway (withSparkplug). */
const MADE_HERE = "spBv1.0/#";

/** By which filters a topic is remembered, and which conventions' filters match it. */
type Interest = { readonly remember: readonly string[]; readonly counts: readonly FilterCount[] } | null;

export function createFinder(broker: BrokerId): Finder {
  const discovery = createDiscovery();
  const cache = createMessageCache();
  const parts = new WeakMap<FoundPart, CompiledPart | undefined>();
  const base = legal(discovery.filters);
  const overheard = legal(discovery.overhears);
  const noise = createNoiseWatch(base);
  let wanted = new Set<TopicFilter>(base);
  let interest = createTrie<string>();
  let known = new Map<string, Interest>();
  let refused = 0;
  let shown: { of: readonly FoundDevice[]; found: readonly CompiledDevice[] } | undefined;
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

  /** What announces devices: the conventions' filters, without those that are paused, and the topics that they asked for. */
  function listened(): Set<TopicFilter> {
    const filters = new Set([...base].filter((filter) => !noise.isPaused(filter)));
    for (const filter of legal([...discovery.asked])) filters.add(filter);
    return filters;
  }

  /** Undefined: the topic is of no interest. */
  function interestIn(topic: string): Interest {
    let one = known.get(topic);
    if (one === undefined) {
      const matching = interest.match(topic);
      const counts = matching.flatMap((filter) => noise.countOf(filter) ?? []);
      // A topic that is only overheard is not remembered: what is registered is heard by its own point.
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

  function partOf(part: FoundPart): CompiledPart | undefined {
    if (parts.has(part)) return parts.get(part);
    const announcedRetain = part.registration.command?.retain === true;
    const parsed = parseWithCleanNames(Registration, {
      ...withoutRetain(part.registration),
      id: scoped(broker, part.registration.id),
      broker,
    });
    const compiled = parsed.success ? compileRegistration(parsed.data) : undefined;
    const greedy = compiled?.ok && filtersOf(compiled.value).some(isGreedy);
    if (greedy) refused++;
    const made =
      parsed.success && compiled?.ok && !greedy
        ? { role: part.role, registration: parsed.data, compiled: compiled.value, announcedRetain }
        : undefined;
    parts.set(part, made);
    return made;
  }

  function* devices(): Steps<readonly CompiledDevice[]> {
    const of = yield* discovery.merge();
    if (shown?.of === of) return shown.found;
    const found: CompiledDevice[] = [];
    for (const device of of) {
      const entities: CompiledDevice["entities"][number][] = [];
      for (const entity of device.entities) {
        const offered = entity.parts.flatMap((part) => partOf(part) ?? []);
        if (offered.length > 0) entities.push({ entity, parts: offered });
        yield;
      }
      if (entities.length > 0) found.push({ key: scoped(broker, device.id), broker, device, entities });
    }
    shown = { of, found };
    return found;
  }

  function* read(message: InboundMessage, counts: readonly FilterCount[]): Steps<boolean> {
    const changed = yield* discovery.read(message.topic, message.payload, message.receivedAt, message.retained);
    noteHeard(counts, changed);
    return changed;
  }

  return {
    broker,
    discovery,
    cache,
    handle(message) {
      const found = interestIn(message.topic);
      if (!found) return undefined;
      if (found.remember.length === 0) return read(message, found.counts);
      // Copied: the broker client's buffers are slices of far larger ones.
      const copy = { ...message, payload: new Uint8Array(message.payload) };
      for (const filter of found.remember) cache.take(filter, copy);
      return read(copy, found.counts);
    },
    devices,
    get size() {
      return shown?.found.length ?? 0;
    },
    *review(isIgnored) {
      const next = listened();
      for (const { key, device, entities } of yield* devices()) {
        if (isGone(device) || isIgnored(key)) continue;
        for (const { parts } of entities) {
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
    refused: () => refused,
  };
}

/**
 * A retained command is repeated by the broker to each device that connects, for ever: a stranger's announcement does not decide
 * that. Who wants it sets it in the registered topic.
 */
function withoutRetain(registration: FoundPart["registration"]): FoundPart["registration"] {
  if (!registration.command?.retain) return registration;
  const { retain: _, ...command } = registration.command;
  return { ...registration, command };
}

const filtersOf = (compiled: CompiledRegistration): TopicFilter[] => [
  ...(compiled.filter ? [compiled.filter] : []),
  ...compiled.availability([]).map(({ filter }) => filter),
];

/** An announcement that names no topic at all would have us listen to all the broker's traffic. */
const isGreedy = (filter: string): boolean => /^[+#/]*$/.test(filter);

/** One broker's devices keep their plain ids; those of others are told apart by the broker's. */
const scoped = (broker: BrokerId, id: string): string => (broker === "main" ? id : registrationId(broker, id));

const legal = (filters: readonly string[]): Set<TopicFilter> =>
  new Set(
    filters.flatMap((text) => {
      const filter = parseFilter(text);
      return filter.ok ? [filter.value] : [];
    }),
  );
