import type { Steps } from "../steps";
import type { AnnouncedDevice } from "./announced";
import type { Book } from "./book";
import type { Message } from "./message";
import type { ConventionId } from "./registry";

/**
 * How one family of devices says what it is. `create` makes the reader: it is given each message that matches one of the filters, in
 * the order of arrival, and writes what it learns into its book. Whatever it remembers itself must be capped (`boundedMap`). A message
 * that may announce many entities is read in steps, a pause behind each entity; no other message is read meanwhile.
 */
export interface Convention {
  readonly id: ConventionId;
  /** For people. */
  readonly label: string;
  /** What to subscribe to, so that devices are met. */
  readonly filters: readonly string[];
  /**
   * What is read too when it arrives for another reason, but not subscribed: filters that match much that is not this convention's. A
   * reader asks for single topics of them (`ask`), where it has seen that a device may be behind them.
   */
  readonly overhears?: readonly string[];
  create(book: Book, ask: (topic: string) => void): ((message: Message) => void) | ((message: Message) => Steps);
  /**
   * For conventions that learn of devices by what they measure: under which key a message brings nothing new once one like it was
   * understood. Undefined: it must be read whatever came before.
   */
  repeats?(message: Message): string | undefined;
  /** What must be published now and then, lest the device of this convention falls silent. */
  keepAlive?(device: AnnouncedDevice): KeepAlive;
}

export interface KeepAlive {
  topic: string;
  payload: string;
  everyMs: number;
}

/** A map of strangers' words: the oldest goes when it is full. */
export interface BoundedMap<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  /** The value there, or one made and put. */
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
