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
  /** The filters to subscribe to from the start. */
  readonly filters: readonly string[];
  /** Filters of messages that are read if they arrive anyway. */
  readonly overhears: readonly string[];
  /** Filters that conventions asked for, to subscribe to in addition, in the order in which they did. */
  readonly asked: ReadonlySet<string>;
  /** Reads one message; returns whether the found devices have changed. Never throws, whatever the payload. */
  handle(topic: string, payload: Uint8Array, at: number, retained: boolean): boolean;
  /** Reads one message of a sample of all topics: is it one by which a convention is recognised? */
  recognise(topic: string, payload: Uint8Array, at: number, retained: boolean): Steps<boolean>;
  /** The same as `handle`, in short steps. The next message must not start before this one is finished. */
  read(topic: string, payload: Uint8Array, at: number, retained: boolean): Steps<boolean>;
  /** All devices found on this broker, withdrawn ones too: the same array until something changes. */
  devices(): readonly FoundDevice[];
  /** The same in steps. No message may be read meanwhile. */
  merge(): Steps<readonly FoundDevice[]>;
  /** What to publish regularly so that devices keep sending; each topic once. */
  keepAlives(): readonly KeepAlive[];
  /** The number of points that were refused because their filter matches the whole broker. */
  refusedPoints(): number;
  /** Announcements that were refused, capped or failed, by convention. */
  counters(): ({ convention: ConventionId } & BookCounters)[];
}

export interface DiscoveryOptions {
  /** The broker of the devices. */
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

/** Finds the devices of one broker. It needs no clock and no connection, and its memory is bounded. */
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
  const shapes = createTrie<Reader>();
  const books: { convention: Convention; book: Book }[] = [];
  for (const convention of conventions) {
    const book = createBook(
      convention.id,
      () => {
        version++;
      },
      limits,
    );
    const ask = (filter: string): void => {
      if (asked.size >= MAX_ASKED && !asked.has(filter)) return;
      trie.add(filter, reader);
      if (asked.has(filter)) return;
      asked.add(filter);
      version++;
    };
    const reader: Reader = {
      read: convention.create(book, (filter) => ask(filter)),
      repeats: convention.repeats,
      known: boundedMap<true>(MAX_KNOWN),
      book,
    };
    for (const filter of [...convention.filters, ...(convention.overhears ?? [])]) trie.add(filter, reader);
    for (const filter of convention.shapes ?? []) shapes.add(filter, reader);
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
        // A bug in one convention must not stop the others, or the server.
        book.fail();
      }
    }
  }

  function* give(readers: readonly Reader[], ...of: Parameters<typeof createMessage>): Steps<boolean> {
    if (readers.length === 0) return false;
    const before = version;
    yield* readersOf(createMessage(...of), new Set(readers));
    return version !== before;
  }
  const read: Discovery["read"] = (topic, ...rest) => give(trie.match(topic), topic, ...rest);

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
    recognise: (topic, ...rest) => give(shapes.match(topic), topic, ...rest),
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
    refusedPoints: offers.refused,
    counters: () => books.map(({ convention, book }) => ({ convention: convention.id, ...book.counters })),
  };
}
