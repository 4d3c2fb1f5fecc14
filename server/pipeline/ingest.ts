import type { CompiledAvailability, CompiledPoint, CompiledRegistration, SlotOutcome } from "../../lib/compiled";
import type { Origin } from "../../lib/configOrigin";
import type { BrokerId, PointId } from "../../lib/ids";
import { wildcardLevels } from "../../lib/topics/match";
import type { TopicFilter } from "../../lib/topics/parse";
import type { LastMessage } from "../ports";
import { changeOfPoints, keepSame, topicsOf } from "./ingestChange";
import { createLastMessages } from "./lastMessages";
import { createLevelBook } from "./levelBook";
import { saysOffline } from "./ownWord";
import { createRecency } from "./recency";
import { rereadFrom } from "./reread";
import {
  type Binding,
  type BrokerIndex,
  isCapped,
  makePoints,
  newEntry,
  newIndex,
  type TopicEntry,
} from "./topicEntry";

/** From message to outcomes: which registrations speak of a topic, which points that makes, what the payload says of each. */

export interface IngestRegistration {
  readonly compiled: CompiledRegistration;
  /** The broker meant, the default one already filled in. */
  readonly broker: BrokerId;
  readonly origin: Origin;
}

/** A point that exists: of a registration without wildcard from the start, else since its topic was first seen. */
export interface IngestPoint {
  readonly point: CompiledPoint;
  readonly source: IngestRegistration;
  /** The concrete state topic; undefined for an assumed actuator. */
  readonly topic: string | undefined;
  /** Which of them must say online is the registration's `availabilityMode`; empty when it names none. */
  readonly availability: readonly CompiledAvailability[];
}

/** What one message says of one point. The topic is `of.topic`, the registration `of.source`. */
export interface PointOutcome {
  readonly point: CompiledPoint;
  readonly of: IngestPoint;
  readonly outcome: SlotOutcome;
}

/** A message that was read again. */
export interface Reread {
  readonly outcome: SlotOutcome;
  readonly payload: Uint8Array;
  readonly receivedAt: number;
  readonly retained: boolean;
}

export interface IngestCounters {
  /** Messages that some registration speaks of, and those that none does. */
  matched: number;
  unmatched: number;
  /** Topics known under wildcards now, and how many were forgotten because the cap was hit. */
  topics: number;
  evicted: number;
  /** Topics refused because their points' ids would be longer than a point id may be. */
  overlong: number;
}

export interface IngestOptions {
  /** Distinct topics kept by wildcard registrations, over all brokers; the least recently heard goes first. Default 100,000. */
  maxTopics?: number;
  /** Points came into being. Called before `handle` or `replace` answers. */
  onAdded?(points: readonly IngestPoint[]): void;
  /** Points are gone: their registration is (`replaced`), or the cap was hit (`evicted`). */
  onRemoved?(points: readonly IngestPoint[], why: "replaced" | "evicted"): void;
  /** Same ids, but what is known of them changed with their registration (name, unit, command, broker, topic, ...). */
  onChanged?(points: readonly IngestPoint[]): void;
}

export interface Ingest {
  /**
   * These are the registrations from now on. Topics already seen stay known, so that a changed registration keeps its points;
   * one that is the same object as before keeps its points untouched.
   */
  replace(registrations: readonly IngestRegistration[]): void;
  /** The first are no more, and the second are new or changed: a part of a `replace`, that looks at no other registration. */
  change(gone: readonly IngestRegistration[], fresh: readonly IngestRegistration[]): void;
  /** What the message says, one outcome for each point it speaks of. Never throws. */
  handle(
    broker: BrokerId,
    topic: string,
    payload: Uint8Array,
    receivedAt: number,
    retained?: boolean,
  ): readonly PointOutcome[];
  /** The newest message on the point's topic since the start, as it came; undefined: none, or the point has no topic of its own. */
  lastMessage(id: PointId): LastMessage | undefined;
  /**
   * What the newest messages on the point's topics say of it as it is registered now. Undefined: none of them speaks of it, or none
   * was kept whole.
   */
  reread(id: PointId): Reread | undefined;
  /** The topic is known from before the start: its points come into being without a message. */
  recall(broker: BrokerId, topic: string): void;
  get(id: PointId): IngestPoint | undefined;
  /** All points: by registration in the order of `replace` (those of `change` behind them), then as they came into being. */
  points(): Iterable<IngestPoint>;
  readonly counters: Readonly<IngestCounters>;
}

const NOTHING: readonly PointOutcome[] = [];
const MAX_ID = 1024;
const DEFAULT_MAX_TOPICS = 100_000;

