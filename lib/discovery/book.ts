import { compileRegistration } from "../compile";
import { findReservedTopic } from "../compile/command";
import { dropUndefined } from "../dropUndefined";
import { parseWithCleanNames } from "../name";
import { Registration } from "../registration";
import { isSameSaid, type SaidText } from "../texts/said";
import type { AnnouncedDevice, AnnouncedEntity, AnnouncedPart, DeviceFacts } from "./announced";
import type { ConventionId } from "./registry";

/** Limits on what announcements from outside can make Telltale remember, per convention. */
export interface BookLimits {
  devices: number;
  entities: number;
  entitiesPerDevice: number;
  partsPerEntity: number;
}
export const LIMITS: BookLimits = { devices: 5000, entities: 20_000, entitiesPerDevice: 1000, partsPerEntity: 24 };

export interface BookCounters {
  /** Announcements that could not be read. */
  refused: number;
  /** Announcements that a limit refused. */
  capped: number;
  /** Messages on which the convention's reader threw: a bug. */
  failed: number;
}

/** What one convention has found so far. The convention writes to it; all others only read. */
export interface Book {
  readonly counters: Readonly<BookCounters>;
  /** No entity can be added any more, so announcements of new ones need not be read. */
  readonly full: boolean;
  /** Counts the calls of `device` and `entity`: whether it changes tells if a message meant anything to the convention. */
  readonly puts: number;
  /** Counts an announcement that was not read because of `full`. */
  cap(): void;
  /** Adds the device, or updates the given facts and ends its withdrawal. Returns false if a limit refuses it. */
  device(key: string, facts: DeviceFacts): boolean;
  has(key: string): boolean;
  /** Adds or updates an entity of a known device. Parts with an invalid registration are omitted and counted. */
  entity(device: string, entity: Omit<AnnouncedEntity, "withdrawn">): boolean;
  /** Marks the entity as withdrawn (without one: the whole device); nothing is forgotten. */
  withdraw(device: string, entity: string | undefined, why: SaidText): void;
  /** Marks a device as withdrawn that reports being disconnected while its announcement is still valid. */
  away(device: string, why: SaidText): void;
  /** Ends the withdrawal of the whole device. */
  revive(device: string): void;
  refuse(): void;
  fail(): void;
  get(key: string): AnnouncedDevice | undefined;
  devices(): IterableIterator<AnnouncedDevice>;
}

interface Entry {
  facts: DeviceFacts;
  /** Announcements with invalid parts, as JSON by entity, so that the same announcement is not checked again for each message. */
  asked: Map<string, string>;
  entities: Map<string, AnnouncedEntity>;
  withdrawn: SaidText | undefined;
  away: boolean;
  made: AnnouncedDevice | undefined;
}

export function createBook(convention: ConventionId, onChange: () => void, limits: BookLimits = LIMITS): Book {
  const entries = new Map<string, Entry>();
  const counters: BookCounters = { refused: 0, capped: 0, failed: 0 };
  let entityCount = 0;
  let puts = 0;

  function made(key: string, entry: Entry): AnnouncedDevice {
    entry.made ??= {
      ...entry.facts,
      key,
      convention,
      entities: [...entry.entities.values()],
      ...(entry.withdrawn === undefined ? {} : { withdrawn: entry.withdrawn, ...(entry.away && { away: true }) }),
    };
    return entry.made;
  }
  /** The device is rebuilt on demand: a list of a thousand entities must not be copied for each new one. */
  function changed(entry: Entry): void {
    entry.made = undefined;
    onChange();
  }

  return {
    counters,
    get full() {
      return entityCount >= limits.entities;
    },
    get puts() {
      return puts;
    },
    cap() {
      counters.capped++;
    },
    device(key, facts) {
      puts++;
      const entry = entries.get(key);
      if (!entry) {
        if (entries.size >= limits.devices || key.length > 500) {
          counters.capped++;
          return false;
        }
        const fresh: Entry = {
          facts: dropUndefined(facts),
          asked: new Map(),
          entities: new Map(),
          withdrawn: undefined,
          away: false,
          made: undefined,
        };
        entries.set(key, fresh);
        changed(fresh);
        return true;
      }
      const next = { ...entry.facts, ...dropUndefined(facts) };
      if (entry.withdrawn === undefined && sameShallow(entry.facts, next)) return true;
      entry.facts = next;
      entry.withdrawn = undefined;
      changed(entry);
      return true;
    },
    has: (key) => entries.has(key),
    entity(device, entity) {
      puts++;
      const entry = entries.get(device);
      if (!entry) return false;
      const before = entry.entities.get(entity.key);
      if (
        !before &&
        (entityCount >= limits.entities || entry.entities.size >= limits.entitiesPerDevice || entity.key.length > 500)
      ) {
        counters.capped++;
        return false;
      }
      const text = JSON.stringify(entity);
      const asked = entry.asked.get(entity.key);
      if (before && before.withdrawn === undefined && (asked ?? JSON.stringify(before)) === text) return true;
      if (!before && asked === text) return false;
      const parts = entity.parts.slice(0, limits.partsPerEntity).filter(isLegal);
      counters.refused += entity.parts.length - parts.length;
      if (parts.length === entity.parts.length) entry.asked.delete(entity.key);
      else if (entry.asked.size < limits.entitiesPerDevice) entry.asked.set(entity.key, text);
      if (parts.length === 0) return false;
      if (!before) entityCount++;
      entry.withdrawn = undefined;
      entry.entities.set(entity.key, { ...entity, parts });
      changed(entry);
      return true;
    },
    withdraw(device, entity, why) {
      const entry = entries.get(device);
      if (!entry) return;
      if (entity === undefined) {
        if (isSameSaid(entry.withdrawn, why)) return;
        entry.withdrawn = why;
        entry.away = false;
      } else {
        const there = entry.entities.get(entity);
        if (!there || isSameSaid(there.withdrawn, why)) return;
        entry.entities.set(entity, { ...there, withdrawn: why });
        // A device without any entity left is withdrawn as a whole.
        if ([...entry.entities.values()].every((one) => one.withdrawn !== undefined)) {
          entry.withdrawn = why;
          entry.away = false;
        }
      }
      changed(entry);
    },
    away(device, why) {
      const entry = entries.get(device);
      if (!entry || isSameSaid(entry.withdrawn, why)) return;
      entry.withdrawn = why;
      entry.away = true;
      changed(entry);
    },
    revive(device) {
      const entry = entries.get(device);
      if (entry?.withdrawn === undefined) return;
      entry.withdrawn = undefined;
      changed(entry);
    },
    refuse() {
      counters.refused++;
    },
    fail() {
      counters.failed++;
    },
    get(key) {
      const entry = entries.get(key);
      return entry && made(key, entry);
    },
    *devices() {
      for (const [key, entry] of entries) yield made(key, entry);
    },
  };
}

/** Whether schema and compiler accept the registration. The id is a placeholder; the real one is assigned later. */
function isLegal({ registration }: AnnouncedPart): boolean {
  const parsed = parseWithCleanNames(Registration, { id: "found", ...registration });
  return parsed.success && compileRegistration(parsed.data).ok && !findReservedTopic(parsed.data);
}

const sameShallow = (a: object, b: object): boolean => {
  const x = Object.entries(a);
  return x.length === Object.keys(b).length && x.every(([key, value]) => (b as Record<string, unknown>)[key] === value);
};
