import type { Json } from "../decoders/decoder";
import { memberStep } from "../jsonPath";

/** What one JSON document says otherwise than the one before. */
export interface Difference {
  /** JSONPath of the place. */
  path: string;
  kind: "added" | "removed" | "changed";
  before?: Json;
  after?: Json;
}

export interface Differences {
  list: Difference[];
  /** Beyond the limit. */
  more: number;
}

const isBranch = (json: Json | undefined): json is Json[] | { [key: string]: Json } =>
  typeof json === "object" && json !== null;

/** Members by name, list items by their place; in the order of the newer document, removed ones behind. */
export function diffJson(before: Json, after: Json, limit = 200): Differences {
  const found: Differences = { list: [], more: 0 };
  const say = (difference: Difference): void => {
    if (found.list.length < limit) found.list.push(difference);
    else found.more++;
  };

  function compare(a: Json, b: Json, path: string): void {
    if (isBranch(a) && isBranch(b) && Array.isArray(a) === Array.isArray(b)) {
      const list = Array.isArray(a);
      const at = (key: string): string => path + (list ? `[${key}]` : memberStep(key));
      // Own members only: a payload may name one `__proto__`.
      const old = new Map(Object.entries(a));
      for (const [key, value] of Object.entries(b)) {
        const was = old.get(key);
        if (!old.delete(key)) say({ path: at(key), kind: "added", after: value });
        else compare(was as Json, value, at(key));
      }
      for (const [key, value] of old) say({ path: at(key), kind: "removed", before: value });
    } else if (a !== b) say({ path, kind: "changed", before: a, after: b });
  }
  compare(before, after, "$");
  return found;
}
