import type { ReadMemory } from "../../lib/compiled";
import type { BrokerId } from "../../lib/ids";
import { wildcardLevels } from "../../lib/topics/match";
import { createTrie, type TopicTrie } from "../../lib/topics/trie";
import type { IngestPoint, IngestRegistration } from "./ingest";
import type { LastMessageSlot } from "./lastMessages";
import type { Linked } from "./recency";

/** Shared: most of a hundred thousand points name none. */
const NO_AVAILABILITY: IngestPoint["availability"] = [];

/** One registration met on one topic: its points in slot order, and how the topic's sender writes. */
export interface Binding extends ReadMemory {
  readonly source: IngestRegistration;
  readonly points: readonly IngestPoint[];
}

/** A topic that messages came on. */
export interface TopicEntry extends Linked<TopicEntry> {
  readonly broker: BrokerId;
  readonly topic: string;
  bindings: readonly Binding[];
  readonly lastMessage: LastMessageSlot;
  /** Has points that exist only because the topic was seen: counts against the cap. */
  capped: boolean;
}

export interface BrokerIndex {
  readonly trie: TopicTrie<IngestRegistration>;
  readonly topics: Map<string, TopicEntry>;
  /** Of topics that were heard; outlives a change of registrations. */
  readonly lastMessages: Map<string, LastMessageSlot>;
}

export function makePoints(
  source: IngestRegistration,
  topic: string | undefined,
  apart?: ReadonlySet<number>,
): IngestPoint[] {
  const { compiled } = source;
  const levels = compiled.wildcard && topic !== undefined ? wildcardLevels(compiled.filter ?? "", topic) : [];
  const named = compiled.availability(levels);
  const availability = named.length > 0 ? named : NO_AVAILABILITY;
  return compiled.points(levels, topic, apart).map((point) => ({ point, source, topic, availability }));
}

export const newEntry = (
  broker: BrokerId,
  topic: string,
  bindings: readonly Binding[],
  lastMessage: LastMessageSlot,
): TopicEntry => ({
  broker,
  topic,
  // Copied: what grew by pushing has room for 17.
  bindings: bindings.slice(),
  lastMessage,
  // One point of many topics costs an entry for each of them, too.
  capped: isCapped(bindings),
  older: undefined,
  newer: undefined,
});

export const isCapped = (bindings: readonly Binding[]): boolean =>
  bindings.some((b) => b.source.compiled.wildcard || b.source.compiled.registration.merge === true);

export const newIndex = (): BrokerIndex => ({ trie: createTrie(), topics: new Map(), lastMessages: new Map() });
