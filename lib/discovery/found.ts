import type { CompiledRegistration } from "../compiled";
import { type CompositeKind, isCompositeKind, roleOf } from "../composite/roles";
import { dropUndefined } from "../dropUndefined";
import type { BrokerId } from "../ids";
import type { Registration } from "../registration";
import type { Steps } from "../steps";
import type { SaidText } from "../texts/said";
import { hasWildcard } from "../topics/parse";
import { createTrie } from "../topics/trie";
import type { AnnouncedDevice, AnnouncedEntity, EntityKind } from "./announced";
import { deviceName } from "./deviceName";
import type { Offers, PartDraft } from "./offers";
import { escapeName } from "./proposals";
import { registrationId, scopedId } from "./registrationId";
import type { ConventionId } from "./registry";
import { signatureOf } from "./signature";
import { twinsOf } from "./twins";

/** A point that a device offers, ready to be registered. */
export interface FoundPart {
  readonly role: string;
  /** As it would be registered, with its id, device and area. */
  readonly registration: Registration;
  readonly compiled: CompiledRegistration;
  /** The announcement asks for retained commands. */
  readonly announcedRetain: boolean;
}

export interface FoundEntity {
  readonly id: string;
  readonly convention: ConventionId;
  readonly name: string;
  readonly kind: EntityKind;
  readonly category?: "config" | "diagnostic";
  readonly hidden?: boolean;
  readonly parts: readonly FoundPart[];
  readonly source?: string;
  readonly withdrawn?: SaidText;
}

/** A device on one broker as the page Found shows it and "add" registers it, with each of its points once. */
export interface FoundDevice {
  readonly id: string;
  readonly broker: BrokerId;
  /** Every convention that announced it, in the order of their rank. */
  readonly conventions: readonly ConventionId[];
  readonly name: string;
  readonly maker?: string;
  readonly model?: string;
  readonly area?: string;
  readonly firmware?: string;
  readonly url?: string;
  readonly entities: readonly FoundEntity[];
  readonly withdrawn?: SaidText;
  /** With `withdrawn`: it is only disconnected, and its announcement is still valid. */
  readonly away?: boolean;
}

/** Whether its announcement was withdrawn. A device that is only away is shown as offline until it is back. */
export const isGone = ({ withdrawn, away }: Pick<FoundDevice, "withdrawn" | "away">): boolean =>
  withdrawn !== undefined && !away;

/** An entity whose parts are not compiled yet. */
type Draft = Omit<FoundEntity, "parts"> & { readonly parts: readonly PartDraft[] };

interface MergedEntity {
  entity: AnnouncedEntity;
  from: AnnouncedDevice;
  /** Parts of the same entity that only a later convention announced. */
  more: { entity: AnnouncedEntity; from: AnnouncedDevice }[];
}

interface MergedDevice {
  /** The announcement whose name and facts are shown; the id is that of `first`. */
  device: AnnouncedDevice;
  first: AnnouncedDevice;
  conventions: Set<ConventionId>;
  entities: MergedEntity[];
  withdrawn: SaidText | undefined;
  away: boolean | undefined;
}

/**
 * Merges what all conventions found into one list, in steps. Many devices announce themselves twice, in their own convention and in Home
 * Assistant's. `ranked` has the best convention first; a later device that shares topics with an earlier one only adds what is missing
 * there. Devices without any point are omitted.
 */
