import { createHash } from "node:crypto";
import { z } from "zod";
import { DiscoveryMode } from "../../../lib/api";
import type { Registration } from "../../../lib/registration";
import type { ConfigStore, Log } from "../../ports";

/** What must outlive a restart: the mode, which devices are ignored, and what was registered in which words. */
export interface KeptBook {
  mode: DiscoveryMode;
  readonly ignored: Set<string>;
  /** Registration's id → fingerprint of what discovery wrote; one that reads otherwise was edited by a person. */
  readonly written: Map<string, string>;
  saveMode(): Promise<void>;
  saveIgnored(): Promise<void>;
  saveWritten(): Promise<void>;
}

const Ignored = z.array(z.string());
const Written = z.record(z.string(), z.string());
const KEYS = { mode: "discovery.mode", ignored: "discovery.ignored", written: "discovery.written" } as const;

export async function openKeptBook(store: ConfigStore, log: Log): Promise<KeptBook> {
  async function load<S extends z.ZodType>(key: string, schema: S, otherwise: z.output<S>): Promise<z.output<S>> {
    const text = await store.setting(key);
    if (text === undefined) return otherwise;
    try {
      return schema.parse(JSON.parse(text));
    } catch (error) {
      log.error({ key, err: error }, "a setting of discovery cannot be read and starts anew");
      return otherwise;
    }
  }
  const book: KeptBook = {
    mode: await load(KEYS.mode, DiscoveryMode, "ask"),
    ignored: new Set(await load(KEYS.ignored, Ignored, [])),
    written: new Map(Object.entries(await load(KEYS.written, Written, {}))),
    saveMode: () => store.putSetting(KEYS.mode, JSON.stringify(book.mode)),
    saveIgnored: () => store.putSetting(KEYS.ignored, JSON.stringify([...book.ignored])),
    saveWritten: () => store.putSetting(KEYS.written, JSON.stringify(Object.fromEntries(book.written))),
  };
  return book;
}

const made = new WeakMap<Registration, string>();

/** The same for the same content, in whatever order its members stand. */
export function fingerprint(registration: Registration): string {
  let print = made.get(registration);
  if (print === undefined) {
    print = createHash("sha256")
      .update(JSON.stringify(sorted(registration)))
      .digest("base64url")
      .slice(0, 16);
    made.set(registration, print);
  }
  return print;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]);
}
