import { createHash } from "node:crypto";
import type { DiscoveryMode } from "../../../lib/api";
import { type FoundDevice, type FoundPart, isGone } from "../../../lib/discovery/found";
import { signatureOf } from "../../../lib/discovery/signature";
import type { Registration } from "../../../lib/registration";
import type { Steps } from "../../../lib/steps";
import type { Sourced } from "../../ports";

/** What is registered, by id. */
export type Registered = ReadonlyMap<string, Sourced<Registration>>;

/** What is registered already, when changes are computed. */
export interface Present {
  readonly registered: Registered;
  readonly defaultBroker: string | undefined;
  /** See DiscoverySettings. */
  readonly written: ReadonlyMap<string, string>;
}

export interface Change {
  readonly id: string;
  /** As it is registered now; undefined: it is not. */
  readonly there: Registration | undefined;
  readonly proposal: Registration;
}

/** The registration of each found part: its own, or another one that reads the same, whoever wrote it. */
export function* registrationIdsOf(
  found: readonly FoundDevice[],
  { registered, defaultBroker, written }: Present,
): Steps<Map<FoundPart, string>> {
  const own = new Set<string>();
  // A part that was withdrawn in one announcement and is in another keeps its registration.
  for (const device of found)
    for (const entity of device.entities) {
      if (!isGone(device) && entity.withdrawn === undefined)
        for (const { registration } of entity.parts) own.add(registration.id);
      yield;
    }
  const others = new Map<string, string>();
  for (const [id, { item }] of registered) {
    if (own.has(id) || item.values) continue;
    others.set(`${item.broker ?? defaultBroker} ${signatureOf(item)}`, id);
    yield;
  }
  const ids = new Map<FoundPart, string>();
  for (const { entities } of found)
    for (const { parts } of entities) {
      for (const part of parts) {
        const { id, broker } = part.registration;
        const said = `${broker} ${signatureOf(part.registration)}`;
        const other = registered.has(id) ? undefined : others.get(said);
        // A registration that discovery wrote follows one announcement only.
        if (other !== undefined && written.has(other)) others.delete(said);
        ids.set(part, other ?? id);
      }
      yield;
    }
  return ids;
}

/** Updates of registrations that no person edited; in the mode `add`, also what is not registered yet. */
export function* changesOf(
  found: readonly FoundDevice[],
  present: Present,
  { mode, ignored }: { mode: DiscoveryMode; ignored: ReadonlySet<string> },
): Steps<Change[]> {
  const { registered, written } = present;
  const ids = yield* registrationIdsOf(found, present);
  const changes = new Map<string, Change>();
  for (const device of found)
    for (const { withdrawn, parts } of device.entities) {
      const gone = isGone(device) || withdrawn !== undefined;
      for (const part of parts) {
        const id = (ids.get(part) ?? part.registration.id) as Registration["id"];
        const there = registered.get(id);
        const wrote = written.get(id);
        const proposal = id === part.registration.id ? part.registration : { ...part.registration, id };
        if (!there) {
          if (mode === "add" && !gone && !ignored.has(device.id) && wrote === undefined)
            changes.set(id, { id, there: undefined, proposal });
        } else if (
          !gone &&
          there.origin === "store" &&
          wrote === fingerprint(there.item) &&
          wrote !== fingerprint(proposal)
        )
          changes.set(id, { id, there: there.item, proposal });
      }
      yield;
    }
  return [...changes.values()];
}

/** What is not registered yet of these devices: all entities that are not hidden, or only the named ones. */
export function* lackingOf(
  devices: readonly FoundDevice[],
  entities: readonly string[] | undefined,
  found: readonly FoundDevice[],
  present: Present,
): Steps<Registration[]> {
  const ids = yield* registrationIdsOf(found, present);
  const lacking: Registration[] = [];
  for (const device of devices)
    for (const entity of device.entities) {
      const asked = entities ? entities.includes(entity.id) : !entity.hidden;
      if (!asked || isGone(device) || entity.withdrawn !== undefined) continue;
      for (const part of entity.parts)
        if (!present.registered.has(ids.get(part) ?? "")) lacking.push(part.registration);
      yield;
    }
  return lacking;
}

const made = new WeakMap<Registration, string>();

/** A hash of the content, independent of the order of members. */
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
