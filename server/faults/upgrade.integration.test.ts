import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { startTelltale } from "./telltale";

/** What each folder holds stands in its README. */
const VERSIONS = ["0.1.0"];
const START = Date.UTC(2026, 10, 20);
const MINUTE = 60_000;

const unpack = (version: string) => (dataDir: string) => {
  const folder = fileURLToPath(new URL(`../testing/upgrade-${version}`, import.meta.url));
  for (const name of ["config.db", "history.db"])
    writeFileSync(join(dataDir, name), gunzipSync(readFileSync(join(folder, `${name}.gz`))), { mode: 0o600 });
};

test.each(VERSIONS)(
  "ST-6: a data folder of version %s opens with its configuration, people, commands and all its history",
  async (version) => {
    const telltale = await startTelltale({
      yaml: "{}",
      env: { TELLTALE_SECRET: "a secret for the test of upgrades" },
      prepare: unpack(version),
    });
    onTestFinished(() => telltale.dispose());

    // The account made by the former version signs in.
    await telltale.login();
    const registrations = await telltale.list("/registrations");
    expect(registrations.map(({ registration }) => registration.id)).toEqual(["boiler", "rooms", "pump"]);
    const { body: dashboard } = await telltale.api("GET", "/dashboards/plant");
    expect(dashboard).toMatchObject({ title: "Plant", tiles: [{ point: "boiler" }, { point: "pump" }] });
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
    expect(readings.t).toEqual(Array.from({ length: 3000 }, (_, i) => START + i * MINUTE));
    expect(readings.value).toEqual(
      Array.from({ length: 3000 }, (_, i) => 60 + Math.round(100 * Math.sin(i / 100)) / 10),
    );
    const { body: chart } = await telltale.api(
      "GET",
      `/points/boiler/history?from=${START}&to=${START + 3000 * MINUTE}&width=50`,
    );
    expect(chart.count.reduce((sum: number, count: number) => sum + count, 0)).toBe(3000);
    const points = (await telltale.list("/points")) as { id: string; value: unknown }[];
    expect(points.find(({ id }) => id === "rooms/office.temperature")?.value).toBe(22);
    expect(telltale.crashes()).toBe(0);
  },
);
