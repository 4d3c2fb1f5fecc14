/** A link of the list; undefined on both sides while it is not in one. */
export interface Linked<T> {
  older: T | undefined;
  newer: T | undefined;
}

export interface Recency<T> {
  readonly size: number;
  oldest(): T | undefined;
  remove(entry: T): void;
  /** Makes it the most recently heard, whether it was in the list or not. */
  touch(entry: T): void;
  /** From oldest to newest. */
  inOrder(): T[];
  clear(): void;
}

/** Least recently heard first: a linked list, since reordering a Map at every message costs more than the message. */
export function createRecency<T extends Linked<T>>(): Recency<T> {
  let oldest: T | undefined;
  let newest: T | undefined;
  let size = 0;
  const unlink = (entry: T): void => {
    if (entry.older) entry.older.newer = entry.newer;
    else oldest = entry.newer;
    if (entry.newer) entry.newer.older = entry.older;
    else newest = entry.older;
    entry.older = undefined;
    entry.newer = undefined;
    size--;
  };
  return {
    get size() {
      return size;
    },
    oldest: () => oldest,
    remove: unlink,
    /** Makes it the most recently heard, whether it was linked or not. */
    touch(entry: T): void {
      if (entry === newest) return;
      if (entry.older || entry.newer) unlink(entry);
      entry.older = newest;
      if (newest) newest.newer = entry;
      newest = entry;
      oldest ??= entry;
      size++;
    },
    inOrder(): T[] {
      const entries: T[] = [];
      for (let entry = oldest; entry; entry = entry.newer) entries.push(entry);
      return entries;
    },
    clear(): void {
      oldest = undefined;
      newest = undefined;
      size = 0;
    },
  };
}
