import { readdirSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ReadingsOut } from "../../lib/api";
import { type Mosquitto, startMosquitto } from "../testing/mosquitto";
import { postgresOfThisFile } from "../testing/postgresOfThisFile";
import { startDevices, type TestDevices } from "./devices";
import { startTelltale, type Telltale } from "./telltale";
import { openViewer, type Viewer } from "./viewer";

/** A whole Telltale over Postgres: killed, and left without its database. */

const SECRET = "a secret of the tests, longer than 32 characters";

const yaml = (url: string) => `
brokers:
  - {id: main, url: "${url}"}
topics:
  - {id: count, filter: f/count, type: number}
  - {id: pump, filter: pump/state, type: boolean, command: {topic: pump/set, confirm: 2s}}
`;

const postgres = postgresOfThisFile();
let broker: Mosquitto;
let devices: TestDevices;
let telltale: Telltale;
let viewer: Viewer;
let said: number;

beforeEach(async () => {
  broker = await startMosquitto();
  devices = await startDevices(broker.url);
  devices.obey("pump/set", "pump/state");
  const env = { DATABASE_URL: await postgres.database(), TELLTALE_SECRET: SECRET };
  telltale = await startTelltale({ yaml: yaml(broker.url), env });
  viewer = await openViewer(telltale.url, await telltale.login());
  said = 0;
  devices.repeat(20, () => void devices.shout("f/count", String(said++)));
  await fresh("the live path");
});

afterEach(async () => {
  viewer.close();
  await telltale.dispose();
  await devices.stop();
  await broker.stop();
});

/** `more` further numbers are shown. */
function fresh(what: string, more = 1) {
  const from = said + more - 1;
  return viewer.until(what, () => Number(viewer.points.get("count")?.value ?? -1) >= from);
}

async function operate(): Promise<void> {
  const operated = async () => {
    const command = await viewer.command("pump", true);
    return command?.state;
  };
  await expect.poll(operated, { interval: 1000 }).toBe("sent");
  await viewer.until("it is confirmed", () => viewer.points.get("pump")?.command?.state === "confirmed");
}

const readings = async (): Promise<number[]> => {
  const { status, body } = await telltale.api("GET", "/points/count/readings?limit=10000");
  if (status !== 200) throw new Error(`history: ${status}`);
  return (body as ReadingsOut).value as number[];
};

/** Each number that was said since the first one is there once, and in order. */
function expectWhole(numbers: readonly number[]): void {
  expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] as number) + i));
}

const stores = async () => (await (await fetch(`${telltale.url}/readyz`)).json()).stores;

test("PG-15: a Telltale over Postgres that is killed loses nothing of the configuration and at most a second of readings", async () => {
  expect((await telltale.api("POST", "/registrations", { id: "made", filter: "made" })).status).toBe(201);
  await operate();
  await fresh("some seconds of readings", 150);
  const shown = Number(viewer.points.get("count")?.value);
  const saidBefore = said;
  await telltale.kill();
  await telltale.start();
  await fresh("subscribed again");

  const numbers = await readings();
  const before = numbers.filter((n) => n < saidBefore);
  expectWhole(before);
  // One is said each 20 ms.
  expect(shown - (before.at(-1) ?? 0)).toBeLessThanOrEqual(50);
  expect(new Set(numbers).size).toBe(numbers.length);
  const made = (await telltale.list("/registrations")).map(({ registration }) => registration.id);
  expect(made).toContain("made");
  const [command] = (await telltale.api("GET", "/points/pump/commands?limit=1")).body;
  expect(command).toMatchObject({ state: "confirmed" });
  const trail = await telltale.list("/audit");
  expect(trail.map(({ action }) => action)).toEqual(expect.arrayContaining(["command"]));
  expect(readdirSync(telltale.dataDir)).toEqual([]);
});

test("PG-6, PG-7: without Postgres values go on and nothing is done unaudited; when it is back all works, and every reading is stored", async () => {
  await operate();
  await postgres.crash();
  await telltale.untilLog("the fault is told", ({ msg }) => msg.startsWith("history write failed"));
  expect(await viewer.command("pump", false)).toMatchObject({ state: "refused", code: "audit-unavailable" });
  const made = await telltale.api("POST", "/registrations", { id: "later", filter: "later" });
  expect([made.status, made.body.code]).toEqual([503, "store-unavailable"]);
  await fresh("values go on", 50);
  await expect.poll(stores).toEqual({ config: "unavailable", history: "unavailable" });

  await postgres.restart();
  await telltale.untilLog("written again", ({ msg }) => msg === "history is written again");
  await operate();
  expect((await telltale.api("POST", "/registrations", { id: "later", filter: "later" })).status).toBe(201);
  await fresh("some more", 20);
  expectWhole(await readings());
  await expect.poll(stores).toEqual({ config: "ok", history: "ok" });
  expect((await telltale.metrics()).telltale_history_lost).toBe(0);
  expect(telltale.crashes()).toBe(0);
  expect(viewer.faults).toEqual([]);
});
