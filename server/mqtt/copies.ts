import { createTrie } from "../../lib/topics/trie";

/**
 * Where filters overlap, a broker may deliver one message once for each of them [MQTT 5 §3.3.4]; Mosquitto does on MQTT 5. Each
 * subscription carries an identifier of its own, and of all that match a topic only the oldest one's copy counts. A broker that
 * sends a single copy puts all identifiers in it, so it counts too.
 */
export interface CopyFilter {
  /** The broker has confirmed the subscription. */
  add(filter: string, id: number): void;
  remove(filter: string, id: number): void;
  /** Whether this copy is the one that counts. Without identifiers every copy does. */
  counts(topic: string, ids: number | readonly number[] | undefined): boolean;
}

/** Topics whose oldest subscription is remembered; beyond it the memory starts anew. */
const MAX_TOPICS = 50_000;
const NONE = 0;

export function createCopyFilter(): CopyFilter {
  const trie = createTrie<number>();
  let oldest = new Map<string, number>();

  const oldestOf = (topic: string): number => {
    const known = oldest.get(topic);
    if (known !== undefined) return known;
    const found = trie.match(topic).reduce((least, id) => (least === NONE || id < least ? id : least), NONE);
    if (oldest.size >= MAX_TOPICS) oldest = new Map();
    oldest.set(topic, found);
    return found;
  };

  return {
    add(filter, id) {
      trie.add(filter, id);
      oldest = new Map();
    },
    remove(filter, id) {
      trie.remove(filter, id);
      oldest = new Map();
    },
    counts(topic, ids) {
      if (ids === undefined || trie.size < 2) return true;
      const wanted = oldestOf(topic);
      // Not confirmed yet, or just given up: better twice than never.
      if (wanted === NONE) return true;
      return typeof ids === "number" ? ids === wanted : ids.includes(wanted);
    },
  };
}