export function* mergeAnnounced(ranked: Iterable<Iterable<AnnouncedDevice>>, offers: Offers): Steps<FoundDevice[]> {
  const made: MergedDevice[] = [];
  const claimed = new Set<string>();
  const byTopic = createTopicOwners();
  const spares: { entry: MergedDevice; entity: AnnouncedEntity; from: AnnouncedDevice }[] = [];
  for (const ranks of ranked) {
    const devices = [...ranks];
    const groupOf = twinsOf(devices);
    const groups = new Map<string, MergedDevice>();
    const fresh: { entry: MergedDevice; entities: readonly AnnouncedEntity[] }[] = [];
    for (const device of devices) {
      const rest: AnnouncedEntity[] = [];
      const spare: AnnouncedEntity[] = [];
      for (const entity of device.entities) {
        if (entity.spare) {
          spare.push(entity);
          continue;
        }
        const parts = entity.parts.filter(
          ({ registration }) => !byTopic.spellings(registration).some((one) => claimed.has(signatureOf(one))),
        );
        if (parts.length) rest.push(parts.length === entity.parts.length ? entity : { ...entity, parts });
        yield;
      }
      const owner = ownerOf(device, byTopic);
      const keep = (entry: MergedDevice): void => {
        for (const entity of spare) spares.push({ entry, entity, from: device });
      };
      if (owner) {
        owner.conventions.add(device.convention);
        if (owner.device.unnamed && !device.unnamed) owner.device = announced(owner.device, device);
        owner.device = completed(owner.device, device);
        const lacking = rest.filter((entity) => !addedTo(owner, entity, device));
        owner.entities.push(...lacking.map((entity) => ({ entity, from: device, more: [] })));
        if (owner.withdrawn === undefined) Object.assign(owner, { withdrawn: device.withdrawn, away: device.away });
        fresh.push({ entry: owner, entities: rest });
        keep(owner);
        continue;
      }
      const group = groupOf(device);
      const twin = group === undefined ? undefined : groups.get(group);
      if (twin) {
        twin.entities.push(...rest.map((entity) => ({ entity, from: device, more: [] })));
        join(twin, device);
        fresh.push({ entry: twin, entities: rest });
        keep(twin);
      } else if (rest.length) {
        const entry: MergedDevice = {
          device,
          first: device,
          conventions: new Set([device.convention]),
          entities: rest.map((entity) => ({ entity, from: device, more: [] })),
          withdrawn: device.withdrawn,
          away: device.away,
        };
        made.push(entry);
        fresh.push({ entry, entities: rest });
        keep(entry);
        if (group !== undefined) groups.set(group, entry);
      }
    }
    // Only afterwards, since devices of the same convention are never merged with each other.
    for (const { entry, entities } of fresh)
      for (const { parts } of entities) {
        for (const { registration } of parts) {
          claimed.add(signatureOf(registration));
          const { filter, command } = registration;
          if (filter !== undefined) byTopic.add(filter, entry, registration.merge === true);
          if (command !== undefined) byTopic.add(command.topic, entry, false);
        }
        yield;
      }
  }
  for (const { entry, entity, from } of spares) {
    const isKnown = entity.parts.some(({ registration }) =>
      byTopic.spellings(registration).some((one) => claimed.has(signatureOf(one))),
    );
    if (!isKnown) entry.entities.push({ entity, from, more: [] });
    yield;
  }
  const found: FoundDevice[] = [];
  for (const entry of made) {
    const device = yield* toFound(entry, offers);
    if (device.entities.length > 0) found.push(device);
  }
  return found;
}

/** Another announcement of the same device. The id is that of one of them, whichever came first. */
function join(entry: MergedDevice, device: AnnouncedDevice): void {
  const facts = entry.device.unnamed && !device.unnamed ? announced(entry.device, device) : entry.device;
  entry.device = {
    ...dropUndefined({ maker: device.maker, model: device.model, area: device.area }),
    ...completed(facts, device),
  };
  if (device.key < entry.first.key) entry.first = device;
  if (entry.withdrawn !== undefined && device.withdrawn === undefined)
    Object.assign(entry, { withdrawn: undefined, away: undefined });
}

/**
 * Adds the entity's parts to the owner's entity of the same kind, instead of listing, for example, a second light. Returns true if
 * nothing is left to list. A second way to send the same command, without any state, is dropped.
 */
