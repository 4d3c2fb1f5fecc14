import { signatureOf } from "../../../lib/discovery/signature";
import type { Registration } from "../../../lib/registration";
import type { Steps } from "../../../lib/steps";
import type { Catalog, Sourced } from "../../ports";
import { type CompiledDevice, type CompiledPart, isGone } from "./finder";
import type { KeptBook } from "./keptBook";

/** What is registered, by id. */
export type Registered = ReadonlyMap<string, Sourced<Registration>>;
export const registeredIn = (catalog: Pick<Catalog, "registrations">): Registered =>
  new Map(catalog.registrations().map((one) => [one.item.id as string, one]));

/** Which registration a found part is: its own, or one that already says the same in other words, whoever wrote it. */
export function* homesOf(
  present: Registered,
  found: readonly CompiledDevice[],
  { catalog, book }: { catalog: Pick<Catalog, "defaultBroker">; book: Pick<KeptBook, "written"> },
): Steps<Map<CompiledPart, string>> {
  const own = new Set<string>();
  // What was taken back in one announcement and stands in another keeps its registration.
  for (const { device, entities } of found)
    for (const { entity, parts } of entities) {
      if (!isGone(device) && entity.withdrawn === undefined)
        for (const { registration } of parts) own.add(registration.id);
      yield;
    }
  const others = new Map<string, string>();
  for (const [id, { item }] of present) {
    if (own.has(id) || item.values) continue;
    others.set(`${item.broker ?? catalog.defaultBroker()} ${signatureOf(item)}`, id);
    yield;
  }
  const made = new Map<CompiledPart, string>();
  for (const { entities } of found)
    for (const { parts } of entities) {
      for (const part of parts) {
        const { id, broker } = part.registration;
        const said = `${broker} ${signatureOf(part.registration)}`;
        const other = present.has(id) ? undefined : others.get(said);
        // What discovery wrote follows one announcement, not two.
        if (other !== undefined && book.written.has(other)) others.delete(said);
        made.set(part, other ?? id);
      }
      yield;
    }
  return made;
}
