import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { AlarmRule } from "../../lib/alarms/rule";
import { Broker } from "../../lib/broker";
import { Command } from "../../lib/command";
import { DashboardIn } from "../../lib/dashboard";
import { numbered } from "../../lib/dashboard/ids";
import { PointId } from "../../lib/ids";
import type { Value } from "../../lib/reading";
import { Registration } from "../../lib/registration";
import { systemClock } from "../clock";
import { createLifecycle } from "../lifecycle";
import { openStores, type Stores } from "../openStores";
import { createPeople, type PeopleParts } from "../people/people";
import type { ConfigStore, Log, StoredReading } from "../ports";

export const SECRET = "a secret of the tests, longer than 32 characters";
export const START = Date.UTC(2026, 0, 1);
const EVERYTHING = { raw: 1e15, "1m": 1e15, "15m": 1e15, "6h": 1e15 };
const silent: Log = { debug() {}, info() {}, warn() {}, error: console.error };

export interface Installation {
  stores: Stores;
  people: PeopleParts;
  close(): Promise<void>;
}

/** The stores and accounts of a Telltale, as a start opens them: in a folder, or in Postgres with this secret. */
export async function openInstallation(place: string, secret?: string): Promise<Installation> {
  const isUrl = place.startsWith("postgres://");
  const run = createLifecycle(silent);
  const config = { dataDir: isUrl ? "/nowhere" : place, databaseUrl: isUrl ? place : undefined, secret, node: "n" };
  try {
    const stores = await openStores({ config, clock: systemClock, log: silent }, run);
    const people = await createPeople({
      database: stores.accounts,
      secret: stores.secrets.derive("sessions"),
      anonymous: false,
      log: silent,
    });
    return { stores, people, close: () => run.stop() };
  } catch (error) {
    await run.stop();
    throw error;
  }
}

const POINTS = 40;

function* readings(from: number, count: number): Generator<StoredReading> {
  for (let i = 0; i < count; i++) {
    const p = i % POINTS;
    const at = START + (from + Math.floor(i / POINTS)) * 1000;
    yield { point: PointId.parse(`house/p${p}`), at, value: sample(p, from + i) };
  }
}

/** Mostly numbers; of some points words, switches and nothing, of one everything in turn. */
function sample(p: number, i: number): Value {
  if (p === 1) return i % 3 === 0 ? "zu\0 ä€🙂" : `state ${i % 7}`;
  if (p === 2) return i % 2 === 0;
  if (p === 3) return [1.5, "text", null, true][i % 4] as Value;
  return Math.round(2000 + 500 * Math.sin(i / 400 + p)) / 100;
}

