import type { Steps } from "../steps";
import type { AnnouncedDevice } from "./announced";
import type { Book } from "./book";
import type { Message } from "./message";
import type { ConventionId } from "./registry";

/**
 * How one family of devices announces itself. `create` makes the reader: it gets each message that matches one of the filters, in the
 * order of arrival, and writes what it learns into its book. Its own memory must be bounded (`boundedMap`). A message that may announce
 * many entities is read in steps, with a `yield` after each entity; no other message is read meanwhile.
 */
export interface Convention {
  readonly id: ConventionId;
  /** Its name on pages. */
  readonly label: string;
  /** The filters to subscribe to. */
  readonly filters: readonly string[];
  /**
   * Filters of messages that are read if they arrive anyway, but not subscribed to, since they also match many other messages. With
   * `ask`, a reader requests a single topic of them when there may be a device.
   */
  readonly overhears?: readonly string[];
  /**
   * Filters of messages by which the convention is recognised where somebody configured another prefix than usual. They are not
   * subscribed to: they are looked at in a sample of all topics (`sample.ts`), and the reader asks for the filter that it found.
   */
  readonly shapes?: readonly string[];
  /** `ask` subscribes to a filter in addition, and gives its messages to this reader. */
  create(book: Book, ask: (filter: string) => void): ((message: Message) => void) | ((message: Message) => Steps);
  /**
   * For conventions that recognise devices by their readings: a key for messages of the same content. After a message that was
   * understood, others with its key are skipped. Undefined: the message must always be read.
   */
  repeats?(message: Message): string | undefined;
  /** What must be published regularly so that the device keeps sending. */
  keepAlive?(device: AnnouncedDevice): KeepAlive;
}

export interface KeepAlive {
  topic: string;
  payload: string;
  everyMs: number;
}

/** A map for data from outside: when it is full, the oldest entry is removed. */
export interface BoundedMap<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  /** The value of the key; where there is none, `make` is called and its result is stored. */
  open(key: string, make: () => V): V;
  entries(): IterableIterator<[string, V]>;
  readonly size: number;
}

export function boundedMap<V>(max: number): BoundedMap<V> {
  const map = new Map<string, V>();
  function set(key: string, value: V): void {
    if (!map.has(key) && map.size >= max) map.delete(map.keys().next().value as string);
    map.set(key, value);
  }
  return {
    get: (key) => map.get(key),
    set,
    delete: (key) => void map.delete(key),
    open(key, make) {
      const there = map.get(key);
      if (there !== undefined) return there;
      const made = make();
      set(key, made);
      return made;
    },
    entries: () => map.entries(),
    get size() {
      return map.size;
    },
  };
}
