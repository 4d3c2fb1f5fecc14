import type { PointId } from "../../lib/ids";
import { hasWildcard, type TopicFilter } from "../../lib/topics/parse";
import { createTrie } from "../../lib/topics/trie";
import type { IngestPoint, IngestRegistration } from "./ingest";

/** What a change of registrations leaves as it is, and what it changes. */

/** Those of the topics that a filter matches. */
export function topicsOf(filters: ReadonlySet<TopicFilter>, topics: ReadonlyMap<string, unknown>): readonly string[] {
  if (![...filters].some(hasWildcard)) return [...filters].filter((filter) => topics.has(filter));
  const trie = createTrie<true>();
  for (const filter of filters) trie.add(filter, true);
  return [...topics.keys()].filter((topic) => trie.match(topic).length > 0);
}

/** A registration that did not change stays the same object, and with it its points. */
export function keepSame(
  next: readonly IngestRegistration[],
  before: ReadonlyMap<IngestRegistration, unknown>,
): readonly IngestRegistration[] {
  if (next.every((source) => before.has(source))) return next;
  const known = new Map([...before.keys()].map((source) => [source.compiled, source]));
  return next.map((source) => {
    const old = known.get(source.compiled);
    return old && old.broker === source.broker && old.origin === source.origin ? old : source;
  });
}

/** `gone`: points of registrations that are no more or changed; `made`: those of registrations that are new or changed. */
export function changeOfPoints(gone: ReadonlyMap<PointId, IngestPoint>, made: readonly IngestPoint[]) {
  const now = new Set(made.map(({ point }) => point.id));
  return {
    removed: [...gone.values()].filter(({ point }) => !now.has(point.id)),
    added: made.filter(({ point }) => !gone.has(point.id)),
    changed: made.filter(({ point }) => gone.has(point.id)),
  };
}
