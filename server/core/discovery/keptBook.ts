import { createHash } from "node:crypto";
import { z } from "zod";
import { DiscoveryMode } from "../../../lib/api";
import type { Registration } from "../../../lib/registration";
import type { ConfigStore, Log, Notice } from "../../ports";

/** What must outlive a restart: the mode, which devices are ignored, and what was registered in which words. */
export interface KeptBook {
  mode: DiscoveryMode;
  readonly ignored: Set<string>;
  /** Registration's id → fingerprint of what discovery wrote; one that reads otherwise was edited by a person. */
  readonly written: Map<string, string>;
  saveMode(): Promise<void>;
  saveIgnored(): Promise<void>;
  saveWritten(): Promise<void>;
  /** For admins: that something of it could not be read. */
  notices(): Notice[];
}

const Ignored = z.array(z.string());
const Written = z.record(z.string(), z.string());
const KEYS = {
  mode: "discovery.mode",
  ignored: "discovery.ignored",
  written: "discovery.written",
  paused: "discovery.paused",
} as const;

export async function openKeptBook(store: ConfigStore, log: Log): Promise<KeptBook> {
  const unreadable: string[] = [];
  async function load<S extends z.ZodType>(key: string, schema: S, otherwise: z.output<S>): Promise<z.output<S>> {
    const text = await store.setting(key);
    if (text === undefined) return otherwise;
    try {
      return schema.parse(JSON.parse(text));
    } catch (error) {
      log.error({ key, err: error }, "a setting of discovery cannot be read and was set aside");
      await store.putSetting(`${key}.unreadable`, text);
      unreadable.push(key);
      return otherwise;
    }
  }
  const mode = await load(KEYS.mode, DiscoveryMode, "ask");
  const ignored = new Set(await load(KEYS.ignored, Ignored, []));
  const written = new Map(Object.entries(await load(KEYS.written, Written, {})));
  const book: KeptBook = {
    mode,
    ignored,
    written,
    async saveMode() {
      await store.putSetting(KEYS.mode, JSON.stringify(book.mode));
      // Whoever chooses a mode now has seen the notice, and knows what adding by itself will bring.
      await store.putSetting(KEYS.paused, "");
      paused = false;
    },
    saveIgnored: () => store.putSetting(KEYS.ignored, JSON.stringify([...book.ignored])),
    saveWritten: () => store.putSetting(KEYS.written, JSON.stringify(Object.fromEntries(book.written))),
    notices: () => (paused ? [PAUSED] : []),
  };
  let paused = (await store.setting(KEYS.paused)) === "yes";
  if (unreadable.length > 0) {
    // Without them nobody knows what a person deleted or ignored: adding by itself would bring it back. On disk before anything
    // else is, since the next start would read the mode of before beside lists that are whole again.
    if (book.mode === "add") book.mode = "ask";
    await store.putSetting(KEYS.mode, JSON.stringify(book.mode));
    await store.putSetting(KEYS.paused, "yes");
    paused = true;
    await book.saveIgnored();
    await book.saveWritten();
  }
  return book;
}

const PAUSED: Notice = {
  id: "discovery-paused",
  level: "warning",
  text: "The stored list of found devices (added, deleted or ignored) could not be read and was set aside. No device is added automatically until an admin selects that again on the page Found; check the waiting devices there first.",
};

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
