import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, vi } from "vitest";
import { startMosquitto } from "../testing/mosquitto";
import { startDevices } from "./devices";
import { ADMIN_PASSWORD, startTelltale, type Telltale } from "./telltale";

/** The data folders of released versions, in server/testing/upgrade-<version>: what is in all of them, and how a new one is made. */

export const SECRET = "a secret for the test of upgrades";
export const BROKER = { username: "telltale", password: "only for this broker" };
export const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 20);
/** Of the point `boiler`: a reading a minute. */
export const READINGS = Array.from({ length: 3000 }, (_, i) => ({
  at: START + i * MINUTE,
  value: 60 + Math.round(100 * Math.sin(i / 100)) / 10,
}));

const announced = (id: string, name: string): [topic: string, payload: string] => [
  `homeassistant/sensor/${id}/config`,
  JSON.stringify({
    name: "Temperature",
    unique_id: id,
    state_topic: `found/${id}`,
    unit_of_measurement: "°C",
    device: { identifiers: [id], name },
  }),
];
/** Retained by the broker. The first was added, the second is ignored, the third waits. */
export const ANNOUNCEMENTS = [
  announced("cellar", "Cellar"),
  announced("neighbour", "Neighbour"),
  announced("attic", "Attic"),
];

/** Where no broker is: a test that opens the folder must not meet another's. */
export const NOWHERE = "mqtt://127.0.0.1:1";
const NOWHERE_ELSE = "mqtt://127.0.0.2:1";

const REGISTRATIONS = [
  // For ten years: a test of later years must still find them.
  { id: "boiler", filter: "plant/boiler", type: "number", unit: "°C", history: { raw: "3650d" } },
  { id: "rooms", filter: "rooms/+", values: { temperature: { value: "$.t", unit: "°C" } } },
  { id: "pump", filter: "plant/pump", type: "boolean", command: { topic: "plant/pump/set" } },
  { id: "valve", filter: "plant/valve", type: "boolean", command: { topic: "plant/valve/set", confirm: "1s" } },
];

const need = <T>({ status, body }: { status: number; body: T }): T => {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
};

/** Asks until the answer is this. */
const untilIs = (ask: () => Promise<unknown>, answer: unknown): Promise<void> =>
  vi.waitFor(async () => expect(await ask()).toEqual(answer), { timeout: 60_000, interval: 50 });

/** Without a broker Telltale shows the demo devices. From the next start on it is gone, and its past would only make the folder large. */
async function leaveDemo({ api, terminate, start, dataDir }: Telltale, url: string): Promise<void> {
  need(await api("POST", "/brokers", { id: "main", url, ...BROKER }));
  await terminate();
  rmSync(join(dataDir, "history.db"));
  await start();
}

/** Configures Telltale through its API as people do. */
async function configure({ api }: Telltale): Promise<void> {
  for (const registration of REGISTRATIONS) need(await api("POST", "/registrations", registration));
  const tiles = [
    { kind: "value", point: "boiler" },
    { kind: "switch", point: "pump", section: "Pumps" },
  ];
  need(await api("POST", "/dashboards", { slug: "plant", title: "Plant", tiles }));
  need(await api("POST", "/users", { username: "ana", password: ADMIN_PASSWORD, role: "operator" }));
}

async function addAndIgnore({ api, list }: Telltale): Promise<void> {
  const found = async () => (await list("/found")) as { id: string; name: string; heard: boolean }[];
  await untilIs(async () => (await found()).map(({ name }) => name).sort(), ["Attic", "Cellar", "Neighbour"]);
  const idOf = async (name: string) => (await found()).find((device) => device.name === name)?.id;
  need(await api("POST", `/found/${await idOf("Cellar")}/keep`, {}));
  need(await api("POST", `/found/${await idOf("Neighbour")}/ignore`, {}));
}

async function importReadings({ url, login }: Telltale): Promise<void> {
  const rows = READINGS.map(({ at, value }) => `boiler,${at},${value}`);
  const answer = await fetch(`${url}/api/v1/history/import`, {
    method: "POST",
    headers: { origin: url, cookie: await login(), "content-type": "text/csv" },
    body: ["point,time,value", ...rows].join("\n"),
  });
  expect(await answer.json()).toMatchObject({ added: READINGS.length, refused: 0 });
}

/** Runs Telltale as it is now, on a broker with devices, until its data folder holds all that the upgrade test looks for. */
export async function makeUpgradeFolder(into: string): Promise<void> {
  const broker = await startMosquitto({ users: { [BROKER.username]: BROKER.password } });
  const devices = await startDevices(broker.url, BROKER);
  const telltale = await startTelltale({ yaml: "{}", env: { TELLTALE_SECRET: SECRET } });
  try {
    devices.obey("plant/pump/set", "plant/pump");
    for (const [topic, payload] of ANNOUNCEMENTS) await devices.say(topic, payload, { qos: 1, retain: true });
    for (const [topic, payload] of [
      ["rooms/office", '{"t":22}'],
      ["plant/pump", "false"],
      ["plant/valve", "false"],
    ] as const)
      await devices.say(topic, payload, { qos: 1, retain: true });
    await leaveDemo(telltale, broker.url);
    await configure(telltale);
    await untilIs(async () => (await telltale.api("GET", "/points/valve")).body.value, false);
    await addAndIgnore(telltale);
    await importReadings(telltale);
    // A retained message is no reading; what is remembered of the office is.
    await devices.say("rooms/office", '{"t":22}');
    await untilIs(async () => (await fetch(`${telltale.url}/readyz`)).status, 200);
    for (const [point, state] of [
      ["pump", "confirmed"],
      ["valve", "unconfirmed"],
    ] as const) {
      const commands = `/points/${point}/commands`;
      need(await telltale.api("POST", commands, { value: true }));
      await untilIs(async () => (await telltale.api("GET", commands)).body[0]?.state, state);
    }
    need(
      await telltale.api("PUT", "/brokers/main", { id: "main", url: NOWHERE, otherUrls: [NOWHERE_ELSE], ...BROKER }),
    );
    expect((await telltale.terminate()).code).toBe(0);
    mkdirSync(into, { recursive: true });
    const files = readdirSync(telltale.dataDir);
    for (const name of ["config.db", "history.db"]) {
      // What was not in the database itself when it was closed would be missing here.
      expect(files).not.toContain(`${name}-wal`);
      writeFileSync(join(into, `${name}.gz`), gzipSync(readFileSync(join(telltale.dataDir, name)), { level: 9 }));
    }
  } finally {
    await telltale.dispose();
    await devices.stop();
    await broker.stop();
  }
}
