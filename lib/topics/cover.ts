import { createTrie } from "./trie";

/** Whether every topic that `narrow` matches is matched by `wide` too, which is another filter. */
export function filterCovers(wide: string, narrow: string): boolean {
  if (wide === narrow) return false;
  const w = wide.split("/");
  const n = narrow.split("/");
  // A wildcard in the first level does not match "$SYS" [MQTT-4.7.2-1].
  if (narrow.startsWith("$") && (w[0] === "+" || w[0] === "#")) return false;
  for (let i = 0; i < w.length; i++) {
    if (w[i] === "#") return true;
    if (i >= n.length || n[i] === "#") return false;
    if (w[i] !== "+" && w[i] !== n[i]) return false;
  }
  return w.length === n.length;
}

/** The filters with wildcards of a changing set, asked which of them cover another filter. */
export interface Covers {
  /** Takes over the set; returns whether any filter with wildcards came or went. */
  replace(filters: Iterable<string>): boolean;
  /** Those that cover it, in no particular order. */
  of(filter: string): readonly string[];
}

const NONE: readonly string[] = [];

export function createCovers(): Covers {
  let wild = new Set<string>();
  let trie = createTrie<string>();
  let known = new Map<string, readonly string[]>();

  return {
    replace(filters) {
      const next = new Set<string>();
      for (const filter of filters) if (/[+#]/.test(filter)) next.add(filter);
      if (next.size === wild.size && [...next].every((filter) => wild.has(filter))) return false;
      wild = next;
      trie = createTrie<string>();
      for (const filter of wild) trie.add(filter, filter);
      known = new Map();
      return true;
    },
    of(filter) {
      if (wild.size === 0) return NONE;
      let found = known.get(filter);
      if (!found) {
        // The trie takes the wildcards of the filter for levels, so what it finds is looked at again.
        const covers = trie.match(filter).filter((wide) => filterCovers(wide, filter));
        found = covers.length === 0 ? NONE : covers;
        known.set(filter, found);
      }
      return found;
    },
  };
}