function addedTo(owner: MergedDevice, entity: AnnouncedEntity, from: AnnouncedDevice): boolean {
  if (entity.parts.every(({ registration }) => registration.filter === undefined)) return true;
  if (!COMPOSITE.has(entity.kind)) return false;
  const same = owner.entities.filter((one) => one.entity.kind === entity.kind);
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

/** The device with the name, maker, model and area of another announcement, as far as that one has them. */
const announced = (makeshift: AnnouncedDevice, { name, maker, model, area }: AnnouncedDevice): AnnouncedDevice => ({
  ...makeshift,
  ...dropUndefined({ name, maker, model, area }),
  unnamed: false,
});

/** With the version and the own page that only another announcement says. */
function completed(device: AnnouncedDevice, { firmware, url }: AnnouncedDevice): AnnouncedDevice {
  const isWhole =
    (device.firmware !== undefined || firmware === undefined) && (device.url !== undefined || url === undefined);
  return isWhole ? device : { ...dropUndefined({ firmware, url }), ...device };
}

/** Which device a topic belongs to: the first that used it, also by a filter that matches one sensor's topics at several gateways. */
interface TopicOwners {
  get(topic: string): MergedDevice | undefined;
  add(topic: string, owner: MergedDevice, merged: boolean): void;
  /** The registration, and the same with each merged filter that matches its topic. */
  spellings(registration: Registered): Registered[];
}
type Registered = AnnouncedEntity["parts"][number]["registration"];

function createTopicOwners(): TopicOwners {
  const exact = new Map<string, MergedDevice>();
  const gathered = createTrie<string>();
  const known = new Set<string>();
  return {
    get(topic) {
      const owner = exact.get(topic);
      if (owner || known.size === 0) return owner;
      const owners = new Set(gathered.match(topic).map((filter) => exact.get(filter)));
      // A topic that several sensors share belongs to none of them.
      return owners.size === 1 ? [...owners][0] : undefined;
    },
    add(topic, owner, merged) {
      if (!exact.has(topic)) exact.set(topic, owner);
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
function ownerOf(device: AnnouncedDevice, byTopic: TopicOwners): MergedDevice | undefined {
  const hits = new Map<MergedDevice, number>();
  for (const { parts } of device.entities)
    for (const { registration } of parts)
      for (const topic of topicsOf(registration)) {
        const owner = byTopic.get(topic);
        if (owner) hits.set(owner, (hits.get(owner) ?? 0) + 1);
      }
  let best: MergedDevice | undefined;
  for (const [owner, count] of hits) if (!best || count > (hits.get(best) ?? 0)) best = owner;
  return best;
}

/** A cache for devices that only one convention announces: the result is the same as long as the announcement is. */
const whole = new WeakMap<AnnouncedDevice, FoundDevice>();

function* toFound(entry: MergedDevice, offers: Offers): Steps<FoundDevice> {
  const { first, conventions, entities } = entry;
  const alone = conventions.size === 1 && entities.length === first.entities.length;
  const known = alone ? whole.get(first) : undefined;
  if (known) return known;
  const found = yield* makeFound(entry, offers);
  if (alone) whole.set(first, found);
  return found;
}

function* makeFound(
  { device, first, conventions, entities, withdrawn, away }: MergedDevice,
  offers: Offers,
): Steps<FoundDevice> {
  const { maker, model, area, firmware, url } = device;
  const name = deviceName(device);
  const alone = entities.filter(({ entity }) => isCompositeKind(entity.kind)).length === 1;
  const found: FoundEntity[] = [];
  for (const { entity, from, more } of entities) {
    const draft = draftOf(entity, from, { name, area, alone });
    const rest = more.flatMap((one) => draftOf(one.entity, one.from, { name, area, alone }).parts);
    const parts = [...draft.parts, ...rest.map((part) => joined(part, draft))].flatMap((part) => offers.of(part) ?? []);
    if (parts.length > 0) found.push({ ...draft, parts });
    yield;
  }
  return dropUndefined({
    id: scopedId(offers.broker, registrationId(first.convention, first.key)),
    broker: offers.broker,
    conventions: [...conventions],
    name,
    maker,
    model,
    area,
    firmware,
    url,
    withdrawn,
    away,
    entities: found,
  });
}

/** A part from another convention, changed to belong to the same whole. */
function joined(part: PartDraft, whole: Draft): PartDraft {
  const { registration } = part;
  if (!registration.part) return part;
  const { of = registration.part.of, name } = whole.parts[0]?.registration.part ?? {};
  return { ...part, registration: { ...registration, part: dropUndefined({ ...registration.part, of, name }) } };
}

/** A cache: the same draft object as long as nothing changed, so that later caches can use it as their key. */
const drafts = new WeakMap<AnnouncedEntity, DeviceWords & { draft: Draft }>();

/** What a draft takes from its device. `alone`: the device has only one composite entity. */
interface DeviceWords {
  name: string;
  area: string | undefined;
  alone: boolean;
}

function draftOf(entity: AnnouncedEntity, from: AnnouncedDevice, device: DeviceWords): Draft {
  const { name, area, alone } = device;
  const known = drafts.get(entity);
  if (known && known.name === name && known.area === area && known.alone === alone) return known.draft;
  const { key, kind, spare: _, ...rest } = entity;
  const id = registrationId(from.convention, from.key, key);
  const whole = isCompositeKind(kind)
    ? { of: id, kind, name: wholeName(entity.name, kind, alone ? name : entity.name) }
    : undefined;
  const draft: Draft = {
    ...rest,
    kind,
    id,
    convention: from.convention,
    parts: entity.parts.map(({ role, registration }) => ({
      role,
      registration: dropUndefined({
        id: registrationId(from.convention, from.key, key, ...(role === "value" ? [] : [role])),
        ...registration,
        device: escapeName(name),
        area: area === undefined ? undefined : escapeName(area),
        part: whole && {
          of: whole.of,
          kind: whole.kind,
          role: roleOf(whole.kind, role).slice(0, 64) || "part",
          name: whole.name,
        },
      }),
    })),
  };
  drafts.set(entity, { ...device, draft });
  return draft;
}

/** An entity called only "Light" gets the name of its device. */
const wholeName = (entity: string, kind: CompositeKind, device: string): string =>
  escapeName(entity.toLowerCase() === kind ? device : entity).slice(0, 200) || kind;
