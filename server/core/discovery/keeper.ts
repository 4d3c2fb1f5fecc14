import { z } from "zod";
import { DiscoveryMode } from "../../../lib/api";
import type { FoundDevice } from "../../../lib/discovery/found";
import type { BrokerId } from "../../../lib/ids";
import type { Registration } from "../../../lib/registration";
import { createSerial } from "../../../lib/serial";
import type { Steps } from "../../../lib/steps";
import { say } from "../../../lib/texts/said";
import type { Catalog, ConfigStore, Log, Notice } from "../../ports";
import type { StepQueue } from "../../stepQueue";
import { changesOf, fingerprint, lackingOf, type Present } from "./reconcile";

/** What outlives a restart: the mode, the ignored devices, and what discovery registered. Other nodes change it too. */
export interface DiscoverySettings {
  mode: DiscoveryMode;
  readonly ignored: ReadonlySet<string>;
  /** Registration id → fingerprint of what discovery wrote. A registration with another fingerprint was edited by a person. */
  readonly written: ReadonlyMap<string, string>;
  saveMode(): Promise<void>;
  setIgnored(id: string, ignored: boolean): Promise<void>;
  /** Until it is written again, or for good where it is not. */
  forgetWritten(ids: Iterable<string>): void;
  /** These are written; what was forgotten and is not among them is stored as forgotten. */
  noteWritten(written: ReadonlyMap<string, string>): Promise<void>;
  /** Reads them again: another node has changed them. */
  refresh(): Promise<void>;
  /** Tells admins when a stored setting could not be read. */
  notices(): Notice[];
}

const Ignored = z.array(z.string());
const Written = z.record(z.string(), z.string());
const KEYS = {
  mode: "discovery.mode",
  /** Settings of entries; up to 0.2.0 each was one text. */
  ignored: "discovery.ignored",
  written: "discovery.written",
  paused: "discovery.paused",
} as const;

export async function openDiscoverySettings(store: ConfigStore, log: Log): Promise<DiscoverySettings> {
  const unreadable: string[] = [];
  async function load<S extends z.ZodType>(key: string, schema: S, otherwise: z.output<S>): Promise<z.output<S>> {
    const text = await store.setting(key);
    if (text === undefined) return otherwise;
    try {
      return schema.parse(JSON.parse(text));
    } catch (error) {
      log.error({ key, err: error }, "a stored discovery setting could not be read and was set aside");
      await store.putSetting(`${key}.unreadable`, text);
      unreadable.push(key);
      return otherwise;
    }
  }
  const mode = await load(KEYS.mode, DiscoveryMode, "ask");
  const asOneText = {
    ignored: await load(KEYS.ignored, Ignored, []),
    written: await load(KEYS.written, Written, {}),
  };
  const ignored = new Set<string>();
  const written = new Map<string, string>();
  const forgotten = new Set<string>();
  async function readEntries(): Promise<void> {
    const [nowIgnored, nowWritten] = [await store.entries(KEYS.ignored), await store.entries(KEYS.written)];
    ignored.clear();
    for (const id of nowIgnored.keys()) ignored.add(id);
    written.clear();
    for (const [id, print] of nowWritten) if (!forgotten.has(id)) written.set(id, print);
  }
  const isPaused = async () => (await store.setting(KEYS.paused)) === "yes";
  const settings: DiscoverySettings = {
    mode,
    ignored,
    written,
    async saveMode() {
      await store.putSetting(KEYS.mode, JSON.stringify(settings.mode));
      // The page where the mode is selected shows the notice, so whoever selects one has seen it.
      await store.putSetting(KEYS.paused, "");
      paused = false;
    },
    async setIgnored(id, isIgnored) {
      if (isIgnored) ignored.add(id);
      else ignored.delete(id);
      await store.changeEntries(KEYS.ignored, isIgnored ? { put: [[id, ""]] } : { remove: [id] });
    },
    forgetWritten(ids) {
      for (const id of ids) if (written.delete(id)) forgotten.add(id);
    },
    async noteWritten(now) {
      for (const [id, print] of now) written.set(id, print);
      await store.changeEntries(KEYS.written, { remove: forgotten, put: now });
      forgotten.clear();
    },
    async refresh() {
      settings.mode = await load(KEYS.mode, DiscoveryMode, "ask");
      await readEntries();
      paused = await isPaused();
    },
    notices: () => (paused ? [PAUSED] : []),
  };
  let paused = await isPaused();
  if (unreadable.length > 0) {
    // Without these lists, adding automatically would bring back what a person deleted or ignored. The mode is saved before the lists:
    // otherwise a crash in between would leave the mode `add` beside lists that are empty.
    if (settings.mode === "add") settings.mode = "ask";
    await store.putSetting(KEYS.mode, JSON.stringify(settings.mode));
    await store.putSetting(KEYS.paused, "yes");
    paused = true;
  }
  const puts = {
    ignored: asOneText.ignored.map((id) => [id, ""] as const),
    written: Object.entries(asOneText.written),
  };
  await store.changeEntries(KEYS.ignored, { put: puts.ignored, instead: KEYS.ignored });
  await store.changeEntries(KEYS.written, { put: puts.written, instead: KEYS.written });
  await readEntries();
  return settings;
}

