import { afterEach, beforeEach, expect, test } from "vitest";
import { Broker } from "../../../lib/broker";
import { Command } from "../../../lib/command";
import { BrokerId } from "../../../lib/ids";
import { Registration } from "../../../lib/registration";
import { say } from "../../../lib/texts/said";
import { createCatalog } from "../../core/catalog/catalog";
import { openDiscoverySettings } from "../../core/discovery/keeper";
import { createLifecycle } from "../../lifecycle";
import { openStores, type Stores } from "../../openStores";
import type { ConfigStore, Log } from "../../ports";
import { createFakeClock } from "../../testing/fakeClock";
import { postgresOfThisFile } from "../../testing/postgresOfThisFile";
import { commandRecord } from "../commandRecord";

/** Two nodes change one configuration. */

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const secret = "a secret of the tests, longer than 32 characters";

const postgres = postgresOfThisFile();
let stores: [Stores, Stores];
const run = createLifecycle(log);
beforeEach(async () => {
  const databaseUrl = await postgres.database();
  const open = (node: string) =>
    openStores({ config: { databaseUrl, secret, dataDir: "unused", node }, clock: createFakeClock(), log }, run);
  stores = [await open("left"), await open("right")];
});
afterEach(() => run.stop());

async function catalogs() {
  const open = async ({ store }: Stores) => {
    const catalog = createCatalog({ store, sources: [], log, severalNodes: true });
    await catalog.start();
    return catalog;
  };
  return [await open(stores[0]), await open(stores[1])] as const;
}
const MAIN = BrokerId.parse("main");
const main = Broker.parse({ id: "main", url: "mqtt://b:1883" });
const boiler = (more: object = {}) => Registration.parse({ id: "boiler", filter: "plant/boiler", ...more });
const statusOf = (result: { ok: boolean; error?: { status: number } }) => (result.ok ? "ok" : result.error?.status);

test("CL-53: who saves over a change that another node made is refused, also where this node has not read it", async () => {
  const [left, right] = await catalogs();
  await left.putRegistration(boiler(), "create");
  const seen = left.registrations()[0]?.version ?? 0;
  expect(statusOf(await right.putRegistration(boiler({ name: "Right" }), { replace: [seen] }))).toBe("ok");
  expect(statusOf(await left.putRegistration(boiler({ name: "Left" }), { replace: [seen] }))).toBe(412);
  expect(left.registrations()[0]?.item).toMatchObject({ name: "Right" });
  const now = left.registrations()[0]?.version ?? 0;
  expect(statusOf(await right.deleteRegistration("boiler", [seen]))).toBe(412);
  expect(statusOf(await right.deleteRegistration("boiler", [now]))).toBe("ok");
  expect(statusOf(await left.putRegistration(boiler(), { replace: [now] }))).toBe(404);
});

test("CL-53: of two nodes that make the same thing at once one is refused, and nobody is refused by what is not read yet", async () => {
  const [left, right] = await catalogs();
  for (let i = 0; i < 20; i++) {
    const made = boiler({ id: `boiler-${i}` });
    const results = await Promise.all([left, right].map((catalog) => catalog.putRegistration(made, "create")));
    expect(results.map(statusOf).sort()).toEqual([409, "ok"]);
  }
  await right.putBroker(main, "create");
  expect(statusOf(await left.putRegistration(boiler({ broker: "main" }), "create"))).toBe("ok");
  expect(statusOf(await right.deleteBroker("main"))).toBe(409);
});

const become = (record: { command: Command }, more: object) => Command.parse({ ...record.command, ...more });
const unknown = { state: "unknown", endedAt: 9, reason: say("commands.nodeGone") };
const confirmed = { state: "confirmed", endedAt: 8, late: false };

