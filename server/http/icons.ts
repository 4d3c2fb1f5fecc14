import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Log } from "../ports";

/** How many glyphs that somebody asked for are kept; each is some 300 bytes. Unknown names are kept as well. */
const MOST_KEPT = 2000;

export interface Icons {
  /** One glyph with the id `i`; `instead` where there is no such name. Undefined: neither is there. */
  one(name: string, instead: string): Promise<string | undefined>;
}

/**
 * Material Design Icons by their names, which Home Assistant's discovery speaks. The set is one module of 2.7 MB with a line a glyph: read
 * when a name is asked for that nobody asked for before, and not kept, since browsers keep what they got for good.
 */
export function createIcons(log: Log): Icons {
  const kept = new Map<string, string | undefined>();

  const find = async (names: readonly string[]): Promise<void> => {
    const set = await readSet(log);
    for (const name of names) {
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
      kept.set(name, pathIn(set, name));
    }
  };
  const path = async (name: string): Promise<string | undefined> => {
    if (!kept.has(name)) await find([name]);
    return kept.get(name);
  };
  return {
    async one(name, instead) {
      const d = (await path(name)) ?? (await path(instead));
      return d === undefined ? undefined : svg(d);
    },
  };
}

const svg = (d: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path id="i" d="${d}"/></svg>`;

async function readSet(log: Log): Promise<string> {
  const require = createRequire(import.meta.url);
  try {
    return await readFile(join(dirname(require.resolve("@mdi/js/package.json")), "mdi.js"), "utf8");
  } catch (error) {
    log.warn({ error: String(error) }, "the icons cannot be read; tiles have none");
    return "";
  }
}

/** `washing-machine` is `mdiWashingMachine` in the module. */
function pathIn(set: string, name: string): string | undefined {
  const start = `var mdi${name.replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase())} = "`;
  const at = set.indexOf(start);
  return at < 0 ? undefined : set.slice(at + start.length, set.indexOf('"', at + start.length));
}
