import { type CompositeKind, isCompositeKind, roleOf } from "../composite/roles";
import type { RegistrationInput } from "../registration";
import type { Steps } from "../steps";
import { hasWildcard } from "../topics/parse";
import { createTrie } from "../topics/trie";
import { deviceName } from "./deviceName";
import type { EntityKind, AnnouncedDevice, AnnouncedEntity } from "./announced";
import { registrationId } from "./registrationId";
import type { ConventionId } from "./registry";
import { signatureOf } from "./signature";

/** What the "Found" page shows and what "add" keeps: devices as people know them, each of their points once. */
export interface FoundPart {
  role: string;
  /** The registration as it would be kept, with its id, device and area. */
  registration: RegistrationInput;
}
export interface FoundEntity {
  id: string;
  convention: ConventionId;
  name: string;
  kind: EntityKind;
  category?: "config" | "diagnostic";
  hidden?: boolean;
  parts: readonly FoundPart[];
  source?: string;
  withdrawn?: string;
}
export interface FoundDevice {
  id: string;
  /** Every convention that spoke of it, the first in rank first. */
  conventions: readonly ConventionId[];
  name: string;
  maker?: string;
  model?: string;
  area?: string;
  entities: readonly FoundEntity[];
  withdrawn?: string;
  /** It is only not there: its announcement stands. */
  away?: boolean;
}

interface Told {
  entity: AnnouncedEntity;
  from: AnnouncedDevice;
  /** Parts of the same thing that only a later convention told of. */
  more: { entity: AnnouncedEntity; from: AnnouncedDevice }[];
}

interface Making {
  /** Whose name and facts are shown; the id stays that of `first`. */
  device: AnnouncedDevice;
  readonly first: AnnouncedDevice;
  conventions: Set<ConventionId>;
  entities: Told[];
  withdrawn: string | undefined;
  away: boolean | undefined;
}

/**
 * One list of what all conventions found, made in steps. Many devices announce themselves twice, in their own words and in Home Assistant's: `ranked`
 * comes best first, and a later device that shares topics with an earlier one only adds what that one lacks.
 */
export function* mergeAnnounced(ranked: Iterable<Iterable<AnnouncedDevice>>): Steps<FoundDevice[]> {
  const made: Making[] = [];
  const claimed = new Set<string>();
  const byTopic = createHomes();
  for (const devices of ranked) {
    const fresh: { making: Making; entities: readonly AnnouncedEntity[] }[] = [];
    for (const device of devices) {
      const rest: AnnouncedEntity[] = [];
      for (const entity of device.entities) {
        const parts = entity.parts.filter(
          ({ registration }) => !byTopic.spellings(registration).some((one) => claimed.has(signatureOf(one))),
        );
        if (parts.length) rest.push(parts.length === entity.parts.length ? entity : { ...entity, parts });
        yield;
      }
      const home = homeOf(device, byTopic);
      if (home) {
        home.conventions.add(device.convention);
        if (home.device.unnamed && !device.unnamed) home.device = announced(home.device, device);
        const lacking = rest.filter((entity) => !addedTo(home, entity, device));
        home.entities.push(...lacking.map((entity) => ({ entity, from: device, more: [] })));
        if (home.withdrawn === undefined) Object.assign(home, { withdrawn: device.withdrawn, away: device.away });
        fresh.push({ making: home, entities: rest });
      } else if (rest.length) {
        const making: Making = {
          device,
          first: device,
          conventions: new Set([device.convention]),
          entities: rest.map((entity) => ({ entity, from: device, more: [] })),
          withdrawn: device.withdrawn,
          away: device.away,
        };
        made.push(making);
        fresh.push({ making, entities: rest });
      }
    }
    // Only afterwards: the devices of one convention are told apart by the convention itself.
    for (const { making, entities } of fresh)
      for (const { parts } of entities) {
        for (const { registration } of parts) {
          claimed.add(signatureOf(registration));
          const { filter, command } = registration;
          if (filter !== undefined) byTopic.add(filter, making, registration.merge === true);
          if (command !== undefined) byTopic.add(command.topic, making, false);
        }
        yield;
      }
  }
  const views: FoundDevice[] = [];
  for (const making of made) views.push(yield* toFound(making));
  return views;
}

/**
 * What is left of a light when its brightness is known already is not another light: sides that it lacked are added to it. And a second
 * way to send the same, without any state, is nothing new.
 */
function addedTo(home: Making, entity: AnnouncedEntity, from: AnnouncedDevice): boolean {
  if (entity.parts.every(({ registration }) => registration.filter === undefined)) return true;
  if (!COMPOSITE.has(entity.kind)) return false;
  const same = home.entities.filter((one) => one.entity.kind === entity.kind);
  const [only] = same;
  if (!only) return false;
  if (same.length > 1) return true;
  const roles = new Set(
    [only.entity, ...only.more.map((one) => one.entity)].flatMap((one) => one.parts.map((part) => part.role)),
  );
  const parts = entity.parts.filter((part) => !roles.has(part.role) && part.registration.filter !== undefined);
  if (parts.length)
    only.more.push({ entity: parts.length === entity.parts.length ? entity : { ...entity, parts }, from });
  return true;
}

const COMPOSITE = new Set<EntityKind>(["light", "cover", "climate", "fan", "lock"]);

const topicsOf = (r: AnnouncedEntity["parts"][number]["registration"]): string[] =>
  [r.filter, r.command?.topic].filter((topic) => topic !== undefined);

/** What is announced of a device that had only a makeshift name: name, maker and model; what it does not say stays. */
const announced = (makeshift: AnnouncedDevice, { name, maker, model, area }: AnnouncedDevice): AnnouncedDevice => ({
  ...makeshift,
  ...dropAbsent({ name, maker, model, area }),
  unnamed: false,
});

