import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Section } from "../../lib/dashboard";
import { startMosquitto } from "../testing/mosquitto";
import { startDevices } from "./devices";
import { startTelltale } from "./telltale";
import { ANNOUNCEMENTS, BROKER, MINUTE, makeUpgradeFolder, NOWHERE, READINGS, SECRET } from "./upgradeFolder";

/** What each folder holds stands in its README; that of the present version is made here. */
const VERSIONS = ["version 0.1.0", "version 0.2.0"];
const PRESENT = "the present version";
/** TELLTALE_KEEP_UPGRADE=server/testing/upgrade-<version> keeps the present version's, to be released with it. */
const kept = process.env.TELLTALE_KEEP_UPGRADE;
const present = kept ?? mkdtempSync(join(tmpdir(), "telltale-upgrade-"));
beforeAll(() => makeUpgradeFolder(present));
afterAll(() => {
  if (kept === undefined) rmSync(present, { recursive: true, force: true });
});

const folderOf = (version: string): string =>
  version === PRESENT
    ? present
    : fileURLToPath(new URL(`../testing/${version.replace("version ", "upgrade-")}`, import.meta.url));

async function open(version: string, change: (config: Database.Database) => void = () => undefined) {
  const telltale = await startTelltale({
    yaml: "{}",
    env: { TELLTALE_SECRET: SECRET },
    prepare(dataDir) {
      for (const name of ["config.db", "history.db"]) {
        const packed = readFileSync(join(folderOf(version), `${name}.gz`));
        writeFileSync(join(dataDir, name), gunzipSync(packed), { mode: 0o600 });
      }
      const config = new Database(join(dataDir, "config.db"));
      change(config);
      config.close();
    },
  });
  onTestFinished(() => telltale.dispose());
  // The account made by the former version signs in.
  await telltale.login();
  return telltale;
}

test.each([...VERSIONS, PRESENT])(
  "ST-6: a data folder of %s opens with its configuration, people, commands and all its history",
  async (version) => {
    // Kept for longer than the thirty days that a registration says by default: the calendar goes on, the folder does not.
    const telltale = await open(version, (config) =>
      config
        .prepare(
          `UPDATE registrations SET body = json_set(body, '$.history', json('{"raw":"3650d"}')) WHERE id = 'boiler'`,
        )
        .run(),
    );
    const registrations = await telltale.list("/registrations");
    expect(registrations.map(({ registration }) => registration.id).slice(0, 3)).toEqual(["boiler", "rooms", "pump"]);
    const { body: dashboard } = await telltale.api("GET", "/dashboards/plant");
    expect(dashboard.title).toBe("Plant");
    const sections = dashboard.sections.map(({ title, tiles }: Section) => [title, tiles.map(({ point }) => point)]);
    const apart = [
      [undefined, ["boiler"]],
      ["Pumps", ["pump"]],
    ];
    expect(sections).toEqual(version === "version 0.1.0" ? [[undefined, ["boiler", "pump"]]] : apart);
    const { body: brokers } = await telltale.api("GET", "/brokers");
    expect(brokers).toMatchObject([{ broker: { id: "main", username: "telltale" }, has: { password: true } }]);
    expect(brokers[0].unreadable ?? []).toEqual([]);
    const users = (await telltale.api("GET", "/users")).body as { username: string; role: string }[];
    expect(users.map(({ username, role }) => [username, role])).toEqual([
      ["admin", "admin"],
      ["ana", "operator"],
    ]);
    const { body: commands } = await telltale.api("GET", "/points/pump/commands");
    expect(commands).toMatchObject([{ point: "pump", value: true, by: "admin", state: "confirmed" }]);
    const audit = await telltale.list("/audit");
    expect(audit.map(({ action, target }) => `${action} ${target}`)).toContain("command pump");

    // Every reading, and what is remembered of points under a wildcard.
    const { body: readings } = await telltale.api("GET", "/points/boiler/readings?limit=10000");
    expect(readings.t).toEqual(READINGS.map(({ at }) => at));
    expect(readings.value).toEqual(READINGS.map(({ value }) => value));
    const from = READINGS[0]?.at ?? 0;
    const to = from + READINGS.length * MINUTE;
    const { body: chart } = await telltale.api("GET", `/points/boiler/history?from=${from}&to=${to}&width=50`);
    expect(chart.count.reduce((sum: number, count: number) => sum + count, 0)).toBe(READINGS.length);
    const points = (await telltale.list("/points")) as { id: string; value: unknown }[];
    expect(points.find(({ id }) => id === "rooms/office.temperature")?.value).toBe(22);
    expect(telltale.crashes()).toBe(0);
  },
);

test.each(["version 0.2.0", PRESENT])(
  "ST-6: a data folder of %s opens with its found devices, its broker's password and what was not confirmed",
  async (version) => {
    const broker = await startMosquitto({ users: { [BROKER.username]: BROKER.password } });
    onTestFinished(broker.stop);
    const devices = await startDevices(broker.url, BROKER);
    onTestFinished(devices.stop);
    for (const [topic, payload] of ANNOUNCEMENTS) await devices.say(topic, payload, { qos: 1, retain: true });
    // As if this broker had been there all the time: only the stored password lets Telltale in.
    const telltale = await open(version, (config) =>
      config.prepare("UPDATE brokers SET body = replace(body, ?, ?)").run(NOWHERE, broker.url),
    );

    expect((await telltale.api("GET", "/points/valve")).body.command_state).toMatchObject({
      state: "unconfirmed",
      value: true,
      by: "admin",
    });
    const found = async () =>
      ((await telltale.list("/found")) as { name: string; state: string }[]).map((one) => [one.name, one.state]);
    await expect
      .poll(async () => (await found()).sort())
      .toEqual([
        ["Attic", "found"],
        ["Cellar", "kept"],
        ["Neighbour", "ignored"],
      ]);
    // Retained: it may be said before Telltale has subscribed.
    await devices.say("found/cellar", "12.5", { retain: true });
    await expect
      .poll(
        async () =>
          ((await telltale.list("/points")) as { device?: string; value: unknown }[]).find(
            (one) => one.device === "Cellar",
          )?.value,
      )
      .toBe(12.5);
    expect(telltale.crashes()).toBe(0);
  },
);