const PAUSED: Notice = {
  id: "discovery-paused",
  level: "warning",
  text: say("notice.discoveryPaused"),
};

/** The most registrations that discovery writes, automatically or by "add all". */
const MAX_WRITTEN = 5000;

export interface Keeper {
  /** Updates registrations whose announcement changed; in the mode `add`, also registers new devices. */
  reconcile(): Promise<void>;
  /** Registers what is not registered yet, also what a person deleted before, since a person asks for it now. */
  keep(devices: readonly FoundDevice[], entities?: readonly string[]): Promise<number>;
  /** What is registered now. */
  present(): Present;
  /** How many registrations the limit refused. */
  capped(): number;
}

/** Registers found devices. Its writes to the catalog run one after the other, so that each sees the result of the one before. */
export function createKeeper(parts: {
  catalog: Catalog;
  settings: DiscoverySettings;
  steps: StepQueue;
  /** Whether this node may add or change something on the broker that no person asked for. */
  acts(broker: BrokerId): boolean;
  all(): Steps<readonly FoundDevice[]>;
  maxWritten: number | undefined;
}): Keeper {
  const { catalog, settings, steps, acts, all, maxWritten = MAX_WRITTEN } = parts;
  const serial = createSerial();
  let capped = 0;

  const present = (): Present => ({
    registered: new Map(catalog.registrations().map((one) => [one.item.id as string, one])),
    defaultBroker: catalog.defaultBroker(),
    written: settings.written,
  });

  async function write(list: Registration[]): Promise<number> {
    const room = Math.max(0, maxWritten - settings.written.size);
    const fresh = list.filter(({ id }) => !settings.written.has(id));
    const over = new Set(fresh.slice(room));
    capped += over.size;
    const puts = list.filter((one) => !over.has(one));
    if (puts.length === 0) return 0;
    const stood = await catalog.putRegistrations(puts);
    await settings.noteWritten(new Map(puts.flatMap((one) => (stood.has(one.id) ? [[one.id, fingerprint(one)]] : []))));
    return stood.size;
  }

  function* changes() {
    const before = present();
    return yield* changesOf(yield* all(), before, settings);
  }

  async function reconcile(): Promise<void> {
    const list = (await steps.run(changes())).filter(
      ({ proposal: { broker } }) => broker === undefined || acts(broker),
    );
    if (list.length === 0) return;
    // A person may have deleted or edited a registration while the list was made.
    const { registered } = present();
    const still = list.filter(({ id, there }) => registered.get(id)?.item === there);
    if (still.length) await write(still.map(({ proposal }) => proposal));
  }

  function* lacking(devices: readonly FoundDevice[], entities: readonly string[] | undefined) {
    const before = present();
    return yield* lackingOf(devices, entities, yield* all(), before);
  }

  return {
    reconcile: () => serial(reconcile),
    keep: (devices, entities) =>
      serial(async () => {
        const puts = await steps.run(lacking(devices, entities));
        settings.forgetWritten(puts.map(({ id }) => id));
        return write(puts);
      }),
    present,
    capped: () => capped,
  };
}
