import { randomUUID } from "node:crypto";
import type { Broker } from "../../../lib/broker";
import { findReservedTopic } from "../../../lib/compile/command";
import type { Origin } from "../../../lib/configOrigin";
import type { Dashboard } from "../../../lib/dashboard";
import { withIds } from "../../../lib/dashboard/ids";
import { createListeners } from "../../../lib/listeners";
import type { Registration } from "../../../lib/registration";
import { err, ok, type Result } from "../../../lib/result";
import { createSerial } from "../../../lib/serial";
import { finish, type Steps } from "../../../lib/steps";
import { type Said, type SaidText, say } from "../../../lib/texts/said";
import type { TextKey } from "../../../lib/texts/t";
import type {
  Catalog,
  CatalogError,
  Clock,
  ConfigSource,
  ConfigStore,
  ConfiguredTables,
  Log,
  Notice,
  PutMode,
  Sourced,
  Unsubscribe,
} from "../../ports";
import { createStepQueue } from "../../stepQueue";
import { compileAll, compileOnce } from "./compileOnce";
import { mergeOrigins, registrationsOf, type Stored } from "./mergeOrigins";

type Section = "brokers" | "registrations" | "dashboards";
type Checked = Result<null, CatalogError>;

const WHAT = {
  brokers: "problem.broker",
  registrations: "problem.registeredTopic",
  dashboards: "problem.dashboard",
} as const satisfies Record<Section, TextKey>;

/** Why an entry that does not stand in the store cannot be changed here, and where it can. */
const READ_ONLY = {
  file: "problem.inFile",
  environment: "problem.inEnvironment",
  demo: "problem.inDemo",
} as const satisfies Record<Exclude<Origin, "store">, TextKey>;

/** A removed tile's id is given to no other: somebody else may still be editing the one that had it. */
const randomId = () => randomUUID().slice(0, 8);

const MOST_TRIES = 20;

/** Everything in one turn. */
const STANDS_STILL: Pick<Clock, "monotonic"> = { monotonic: () => 0 };

const refuse = (status: CatalogError["status"], message: Said, pointer?: string) =>
  err<CatalogError>({ status, message, ...(pointer !== undefined && { pointer }) });

/**
 * All that is configured, whatever its origin, as soon as `start` has read it: environment and telltale.yaml come before the store, the
 * store before the demo.
 * Only the store's part can be changed here; a demo dashboard is copied into the store on its first change.
 * Changes are made one after the other. A store that cannot be written rejects, and nothing has changed.
 * `onChange` tells once per change; with all flags false only the notices changed.
 */
