import { createTrie } from "../topics/trie";
import { type Book, type BookCounters, type BookLimits, createBook } from "./book";
import { type BoundedMap, boundedMap, type Convention, type KeepAlive } from "./convention";
import type { ConventionId } from "./found";
import { createMessage, type Message } from "./message";
import { conventions as all } from "./registry";
import { mergeFound, type ViewDevice } from "./view";

export interface Discovery {
  /** What to subscribe to from the start. */
  readonly filters: readonly string[];
  /** What is read too when it arrives anyway. */
  readonly overhears: readonly string[];
  /** Single topics to subscribe to besides, which conventions asked for; they grow with what is handled. */
  readonly asked: ReadonlySet<string>;
  /** One message; answers whether anything found has changed. Never throws, whatever it holds. */
  handle(topic: string, payload: Uint8Array, at: number, retained: boolean): boolean;
  /** All devices found on this broker, withdrawn ones too. Made anew only when something changed. */
  devices(): readonly ViewDevice[];
  /** What to publish now and then, lest devices that need it fall silent; each topic once. */
  keepAlives(): readonly KeepAlive[];
  /** Announcements that were refused, or that a cap kept out. */
  counters(): ({ convention: ConventionId } & BookCounters)[];
}

interface Reader {
  read: (message: Message) => void;
  repeats: Convention["repeats"];
  /** Keys of messages that need not be read again. */
  known: BoundedMap<true>;
  book: Book;
}

const MAX_KNOWN = 50_000;
const MAX_ASKED = 5000;

/** Finds the devices of one broker. Holds no clock, no connection and a bounded memory. */
export function createDiscovery(conventions: readonly Convention[] = all, limits?: BookLimits): Discovery {
  let changed = true;
  let made: readonly ViewDevice[] = [];
  const trie = createTrie<Reader>();
  const asked = new Set<string>();
  const ask = (topic: string): void => {
    if (asked.has(topic) || asked.size >= MAX_ASKED) return;
    asked.add(topic);
    changed = true;
  };
  const books: { convention: Convention; book: Book }[] = [];
  for (const convention of conventions) {
    const book = createBook(
      convention.id,
      () => {
        changed = true;
      },
      limits,
    );
    const reader = {
      read: convention.create(book, ask),
      repeats: convention.repeats,
      known: boundedMap<true>(MAX_KNOWN),
      book,
    };
    for (const filter of [...convention.filters, ...(convention.overhears ?? [])]) trie.add(filter, reader);
    books.push({ convention, book });
  }
  return {
    filters: [...new Set(conventions.flatMap((convention) => convention.filters))],
    overhears: [...new Set(conventions.flatMap((convention) => convention.overhears ?? []))],
    asked,
    handle(topic, payload, at, retained) {
      const readers = new Set(trie.match(topic));
      if (readers.size === 0) return false;
      const before = changed;
      changed = false;
      const message = createMessage(topic, payload, at, retained);
      for (const { read, repeats, known, book } of readers) {
        try {
          const key = repeats?.(message);
          if (key !== undefined && known.get(key)) continue;
          const before = book.puts;
          read(message);
          if (key !== undefined && book.puts !== before) known.set(key, true);
        } catch {
          // A convention that stumbles over a stranger's message must not take the others, or the server, with it.
          book.fail();
        }
      }
      const now = changed;
      changed = before || now;
      return now;
    },
    devices() {
      if (changed) made = mergeFound(books.map(({ book }) => book.devices()));
      changed = false;
      return made;
    },
    keepAlives() {
      const made = new Map<string, KeepAlive>();
      for (const { convention, book } of books) {
        if (!convention.keepAlive) continue;
        for (const device of book.devices()) {
          const one = convention.keepAlive(device);
          made.set(one.topic, one);
        }
      }
      return [...made.values()];
    },
    counters: () => books.map(({ convention, book }) => ({ convention: convention.id, ...book.counters })),
  };
}
