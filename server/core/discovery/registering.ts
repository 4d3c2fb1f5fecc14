import type { Registration } from "../../../lib/registration";
import { createSerial } from "../../../lib/serial";
import type { Steps } from "../../../lib/steps";
import type { Catalog } from "../../ports";
import type { StepQueue } from "../../stepQueue";
import { type CompiledDevice, isGone } from "./finder";
import { homesOf, registeredIn } from "./homes";
import { fingerprint, type KeptBook } from "./keptBook";

/** What discovery registers at most, by itself or by "add all". */
const MAX_WRITTEN = 5000;

export interface Registering {
  /** What was kept follows its announcement; in the mode `add` the rest is added. */
  reconcile(): Promise<void>;
  /** Those that are asked for and not there yet; what a person deleted comes back, since a person asks for it. */
  keep(found: readonly CompiledDevice[], entities?: readonly string[]): Promise<number>;
  /** How many the limit kept out. */
  capped(): number;
}

/** Registers what was found: writes to the catalog, one change after the other, so that each sees what the one before has written. */
export function createRegistering(parts: {
  catalog: Catalog;
  book: KeptBook;
  steps: StepQueue;
  all(): Steps<readonly CompiledDevice[]>;
  maxWritten: number | undefined;
}): Registering {
  const { catalog, book, steps, all, maxWritten = MAX_WRITTEN } = parts;
  const serial = createSerial();
  let capped = 0;

  async function write(list: Registration[]): Promise<number> {
    const room = Math.max(0, maxWritten - book.written.size);
    const fresh = list.filter(({ id }) => !book.written.has(id));
    const over = new Set(fresh.slice(room));
    capped += over.size;
    const puts = list.filter((one) => !over.has(one));
    if (puts.length === 0) return 0;
    const stood = await catalog.putRegistrations(puts);
    for (const one of puts) if (stood.has(one.id)) book.written.set(one.id, fingerprint(one));
    await book.saveWritten();
    return stood.size;
  }

  async function reconcile(): Promise<void> {
    const puts = await steps.run(changes());
    if (puts.length === 0) return;
    // A person may have deleted or edited one while the list was made.
    const present = registeredIn(catalog);
    const still = puts.filter(({ id, there }) => present.get(id)?.item === there);
    if (still.length) await write(still.map(({ proposal }) => proposal));
  }

  function* changes(): Steps<{ id: string; there: Registration | undefined; proposal: Registration }[]> {
    const present = registeredIn(catalog);
    const found = yield* all();
    const at = yield* homesOf(present, found, { catalog, book });
    const puts = new Map<string, { id: string; there: Registration | undefined; proposal: Registration }>();
    for (const { key, device, entities } of found)
      for (const { entity, parts } of entities) {
        const gone = isGone(device) || entity.withdrawn !== undefined;
        for (const part of parts) {
          const id = (at.get(part) ?? part.registration.id) as Registration["id"];
          const there = present.get(id);
          const wrote = book.written.get(id);
          const proposal = id === part.registration.id ? part.registration : { ...part.registration, id };
          if (!there) {
            if (book.mode === "add" && !gone && !book.ignored.has(key) && wrote === undefined)
              puts.set(id, { id, there, proposal });
          } else if (
            !gone &&
            there.origin === "store" &&
            wrote === fingerprint(there.item) &&
            wrote !== fingerprint(proposal)
          )
            puts.set(id, { id, there: there.item, proposal });
        }
        yield;
      }
    return [...puts.values()];
  }

  function* lacking(found: readonly CompiledDevice[], entities: readonly string[] | undefined): Steps<Registration[]> {
    const present = registeredIn(catalog);
    const at = yield* homesOf(present, yield* all(), { catalog, book });
    const puts: Registration[] = [];
    for (const { device, entities: offered } of found)
      for (const { entity, parts } of offered) {
        const asked = entities ? entities.includes(entity.id) : !entity.hidden;
        if (!asked || isGone(device) || entity.withdrawn !== undefined) continue;
        for (const part of parts) if (!present.has(at.get(part) ?? "")) puts.push(part.registration);
        yield;
      }
    return puts;
  }

  return {
    reconcile: () => serial(reconcile),
    keep: (found, entities) =>
      serial(async () => {
        const puts = await steps.run(lacking(found, entities));
        for (const { id } of puts) book.written.delete(id);
        return write(puts);
      }),
    capped: () => capped,
  };
}