/** Which device a topic belongs to: the first that named it, also by a filter that gathers one sensor's topics of several gateways. */
interface Homes {
  get(topic: string): Making | undefined;
  add(topic: string, home: Making, merged: boolean): void;
  /** The registration, and the same over each filter that gathers its topic. */
  spellings(registration: Registered): Registered[];
}
type Registered = AnnouncedEntity["parts"][number]["registration"];

function createHomes(): Homes {
  const exact = new Map<string, Making>();
  const gathered = createTrie<string>();
  const known = new Set<string>();
  return {
    get(topic) {
      const home = exact.get(topic);
      if (home || known.size === 0) return home;
      const homes = new Set(gathered.match(topic).map((filter) => exact.get(filter)));
      // Several sensors on one topic: it belongs to none of them.
      return homes.size === 1 ? [...homes][0] : undefined;
    },
    add(topic, home, merged) {
      if (!exact.has(topic)) exact.set(topic, home);
      if (!merged || known.has(topic) || !hasWildcard(topic)) return;
      known.add(topic);
      gathered.add(topic, topic);
    },
    spellings(registration) {
      const { filter } = registration;
      if (known.size === 0 || filter === undefined || hasWildcard(filter)) return [registration];
      return [registration, ...gathered.match(filter).map((wider) => ({ ...registration, filter: wider }))];
    },
  };
}

/** The earlier device that most of this one's topics belong to. */
function homeOf(device: AnnouncedDevice, byTopic: Homes): Making | undefined {
  const hits = new Map<Making, number>();
  for (const { parts } of device.entities)
    for (const { registration } of parts)
      for (const topic of topicsOf(registration)) {
        const home = byTopic.get(topic);
        if (home) hits.set(home, (hits.get(home) ?? 0) + 1);
      }
  let best: Making | undefined;
  for (const [home, count] of hits) if (!best || count > (hits.get(best) ?? 0)) best = home;
  return best;
}

/** A device that one convention alone tells of looks the same for as long as that one says the same. */
const whole = new WeakMap<AnnouncedDevice, FoundDevice>();

function* toFound(making: Making): Steps<FoundDevice> {
  const { first, conventions, entities } = making;
  const alone = conventions.size === 1 && entities.length === first.entities.length;
  const known = alone ? whole.get(first) : undefined;
  if (known) return known;
  const view = yield* makeFound(making);
  if (alone) whole.set(first, view);
  return view;
}

function* makeFound({ device, first, conventions, entities, withdrawn, away }: Making): Steps<FoundDevice> {
  const { maker, model, area } = device;
  const name = deviceName(device);
  const alone = entities.filter(({ entity }) => isCompositeKind(entity.kind)).length === 1;
  const views: FoundEntity[] = [];
  for (const { entity, from, more } of entities) {
    const view = entityOf(entity, from, { name, area, alone });
    const rest = more.flatMap((one) => entityOf(one.entity, one.from, { name, area, alone }).parts);
    views.push(
      more.length === 0 ? view : { ...view, parts: [...view.parts, ...rest.map((part) => joined(part, view))] },
    );
    yield;
  }
  return dropAbsent({
    id: registrationId(first.convention, first.key),
    conventions: [...conventions],
    name,
    maker,
    model,
    area,
    withdrawn,
    away,
    entities: views,
  });
}

/** What another convention told of it is a part of the same whole. */
function joined(part: FoundPart, whole: FoundEntity): FoundPart {
  const { registration } = part;
  if (!registration.part) return part;
  const { of = registration.part.of, name } = whole.parts[0]?.registration.part ?? {};
  return { ...part, registration: { ...registration, part: dropAbsent({ ...registration.part, of, name }) } };
}

/** The same object for as long as nothing of it changed, so that what is kept of it need not be compared word by word. */
const seen = new WeakMap<AnnouncedEntity, Place & { view: FoundEntity }>();

/** The device as it is shown; `alone`: one thing of several points is all that it has of those. */
interface Place {
  name: string;
  area: string | undefined;
  alone: boolean;
}

function entityOf(entity: AnnouncedEntity, from: AnnouncedDevice, place: Place): FoundEntity {
  const { name, area, alone } = place;
  const known = seen.get(entity);
  if (known && known.name === name && known.area === area && known.alone === alone) return known.view;
  const { key, kind, ...rest } = entity;
  const id = registrationId(from.convention, from.key, key);
  const whole = isCompositeKind(kind)
    ? { of: id, kind, name: wholeName(entity.name, kind, alone ? name : entity.name) }
    : undefined;
  const view: FoundEntity = {
    ...rest,
    kind,
    id,
    convention: from.convention,
    parts: entity.parts.map(({ role, registration }) => ({
      role,
      registration: dropAbsent({
        id: registrationId(from.convention, from.key, key, ...(role === "value" ? [] : [role])),
        ...registration,
        device: label(name),
        area: area === undefined ? undefined : label(area),
        part: whole && {
          of: whole.of,
          kind: whole.kind,
          role: roleOf(whole.kind, role).slice(0, 64) || "part",
          name: whole.name,
        },
      }),
    })),
  };
  seen.set(entity, { ...place, view });
  return view;
}

/** "Light" says less than the name of the device that it is the light of. */
const wholeName = (entity: string, kind: CompositeKind, device: string): string =>
  label(entity.toLowerCase() === kind ? device : entity).slice(0, 200) || kind;

/** Names are templates in a registration; a device's own braces are not. */
const label = (text: string): string => text.replace(/\{(\d+)\}/g, "($1)");

const dropAbsent = <T extends object>(o: T): T =>
  Object.fromEntries(Object.entries(o).filter(([, value]) => value !== undefined)) as T;