export function createCatalog(parts: {
  store: ConfigStore;
  sources: readonly ConfigSource[];
  log: Log;
  /** With it, thousands of registrations are compiled in short turns. */
  clock?: Clock;
  /** Other processes change the store. */
  severalNodes?: boolean;
}): Catalog & { start(): Promise<void>; stop(): void; refresh(): Promise<void> } {
  const { store, sources, log } = parts;
  // What was changed is changed; one listener's fault must not keep the others from hearing of it.
  const listeners = createListeners<[what: Record<Section, boolean>]>((error) =>
    log.error({ err: error }, "a listener of the catalog failed"),
  );
  const load = async () => ({
    // First: what is changed while the rest is read makes it too low, so that a change based on it is not made.
    count: parts.severalNodes ? await store.changeCount() : 0,
    brokers: await store.brokers(),
    registrations: await store.registrations(),
    dashboards: await store.dashboards(),
    versions: await store.versions(),
  });
  let stored: Stored & { count: number } = { count: 0, brokers: [], registrations: [], dashboards: [] };
  let merged = finish(mergeOrigins(stored, []));
  let undo: Unsubscribe[] = [];
  const serial = createSerial();

  /** Everything is compiled and merged in steps, and then is so at once. */
  function* remerging(): Steps {
    yield* compiling();
    const before = merged;
    const next = yield* mergeOrigins(stored, sources);
    const what = {
      brokers: !(yield* sameEntries<unknown>(before.brokers, next.brokers)),
      registrations: !(yield* sameEntries<unknown>(before.registrations, next.registrations)),
      dashboards: !(yield* sameEntries<unknown>(before.dashboards, next.dashboards)),
    };
    merged = next;
    if (!what.brokers && !what.registrations && !what.dashboards && sameText(before.notices, merged.notices)) return;
    listeners.tell(what);
  }
  const steps = createStepQueue(parts.clock ?? STANDS_STILL, (error) =>
    log.error({ err: error }, "registered topics could not be compiled"),
  );
  function* compiling(): Steps {
    yield* compileAll(stored.registrations);
    for (const source of sources) yield* compileAll(source.current().topics);
  }

  async function reload(): Promise<void> {
    stored = await load();
    await steps.run(remerging());
  }

  /** False: another node has changed the store since it was read here, and nothing was written. */
  async function isWritten(write: (tables: ConfiguredTables) => Promise<unknown>): Promise<boolean> {
    if (parts.severalNodes) return (await store.since(stored.count, write)).ok;
    await write(store);
    return true;
  }

  /**
   * Checks and writes as one step: what a check saw is still so when the write happens. Where another node has changed the store meanwhile, both
   * are done again with what is there now; and nobody is refused by what this node has not read yet.
   */
  function change<T>(
    check: () => Result<T, CatalogError>,
    write: (tables: ConfiguredTables, value: T) => Promise<unknown>,
  ) {
    return serial(async (): Promise<Result<T, CatalogError>> => {
      let isCurrent = !parts.severalNodes;
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const checked = check();
        if (!checked.ok && isCurrent) return checked;
        const written = checked.ok && (await isWritten((tables) => write(tables, checked.value)));
        await reload();
        if (written) return checked;
        isCurrent = true;
      }
      throw new Error("other nodes change the configuration all the time");
    });
  }

  const list = {
    brokers: () => merged.brokers,
    registrations: () => merged.registrations,
    dashboards: () => merged.dashboards,
  };
  const find = (section: Section, id: string): Sourced<unknown> | undefined => {
    const entries: readonly Sourced<Broker | Registration | Dashboard>[] = merged[section];
    return entries.find(({ item }) => ("slug" in item ? item.slug : item.id) === id);
  };

  /** Whether an entry may be made or changed here, by what now has its id. `copy`: a demo entry may be overridden. */
  function mayPut(section: Section, id: string, mode: PutMode, copy = false): Checked {
    const present = find(section, id);
    const what = say(WHAT[section], { id });
    if (mode === "create") {
      if (!present) return ok(null);
      return refuse(409, say("problem.existsAlready", { what }), section === "dashboards" ? "/slug" : "/id");
    }
    if (!present) return refuse(404, say("problem.isNotThere", { what }));
    if (present.origin === "store" || (present.origin === "demo" && copy))
      return isSeen(what, present, typeof mode === "object" ? mode.replace : undefined);
    return refuse(403, say(READ_ONLY[present.origin], { what }));
  }

  /** Whoever names versions has seen those, and none other. */
  const isSeen = (what: SaidText, { version }: Sourced<unknown>, versions: readonly number[] | undefined): Checked =>
    versions === undefined || versions.includes(version)
      ? ok(null)
      : refuse(412, say("problem.changedMeanwhile", { what }));

  function mayDelete(section: Section, id: string, versions?: readonly number[]): Checked {
    const present = find(section, id);
    const what = say(WHAT[section], { id });
    if (!present) return refuse(404, say("problem.isNotThere", { what }));
    return present.origin === "store"
      ? isSeen(what, present, versions)
      : refuse(403, say(READ_ONLY[present.origin], { what }));
  }

  function checkRegistration(registration: Registration): Checked {
    const { broker } = registration;
    if (broker !== undefined && !find("brokers", broker)) {
      const known = merged.brokers.map((b) => b.item.id).join(", ");
      const why = known ? say("problem.noBroker", { broker, known }) : say("problem.noBrokerYet", { broker });
      return refuse(400, why, "/broker");
    }
    const compiled = compileOnce(registration);
    if (!compiled.ok) return refuse(400, compiled.error.message, compiled.error.pointer);
    const reserved = findReservedTopic(registration);
    return reserved ? refuse(400, reserved.message, reserved.pointer) : ok(null);
  }

  function checkUnused(id: string): Checked {
    const users = registrationsOf(merged, id).map((r) => r.item.id);
    if (users.length === 0) return ok(null);
    const topics = users.slice(0, 5).join(", ");
    const count = users.length - 5;
    const why =
      count > 0 ? say("problem.brokerInUseMore", { id, topics, count }) : say("problem.brokerInUse", { id, topics });
    return refuse(409, why);
  }

  const both = (first: Checked, second: () => Checked): Checked => (first.ok ? second() : first);

  return {
    ...list,
    /** Reads the store; what is configured is there when it resolves. */
    async start() {
      stored = await load();
      merged = finish(mergeOrigins(stored, sources));
      undo = sources.map((source) => source.onChange(() => steps.add(remerging(), () => undefined)));
    },
    stop() {
      for (const end of undo) end();
      steps.stop();
    },
    onChange: listeners.add,
    /** Another node has changed the store. */
    refresh: () => serial(reload),
    defaultBroker: () => merged.defaultBroker,
    notices: (): readonly Notice[] => merged.notices,

    putRegistration: (registration, mode) =>
      change(
        () => both(mayPut("registrations", registration.id, mode), () => checkRegistration(registration)),
        (tables) => tables.putRegistration(registration),
      ),
    async putRegistrations(registrations) {
      await steps.run(compileAll(registrations));
      const checked = await change(
        () => {
          const present = new Map(merged.registrations.map(({ item, origin }) => [item.id, origin]));
          const sound = registrations.filter((registration) => {
            const origin = present.get(registration.id);
            return (origin === undefined || origin === "store") && checkRegistration(registration).ok;
          });
          return ok(sound);
        },
        (tables, sound) => tables.putRegistrations(sound),
      );
      return new Set(checked.ok ? checked.value.map(({ id }) => id) : []);
    },
    deleteRegistration: (id, versions) =>
      change(
        () => mayDelete("registrations", id, versions),
        (tables) => tables.deleteRegistration(id),
      ),
    putDashboard: (dashboard, mode) =>
      change<Dashboard>(
        () => {
          const allowed = mayPut("dashboards", dashboard.slug, mode, true);
          return allowed.ok ? ok(withIds(dashboard, randomId)) : allowed;
        },
        (tables, given) => tables.putDashboard(given),
      ),
    deleteDashboard: (slug, versions) =>
      change(
        () => mayDelete("dashboards", slug, versions),
        (tables) => tables.deleteDashboard(slug),
      ),
    putBroker: (broker, mode) =>
      change(
        () => mayPut("brokers", broker.id, mode),
        (tables) => tables.putBroker(broker),
      ),
    deleteBroker: (id, versions) =>
      change(
        () => both(mayDelete("brokers", id, versions), () => checkUnused(id)),
        (tables) => tables.deleteBroker(id),
      ),
  };
}

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The store and the sources keep an entry that did not change as the same object: only the others are compared as text. */
function* sameEntries<T>(before: readonly Sourced<T>[], now: readonly Sourced<T>[]): Steps<boolean> {
  if (before.length !== now.length) return false;
  for (const [i, { item, origin }] of now.entries()) {
    const old = before[i];
    if (old?.origin !== origin || (old.item !== item && !sameText(old.item, item))) return false;
    yield;
  }
  return true;
}
