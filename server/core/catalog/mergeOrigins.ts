import { defaultBrokerOf } from "../../../lib/broker";
import { findReservedTopic } from "../../../lib/compile/command";
import type { Origin } from "../../../lib/configOrigin";
import type { Dashboard, DashboardIn } from "../../../lib/dashboard";
import { numbered } from "../../../lib/dashboard/ids";
import type { BrokerId } from "../../../lib/ids";
import type { Registration } from "../../../lib/registration";
import type { Steps } from "../../../lib/steps";
import { say, sayList } from "../../../lib/texts/said";
import type { ConfigSource, ConfiguredBroker, Notice, Sourced, Versions } from "../../ports";
import { unreadableSecrets } from "../brokers/unreadableSecrets";

export interface Stored {
  brokers: readonly ConfiguredBroker[];
  registrations: readonly Registration[];
  dashboards: readonly Dashboard[];
  /** Absent for what is not in the store. */
  versions?: Versions;
}

export interface Merged {
  readonly brokers: readonly Sourced<ConfiguredBroker>[];
  readonly registrations: readonly Sourced<Registration>[];
  readonly dashboards: readonly Sourced<Dashboard>[];
  readonly defaultBroker: BrokerId | undefined;
  readonly notices: readonly Notice[];
}

type Layer = Stored & { origin: Origin };

const NAMES_SHOWN = 3;

/** Who wins where two say the same id, and the order in which entries are listed. */
const PRECEDENCE: readonly Origin[] = ["environment", "file", "store", "demo"];

/** What is configured, one entry per id. */
export function* mergeOrigins(stored: Stored, sources: readonly ConfigSource[]): Steps<Merged> {
  // All of one moment, before the first pause.
  const given = sources.map((source) => ({ origin: source.origin, ...source.current() }));
  const layers: Layer[] = [];
  for (const origin of PRECEDENCE) {
    if (origin === "store") layers.push({ origin, ...stored });
    for (const { brokers, topics, dashboards, ...of } of given)
      if (of.origin === origin)
        layers.push({ origin, brokers, registrations: topics, dashboards: yield* withIds(dashboards) });
  }
  const brokers = yield* firstOfEach(
    layers.map(({ origin, brokers: items, versions }) => ({ origin, items, versions: versions?.brokers })),
    (broker) => broker.id,
  );
  const registrations = yield* firstOfEach(
    layers.map(({ origin, registrations: items, versions }) => ({ origin, items, versions: versions?.registrations })),
    (registration) => registration.id,
  );
  const dashboards = yield* firstOfEach(
    layers.map(({ origin, dashboards: items, versions }) => ({ origin, items, versions: versions?.dashboards })),
    (dashboard) => dashboard.slug,
  );
  return {
    brokers,
    registrations,
    dashboards: keepPlaces(dashboards, sources),
    defaultBroker: defaultBrokerOf(brokers.map(({ item }) => item))?.id,
    notices: [
      ...sources.map((source) => source.notice()).filter((notice) => notice !== undefined),
      ...(yield* orphans(registrations, brokers)),
      ...(yield* reservedTopics(registrations)),
      ...unreadable(brokers),
    ],
  };
}

const made = new WeakMap<DashboardIn, Dashboard>();

/** One that did not change stays the same object. */
function* withIds(dashboards: readonly DashboardIn[]): Steps<Dashboard[]> {
  const list: Dashboard[] = [];
  for (const dashboard of dashboards) {
    const known = made.get(dashboard) ?? numbered(dashboard);
    made.set(dashboard, known);
    list.push(known);
    yield;
  }
  return list;
}

function* firstOfEach<T>(
  layers: readonly { origin: Origin; items: readonly T[]; versions: ReadonlyMap<string, number> | undefined }[],
  idOf: (item: T) => string,
): Steps<Sourced<T>[]> {
  const seen = new Map<string, Sourced<T>>();
  for (const { origin, items, versions } of layers)
    for (const item of items) {
      const id = idOf(item);
      if (!seen.has(id)) seen.set(id, { item, origin, version: versions?.get(id) ?? 0 });
      yield;
    }
  return [...seen.values()];
}

/** Registrations that read from this broker: those that name it and, when it is the default, those that name none. */
export const registrationsOf = (merged: Merged, id: string): readonly Sourced<Registration>[] =>
  merged.registrations.filter(({ item }) => (item.broker ?? merged.defaultBroker) === id);

/** A demo dashboard that was edited stays in its place among the others: it would seem to jump otherwise. */
function keepPlaces(dashboards: readonly Sourced<Dashboard>[], sources: readonly ConfigSource[]): Sourced<Dashboard>[] {
  const demo = sources.filter((s) => s.origin === "demo").flatMap((s) => s.current().dashboards.map((d) => d.slug));
  const place = ({ item }: Sourced<Dashboard>) => demo.indexOf(item.slug);
  const own = dashboards.filter((d) => place(d) < 0);
  return [...own, ...dashboards.filter((d) => place(d) >= 0).sort((a, b) => place(a) - place(b))];
}

/** Registered before such topics were refused, or in telltale.yaml. */
function* reservedTopics(registrations: readonly Sourced<Registration>[]): Steps<Notice[]> {
  const faulty: Sourced<Registration>[] = [];
  for (const one of registrations) {
    if ((one.item.command || one.item.values) && findReservedTopic(one.item)) faulty.push(one);
    yield;
  }
  if (faulty.length === 0) return [];
  const ids = namesOf(faulty, ({ item }) => `"${item.id}"`);
  return [{ id: "reserved-topic", level: "warning", text: say("notice.reservedTopic", ids) }];
}

/** After a restore without its secret, or with another TELLTALE_SECRET. */
function unreadable(brokers: readonly Sourced<ConfiguredBroker>[]): Notice[] {
  const locked = brokers.filter(({ item }) => item.unreadable?.length);
  if (locked.length === 0) return [];
  const brokersNamed = sayList(
    locked.map(({ item }) =>
      say("notice.unreadableSecret", { broker: item.name ?? item.id, which: unreadableSecrets(item) }),
    ),
    "kit.list",
  );
  return [
    { id: "unreadable-secrets", level: "warning", text: say("notice.unreadableSecrets", { brokers: brokersNamed }) },
  ];
}

/** Possible where a broker left the file or the environment and a registration that names it stayed. */
function* orphans(
  registrations: readonly Sourced<Registration>[],
  brokers: readonly Sourced<ConfiguredBroker>[],
): Steps<Notice[]> {
  const known = new Set<string>(brokers.map((b) => b.item.id));
  const lost: Sourced<Registration>[] = [];
  for (const one of registrations) {
    if (one.item.broker !== undefined && !known.has(one.item.broker)) lost.push(one);
    yield;
  }
  if (lost.length === 0) return [];
  const ids = namesOf(lost, ({ item }) => `"${item.id}" (${item.broker})`);
  return [{ id: "unknown-broker", level: "warning", text: say("notice.unknownBroker", ids) }];
}

/** The first three, and how many there are besides. */
const namesOf = <T>(list: readonly T[], nameOf: (one: T) => string): { names: string; more: number } => ({
  names: list.slice(0, NAMES_SHOWN).map(nameOf).join(", "),
  more: Math.max(0, list.length - NAMES_SHOWN),
});