export function createIngest(options: IngestOptions = {}): Ingest {
  const maxTopics = options.maxTopics ?? DEFAULT_MAX_TOPICS;
  const recency = createRecency<TopicEntry>();
  const book = createLastMessages();
  const levelBook = createLevelBook<IngestRegistration>();
  const counters: IngestCounters = { matched: 0, unmatched: 0, topics: 0, evicted: 0, overlong: 0 };
  const brokers = new Map<BrokerId, BrokerIndex>();
  /** Of registrations without wildcard; they exist before any message. */
  const fixed = new Map<IngestRegistration, Binding>();
  let byRegistration = new Map<IngestRegistration, Set<IngestPoint>>();
  const byId = new Map<PointId, IngestPoint>();

  function hold(source: IngestRegistration, points: readonly IngestPoint[]): void {
    let set = byRegistration.get(source);
    if (!set) {
      set = new Set();
      byRegistration.set(source, set);
    }
    for (const point of points) {
      set.add(point);
      byId.set(point.point.id, point);
    }
  }

  function bind(source: IngestRegistration, topic: string): Binding | undefined {
    const known = fixed.get(source);
    if (known) return known;
    const points = makePoints(source, topic, levelBook.apart(source));
    if (points.some((p) => p.point.id.length > MAX_ID)) {
      counters.overlong++;
      return undefined;
    }
    return { source, points, habits: undefined };
  }

  /** Takes note of the levels of a topic; the points that have other names now. */
  function noteLevels(source: IngestRegistration, topic: string): IngestPoint[] {
    if (!levelBook.note(source, wildcardLevels(source.compiled.filter ?? "", topic))) return [];
    const renamed: IngestPoint[] = [];
    for (const entry of recency.inOrder()) {
      if (!entry.bindings.some((binding) => binding.source === source)) continue;
      entry.bindings = entry.bindings.map((binding) => {
        if (binding.source !== source) return binding;
        for (const point of binding.points) byRegistration.get(source)?.delete(point);
        const points = makePoints(source, entry.topic, levelBook.apart(source));
        hold(source, points);
        renamed.push(...points);
        return { ...binding, points };
      });
    }
    return renamed;
  }

  function enter(broker: BrokerId, index: BrokerIndex, topic: string, bindings: readonly Binding[]): TopicEntry {
    const lastMessage = index.lastMessages.get(topic) ?? book.slot();
    index.lastMessages.set(topic, lastMessage);
    return newEntry(broker, topic, bindings, lastMessage);
  }

  function evict(): void {
    const entry = recency.oldest();
    if (!entry) return;
    recency.remove(entry);
    const index = brokers.get(entry.broker);
    index?.topics.delete(entry.topic);
    index?.lastMessages.delete(entry.topic);
    entry.lastMessage.free();
    counters.evicted++;
    const gone: IngestPoint[] = [];
    for (const binding of entry.bindings) {
      if (!binding.source.compiled.wildcard) continue;
      for (const point of binding.points) {
        byRegistration.get(binding.source)?.delete(point);
        byId.delete(point.point.id);
        gone.push(point);
      }
    }
    if (gone.length) options.onRemoved?.(gone, "evicted");
  }

  /** First sight of a topic, or the first since it was forgotten. */
  function meet(broker: BrokerId, index: BrokerIndex, topic: string): TopicEntry | undefined {
    const bindings: Binding[] = [];
    const renamed: IngestPoint[] = [];
    for (const source of index.trie.match(topic)) {
      if (source.compiled.wildcard) renamed.push(...noteLevels(source, topic));
      const binding = bind(source, topic);
      if (binding) bindings.push(binding);
    }
    if (renamed.length) options.onChanged?.(renamed);
    if (bindings.length === 0) return undefined;
    const entry = enter(broker, index, topic, bindings);
    index.topics.set(topic, entry);
    if (!entry.capped) return entry;
    recency.touch(entry);
    const added: IngestPoint[] = [];
    for (const { source, points } of bindings) {
      if (!source.compiled.wildcard) continue;
      hold(source, points);
      added.push(...points);
    }
    while (recency.size > maxTopics) evict();
    if (added.length) options.onAdded?.(added);
    return entry;
  }

  /** One changed registration among ten thousand must not stop the event loop: what it does not touch stays as it is. */
  function replace(registrations: readonly IngestRegistration[]): void {
    const sources = keepSame(registrations, byRegistration);
    const wanted = new Set(sources);
    const gone = [...byRegistration.keys()].filter((source) => !wanted.has(source));
    const fresh = sources.filter((source) => !byRegistration.has(source));
    change(gone, fresh, () => {
      const points = byRegistration;
      byRegistration = new Map(sources.map((source) => [source, points.get(source) ?? new Set()]));
    });
  }

  /** `ordered` is called when the new ones are in, before anybody is told. */
  function change(
    old: readonly IngestRegistration[],
    fresh: readonly IngestRegistration[],
    ordered: () => void = () => undefined,
  ): void {
    const gone = new Map<PointId, IngestPoint>();
    const touched = new Map<BrokerId, Set<TopicFilter>>();
    const touch = ({ broker, compiled: { filter } }: IngestRegistration) => {
      if (filter) indexOf(touched, broker, () => new Set()).add(filter);
    };
    for (const source of old) {
      touch(source);
      for (const point of byRegistration.get(source) ?? []) {
        gone.set(point.point.id, point);
        byId.delete(point.point.id);
      }
      byRegistration.delete(source);
      levelBook.forget(source);
      removeSource(source);
    }
    for (const source of fresh) {
      byRegistration.set(source, new Set());
      touch(source);
      addSource(source);
    }
    ordered();
    for (const [broker, filters] of touched) rebind(brokers.get(broker), filters);
    const made = fresh.flatMap((source) => [...(byRegistration.get(source) ?? [])]);
    const { removed, added, changed } = changeOfPoints(gone, made);
    if (removed.length) options.onRemoved?.(removed, "replaced");
    if (added.length) options.onAdded?.(added);
    if (changed.length) options.onChanged?.(changed);
  }

  function addSource(source: IngestRegistration): void {
    const { filter, wildcard } = source.compiled;
    const index = indexOf(brokers, source.broker, newIndex);
    if (filter) index.trie.add(filter, source);
    if (wildcard) return;
    const binding: Binding = { source, points: makePoints(source, filter), habits: undefined };
    fixed.set(source, binding);
    hold(source, binding.points);
  }

  function removeSource(source: IngestRegistration): void {
    const { filter } = source.compiled;
    if (filter) brokers.get(source.broker)?.trie.remove(filter, source);
    fixed.delete(source);
  }

  /** The topics that a changed filter matches: their registrations are others now. What was said stays while any speaks of it. */
  function rebind(index: BrokerIndex | undefined, touched: ReadonlySet<TopicFilter>): void {
    if (!index) return;
    const topics = topicsOf(touched, index.lastMessages);
    // All of them before any name is made: in which levels they differ decides the names.
    for (const topic of topics)
      for (const source of index.topics.has(topic) ? index.trie.match(topic) : [])
        if (source.compiled.wildcard) levelBook.note(source, wildcardLevels(source.compiled.filter ?? "", topic));
    for (const topic of topics) {
      const lastMessage = index.lastMessages.get(topic);
      if (!lastMessage) continue;
      const sources = index.trie.match(topic);
      if (sources.length === 0) {
        lastMessage.free();
        index.lastMessages.delete(topic);
      }
      const entry = index.topics.get(topic);
      if (!entry) continue;
      const old = entry.bindings;
      entry.bindings = sources
        .map((source) => old.find((binding) => binding.source === source) ?? bind(source, topic))
        .filter((binding) => binding !== undefined);
      const capped = isCapped(entry.bindings);
      if (!capped) {
        if (entry.capped) recency.remove(entry);
        index.topics.delete(topic);
      } else if (!entry.capped) recency.touch(entry);
      entry.capped = capped;
      for (const { source, points } of entry.bindings) if (source.compiled.wildcard && capped) hold(source, points);
    }
  }

  return {
    replace,
    change: (gone, fresh) => change(gone, fresh),
    handle(broker, topic, payload, receivedAt, retained = false) {
      const index = brokers.get(broker);
      const entry = index && (index.topics.get(topic) ?? meet(broker, index, topic));
      if (!entry) {
        counters.unmatched++;
        return NOTHING;
      }
      counters.matched++;
      entry.lastMessage.take(payload, receivedAt, retained);
      if (entry.capped) recency.touch(entry);
      const outcomes: PointOutcome[] = [];
      for (const binding of entry.bindings) {
        for (const outcome of binding.source.compiled.read(payload, receivedAt, binding)) {
          const of = binding.points[outcome.slot.index];
          if (of && !saysOffline(of, topic, payload)) outcomes.push({ point: of.point, of, outcome });
        }
      }
      return outcomes;
    },
    recall(broker, topic) {
      const index = brokers.get(broker);
      if (index && !index.topics.has(topic)) meet(broker, index, topic);
    },
    lastMessage(id) {
      const of = byId.get(id);
      return of?.topic === undefined ? undefined : brokers.get(of.source.broker)?.lastMessages.get(of.topic)?.read();
    },
    reread(id) {
      const of = byId.get(id);
      const messages = of && brokers.get(of.source.broker)?.lastMessages;
      return messages && rereadFrom(of, messages);
    },
    get: (id) => byId.get(id),
    *points() {
      for (const set of byRegistration.values()) yield* set;
    },
    get counters() {
      counters.topics = recency.size;
      return counters;
    },
  };
}

function indexOf<T>(brokers: Map<BrokerId, T>, id: BrokerId, create: () => T): T {
  let index = brokers.get(id);
  if (!index) {
    index = create();
    brokers.set(id, index);
  }
  return index;
}