test("CL-40: of two nodes that open a command for one point at once one does, and nothing is left of the other", async () => {
  const [left, right] = stores.map(({ store }) => store) as [ConfigStore, ConfigStore];
  for (let i = 0; i < 100; i++) {
    const [a, b] = [commandRecord({ by: "ana" }), commandRecord({ by: "bob" })] as const;
    const opened = await Promise.all([left.openCommand(a), right.openCommand(b)]);
    expect(opened.filter((one) => one === "opened")).toHaveLength(1);
    const winner = opened[0] === "opened" ? a : b;
    expect(opened).toContainEqual({ openedBy: winner.command.by });
    expect((await left.openCommands()).map(({ id }) => id)).toEqual([winner.command.id]);
    expect((await left.audit({ limit: 1 }))[0]?.detail).toMatchObject({ id: winner.command.id });
    await (winner === a ? left : right).updateCommand(become(winner, confirmed));
  }
  expect(await left.audit({ limit: 1000 })).toHaveLength(100);
});

test("CL-41: what a dead node wrote last stays, and what was called unknown is not changed by a node that wakes", async () => {
  const [left, right] = stores.map(({ store }) => store) as [ConfigStore, ConfigStore];
  const [ended, open] = [commandRecord({ point: "lamp" }), commandRecord()] as const;
  for (const record of [ended, open]) await left.openCommand(record);
  await left.updateCommand(become(ended, confirmed));
  await right.updateCommand(become(ended, unknown));
  await right.updateCommand(become(open, unknown));
  await left.updateCommand(become(open, confirmed));
  expect((await right.command(ended.command.id))?.command.state).toBe("confirmed");
  expect((await right.command(open.command.id))?.command.state).toBe("unknown");
});

test("CL-40: a point is free when its command has ended, and a late answer is still written", async () => {
  const [left, right] = stores.map(({ store }) => store) as [ConfigStore, ConfigStore];
  const record = commandRecord();
  await left.openCommand(record);
  await left.updateCommand(become(record, { state: "unconfirmed", endedAt: 9, reason: "silence" }));
  const next = commandRecord();
  expect(await right.openCommand(next)).toBe("opened");
  await left.updateCommand(become(record, { ...confirmed, late: true }));
  expect((await right.command(record.command.id))?.command).toMatchObject({ state: "confirmed", late: true });
  expect(await left.openCommand(commandRecord())).toEqual({ openedBy: "alex" });
});

test("CL-91: a command that did not go out explains no message, and one that ended does", async () => {
  const [left, right] = stores;
  const message = { broker: MAIN, topic: "lamp", payload: "ON" };
  const [refused, sent] = [commandRecord(), commandRecord({ point: "lamp" })] as const;
  for (const record of [refused, sent]) expect(await left.store.openCommand({ ...record, message })).toBe("opened");
  await left.store.updateCommand(become(refused, { state: "refused", code: "busy", reason: say("commands.nodeGone") }));
  await left.store.updateCommand(become(sent, confirmed));
  expect(await right.shared?.tables.commandsSaying([message], 60_000)).toEqual([[sent.command.id]]);
  expect(await left.shared?.tables.commandsSaying([message], 60_000)).toEqual([[]]);
});

test("CL-96: what two nodes ignore and write down at once is both kept", async () => {
  const open = ({ store }: Stores) => openDiscoverySettings(store, log);
  const [left, right] = [await open(stores[0]), await open(stores[1])];
  for (let i = 0; i < 20; i++)
    await Promise.all([
      left.setIgnored(`left ${i}`, true),
      right.setIgnored(`right ${i}`, true),
      left.noteWritten(new Map([[`left ${i}`, "x"]])),
      right.noteWritten(new Map([[`right ${i}`, "y"]])),
    ]);
  left.forgetWritten(["left 0", "left 1"]);
  await left.noteWritten(new Map([["left 1", "z"]]));
  await right.setIgnored("left 0", false);
  for (const one of [left, right]) await one.refresh();
  for (const one of [left, right, await open(stores[0])]) {
    expect([one.ignored.size, one.written.size]).toEqual([39, 39]);
    expect(["left 0", "left 1", "right 0"].map((id) => one.written.get(id))).toEqual([undefined, "z", "y"]);
  }
});
