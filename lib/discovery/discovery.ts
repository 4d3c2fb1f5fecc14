import type { BrokerId } from "../ids";
import { finish, type Steps } from "../steps";
import { createTrie } from "../topics/trie";
import { type Book, type BookCounters, type BookLimits, createBook } from "./book";
import { type BoundedMap, boundedMap, type Convention, type KeepAlive } from "./convention";
import { type FoundDevice, mergeAnnounced } from "./found";
import { createMessage, type Message } from "./message";
import { createOffers } from "./offers";
import { conventions as all, type ConventionId } from "./registry";

export interface Discovery {
  /** What to subscribe to from the start. */
  readonly filters: readonly string[];
  /** What is read too when it arrives anyway. */
  readonly overhears: readonly string[];
  /** Single topics to subscribe to besides, which conventions asked for; they grow with what is handled. */
  readonly asked: ReadonlySet<string>;
  /** One message; answers whether anything found has changed. Never throws, whatever it holds. */
  handle(topic: string, payload: Uint8Array, at: number, retained: boolean): boolean;
  /** The same in steps, of which none takes long. The next message is begun when this one is at its end. */
  read(topic: string, payload: Uint8Array, at: number, retained: boolean): Steps<boolean>;
  /** All devices found on this broker, withdrawn ones too: the same list until something changes. */
  devices(): readonly FoundDevice[];
  /** The same in steps. No message is read meanwhile. */
  merge(): Steps<readonly FoundDevice[]>;
  /** What to publish now and then, lest devices that need it fall silent; each topic once. */
  keepAlives(): readonly KeepAlive[];
  /** Points that were not offered, since they ask for too much. */
  greedy(): number;
  /** Announcements that were refused, or that a cap kept out. */
  counters(): ({ convention: ConventionId } & BookCounters)[];
}

export interface DiscoveryOptions {
  /** Whose devices they are. */
  broker?: BrokerId;
  conventions?: readonly Convention[];
  limits?: BookLimits;
}

interface Reader {
  read: ReturnType<Convention["create"]>;
  repeats: Convention["repeats"];
  /** Keys of messages that need not be read again. */
  known: BoundedMap<true>;
  book: Book;
}

const MAX_KNOWN = 50_000;
const MAX_ASKED = 5000;

/** Finds the devices of one broker. Holds no clock, no connection and a bounded memory. */
export function createDiscovery({
  broker = "main" as BrokerId,
  conventions = all,
  limits,
}: DiscoveryOptions = {}): Discovery {
  /** Counts changes. */
  let version = 0;
  let madeOf = -1;
  let made: readonly FoundDevice[] = [];
  const offers = createOffers(broker);
  const trie = createTrie<Reader>();
  const asked = new Set<string>();
  const ask = (topic: string): void => {
    if (asked.has(topic) || asked.size >= MAX_ASKED) return;
    asked.add(topic);
    version++;
  };
  const books: { convention: Convention; book: Book }[] = [];
  for (const convention of conventions) {
    const book = createBook(
      convention.id,
      () => {
        version++;
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
  function* readersOf(message: Message, readers: ReadonlySet<Reader>): Steps {
    for (const { read, repeats, known, book } of readers) {
      try {
        const key = repeats?.(message);
        if (key !== undefined && known.get(key)) continue;
        const before = book.puts;
        const steps = read(message);
        if (steps) yield* steps;
        if (key !== undefined && book.puts !== before) known.set(key, true);
      } catch {
        // A convention that stumbles over a stranger's message must not take the others, or the server, with it.
        book.fail();
      }
    }
  }

  function* read(topic: string, payload: Uint8Array, at: number, retained: boolean): Steps<boolean> {
    const readers = new Set(trie.match(topic));
    if (readers.size === 0) return false;
    const before = version;
    yield* readersOf(createMessage(topic, payload, at, retained), readers);
    return version !== before;
  }

  function* merge(): Steps<readonly FoundDevice[]> {
    if (madeOf === version) return made;
    const of = version;
    const merged = yield* mergeAnnounced(
      books.map(({ book }) => book.devices()),
      offers,
    );
    made = merged;
    madeOf = of;
    return merged;
  }

  return {
    filters: [...new Set(conventions.flatMap((convention) => convention.filters))],
    overhears: [...new Set(conventions.flatMap((convention) => convention.overhears ?? []))],
    asked,
    read,
    handle: (topic, payload, at, retained) => finish(read(topic, payload, at, retained)),
    merge,
    devices: () => finish(merge()),
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
    greedy: offers.refused,
    counters: () => books.map(({ convention, book }) => ({ convention: convention.id, ...book.counters })),
  };
}
