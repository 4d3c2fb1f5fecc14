import type { BrokerId } from "../../../lib/ids";
import type { Steps } from "../../../lib/steps";
import { createTrie } from "../../../lib/topics/trie";
import type { InboundMessage } from "../../ports";

/** The last few messages of each filter of interest of one broker. What a device said before it was kept is not said again. */
export interface MessageCache {
  take(filter: string, message: InboundMessage): void;
  /** Oldest first. */
  last(filter: string): readonly InboundMessage[];
  /** Gives filters with wildcards, which are new, what their topics said before. */
  widen(filters: Iterable<string>): Steps;
}

/** Several devices share a topic, and messages speak of different things in turn. */
const PER_FILTER = 12;
const PER_FILTER_BYTES = 64 * 1024;
const MAX_BYTES = 32 * 1024 * 1024;
/** What a message costs beside its payload and topic. */
const OVERHEAD = 200;

const sizeOf = ({ payload, topic }: InboundMessage): number => payload.length + topic.length * 2 + OVERHEAD;

function createMessageCache(maxBytes = MAX_BYTES): MessageCache {
  const rings = new Map<string, { messages: InboundMessage[]; bytes: number }>();
  let total = 0;

  function drop(filter: string): void {
    total -= rings.get(filter)?.bytes ?? 0;
    rings.delete(filter);
  }
  function take(filter: string, message: InboundMessage): void {
    const size = sizeOf(message);
    if (message.payload.length > PER_FILTER_BYTES) return;
    const ring = rings.get(filter) ?? { messages: [], bytes: 0 };
    // Least recently heard first, which is what goes when it is full.
    rings.delete(filter);
    rings.set(filter, ring);
    ring.messages.push(message);
    ring.bytes += size;
    total += size;
    while (ring.messages.length > PER_FILTER || (ring.bytes > PER_FILTER_BYTES && ring.messages.length > 1)) {
      const old = sizeOf(ring.messages.shift() as InboundMessage);
      ring.bytes -= old;
      total -= old;
    }
    while (total > maxBytes && rings.size > 1) drop(rings.keys().next().value as string);
  }
  return {
    take,
    *widen(filters) {
      const trie = createTrie<string>();
      for (const filter of filters) trie.add(filter, filter);
      if (trie.size === 0) return;
      for (const [topic, { messages }] of [...rings]) {
        if (!/[+#]/.test(topic))
          for (const filter of trie.match(topic)) for (const message of messages) take(filter, message);
        yield;
      }
    },
    last: (filter) => rings.get(filter)?.messages ?? [],
  };
}

/** Those of every broker. Discovery puts in what it hears; the live state reads what was heard before something was registered. */
export interface RecentMessages {
  /** The broker's, made when it is first asked for. */
  of(broker: BrokerId): MessageCache;
  /** Oldest first. */
  last(broker: BrokerId, filter: string): readonly InboundMessage[];
  forget(broker: BrokerId): void;
}

export function createRecentMessages(): RecentMessages {
  const caches = new Map<BrokerId, MessageCache>();
  return {
    of(broker) {
      const cache = caches.get(broker) ?? createMessageCache();
      caches.set(broker, cache);
      return cache;
    },
    last: (broker, filter) => caches.get(broker)?.last(filter) ?? [],
    forget: (broker) => void caches.delete(broker),
  };
}