/** Puts rows into every table; answers the cookie of somebody who is signed in. */
export async function fill({ stores, people }: Installation, amount = 100_000): Promise<Headers> {
  const { store, history } = stores;
  await store.putBroker(Broker.parse({ id: "main", url: "mqtt://b:1883", password: "hunter2 ü", key: "-----BEGIN K" }));
  await store.putBroker(Broker.parse({ id: "second", url: "mqtts://c:8883", username: "x" }));
  await store.putRegistrations(
    Array.from({ length: 300 }, (_, i) => Registration.parse({ id: `r${i}`, filter: `a/${i}`, name: `Ä ${i} ␀` })),
  );
  await store.deleteRegistration("r7");
  await putAlarms(store);
  await store.changeEntries("discovery", { put: [["device", "{}"]] });
  for (const slug of ["home", "garden"]) await store.putDashboard(numbered(DashboardIn.parse({ slug, title: slug })));
  for (let i = 0; i < 20; i++) {
    const sent = { id: randomUUID(), point: "pump", value: true, by: "alex", at: START + i, state: "sent" };
    await store.openCommand({ command: Command.parse(sent), userId: "u1", address: i % 2 ? "192.0.2.7" : null });
  }
  const entry = { at: 1, actor: "al\0ex", action: "edit", target: "t/ä", detail: { text: "x\0y" }, address: null };
  await store.appendAudit(entry);
  await people.create({ username: "ada", password: "password1", role: "admin" });
  await people.create({ username: "bob", password: "password2", role: "viewer" });
  const signedIn = await people.login({ username: "ada", password: "password1" }, new Headers(), "192.0.2.7");
  if (!signedIn.ok) throw new Error("not signed in");
  const moment = stores.accounts.kind === "sqlite" ? new Date(START).toISOString() : new Date(START);
  await stores.accounts.tables
    .insertInto("verification" as "user")
    .values({ id: "v", identifier: "i", value: "x", expiresAt: moment, createdAt: moment, updatedAt: moment } as never)
    .execute();

  const packed = Math.floor(amount * 0.97);
  for (const reading of readings(0, packed)) {
    history.append(reading);
    if (history.counters().pending > 20_000) await history.flush();
  }
  await history.flush();
  await history.tend({ now: START + 1e10, keep: {}, otherwise: EVERYTHING });
  // Behind what is packed, with a point that was not there before, and several of one millisecond.
  for (const reading of readings(Math.ceil(packed / POINTS), amount - packed)) history.append(reading);
  for (const value of [3, 1, 2]) history.append({ point: PointId.parse("house/tie"), at: START, value });
  for (const value of ["c", "a", "b"]) history.append({ point: PointId.parse("house/words"), at: START, value });
  await history.flush();
  const cookie = signedIn.value.getSetCookie().map((one) => one.split(";")[0]);
  return new Headers({ cookie: cookie.join("; ") });
}

/** All that the stores say of an installation, in an order that is the same whatever the database. */
export async function contentOf({ stores, people }: Installation) {
  const { store, history } = stores;
  const latest = (await history.latest()).toSorted((a, b) => (a.point < b.point ? -1 : 1));
  const points = latest.map(({ point }) => point);
  const span = { from: START, to: START + 3_600_000 };
  const raw = createHash("sha256");
  let count = 0;
  for (const point of points) {
    let after: Parameters<typeof history.page>[0]["after"];
    do {
      const page = await history.page({ point, from: 0, to: 1e15, limit: 5000, ...(after && { after }) });
      raw.update(JSON.stringify([point, page.t, page.value]));
      count += page.t.length;
      after = page.next;
    } while (after);
  }
  return {
    brokers: await store.brokers(),
    registrations: await store.registrations(),
    dashboards: await store.dashboards(),
    versions: Object.entries(await store.versions()).map(([kind, versions]) => [kind, [...versions].sort()]),
    audit: await store.audit({ limit: 10_000 }),
    commands: await store.commandsOf(PointId.parse("pump"), 1000),
    open: await store.openCommands(),
    unsettled: await store.unsettledCommands(),
    people: await people.list(),
    latest,
    count,
    raw: raw.digest("hex"),
    charts: await history.query({ points, ...span, width: 500 }),
    firstPage: await history.page({ point: points[0] as PointId, ...span, limit: 1000 }),
  };
}

/** The files of a data folder that hold data, with their contents. SQLite puts an empty log beside what is read. */
export function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => !/^telltale\.|-shm$/.test(name));
  const files = names.map((name) => [name, readFileSync(path.join(folder, name))] as const);
  return Object.fromEntries(
    files
      .filter(([, bytes]) => bytes.length > 0)
      .map(([name, bytes]) => [name, createHash("sha256").update(bytes).digest("hex")]),
  );
}

async function putAlarms(store: ConfigStore): Promise<void> {
  const rule = { id: "hot", name: "Hot", points: ["boiler"], when: { above: 95 }, level: "critical" };
  await store.putAlarmRules([AlarmRule.parse(rule)]);
  const record = { state: { phase: "active" as const, id: "1", since: 1, peak: 96 }, serial: 1 };
  const transitions = [{ at: 1, alarm: "hot-1", from: "normal" as const, to: "active" as const, value: 96 }];
  await store.writeAlarms([{ rule: "hot", subject: "boiler", was: 0, record, points: ["boiler"], transitions }]);
}
