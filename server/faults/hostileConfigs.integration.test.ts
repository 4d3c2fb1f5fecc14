import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mosquitto, startMosquitto } from "../testing/mosquitto";
import { startDevices, type TestDevices } from "./devices";
import { startTelltale, type Telltale } from "./telltale";
import { openViewer, type Viewer } from "./viewer";

/** Strangers' announcements on a real broker: they change nothing but a counter, whoever adds by itself. */

const yaml = (url: string) => `
brokers: [{id: main, url: "${url}"}]
topics: [{id: count, filter: f/count, type: number}]
`;
const MARKUP = `<img src=x onerror="alert(1)">`;

let broker: Mosquitto;
let devices: TestDevices;
let telltale: Telltale;
let viewer: Viewer;
let said = 0;

beforeAll(async () => {
  broker = await startMosquitto();
  devices = await startDevices(broker.url);
  telltale = await startTelltale({ yaml: yaml(broker.url), env: { TELLTALE_ANONYMOUS: "" } });
  viewer = await openViewer(telltale.url, await telltale.login());
  devices.repeat(20, () => void devices.shout("f/count", String(++said)));
  await fresh("the live path");
  expect((await telltale.api("PUT", "/discovery", { mode: "add" })).status).toBe(200);
});

afterAll(async () => {
  viewer?.close();
  await telltale?.dispose();
  await devices?.stop();
  await broker?.stop();
});

function fresh(what: string) {
  const from = said;
  return viewer.until(what, () => Number(viewer.points.get("count")?.value) > from);
}
const announce = (id: string, config: object | string) =>
  devices.say(
    `homeassistant/sensor/${id}/config`,
    typeof config === "string"
      ? config
      : JSON.stringify({ name: id, stat_t: `state/${id}`, dev: { ids: "d", name: "D" }, ...config }),
    { qos: 1, retain: true },
  );
const discovery = async () => (await telltale.api("GET", "/discovery")).body as { refused: number; capped: number };
const registered = async () =>
  ((await telltale.list("/registrations?limit=2000")) as { registration: { id: string; filter?: string } }[]).map(
    ({ registration }) => registration,
  );
const untilRegistered = (filter: string) =>
  expect.poll(async () => (await registered()).some((one) => one.filter === filter), { timeout: 60_000 }).toBe(true);

describe("hostile announcements on a broker", () => {
  test("FD-7: broken, deep, huge and boundless ones are refused and counted; a device behind them is added", async () => {
    const before = await discovery();
    const components = Object.fromEntries(
      Array.from({ length: 2500 }, (_, i) => [`c${i}`, { p: "sensor", stat_t: `c/${i}` }]),
    );
    await announce("broken", '{"name":');
    await announce("deep", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`);
    await announce("list", "[".repeat(100_000));
    await announce("huge", JSON.stringify({ name: "x".repeat(1024 * 1024), stat_t: "huge" }));
    await announce("everything", { stat_t: "#" });
    await announce("endless", { val_tpl: "{% for %}" });
    await devices.say(
      "homeassistant/device/many/config",
      JSON.stringify({ dev: { ids: "m", name: "M" }, o: { name: "x" }, cmps: components }),
      { qos: 1, retain: true },
    );
    await announce("honest", { dev: { ids: "h", name: "Honest" } });
    await untilRegistered("state/honest");
    const filters = (await registered()).map(({ filter }) => filter);
    expect(filters).not.toContain("#");
    // The device of thousands is cut where nobody has more.
    expect(filters.length).toBeLessThanOrEqual(2 + 1000);
    const after = await discovery();
    expect(after.refused).toBeGreaterThanOrEqual(before.refused + 4);
    await devices.say("state/honest", "21");
    await expect
      .poll(
        async () =>
          ((await telltale.list("/points?limit=2000")) as { topic?: string; value: unknown }[]).find(
            (one) => one.topic === "state/honest",
          )?.value,
      )
      .toBe(21);
    await fresh("others live on");
    expect(telltale.crashes()).toBe(0);
  });

  test("TP-2: templates that loop, recurse or grow are stopped at each message, and the value stays", async () => {
    const bombs: Record<string, string> = {
      loop: "{% for a in range(999999999) %}{{ a }}{% endfor %}",
      nested: `${"{% for a in range(9999) %}".repeat(5)}x${"{% endfor %}".repeat(5)}`,
      grow: `{% set s = "x" * 9999 %}${"{% set s = s ~ s %}".repeat(30)}{{ s }}`,
      self: "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    };
    for (const [id, val_tpl] of Object.entries(bombs))
      await announce(id, { val_tpl, dev: { ids: "bombs", name: "Bombs" } });
    await announce("behind", { dev: { ids: "b", name: "Behind" } });
    await untilRegistered("state/behind");
    for (let i = 0; i < 20; i++) for (const id of Object.keys(bombs)) await devices.say(`state/${id}`, String(i));
    await fresh("others live on");
    expect(telltale.crashes()).toBe(0);
  });

  test("FD-7: markup in names is text, wherever it is told", async () => {
    await announce("markup", { name: MARKUP, dev: { ids: "x", name: MARKUP, mf: MARKUP, mdl: MARKUP } });
    await untilRegistered("state/markup");
    const found = (await telltale.list("/found?limit=2000")) as { name: string; maker?: string }[];
    expect(found).toContainEqual(expect.objectContaining({ name: MARKUP, maker: MARKUP }));
  });

  test("FD-8: thousands of entities stop at the caps; what is shown goes on, and a restart is none the worse", async () => {
    const flood = Array.from({ length: 8000 }, (_, i) => i);
    for (let at = 0; at < flood.length; at += 500)
      await Promise.all(
        flood.slice(at, at + 500).map((i) => announce(`x${i}`, { dev: { ids: `f${i % 12}`, name: `F${i % 12}` } })),
      );
    // 5,000 are registered at most, whoever announces them.
    await expect.poll(async () => (await registered()).length, { timeout: 110_000 }).toBeGreaterThanOrEqual(5000);
    await expect.poll(async () => (await discovery()).capped, { timeout: 60_000 }).toBeGreaterThan(2000);
    expect((await registered()).length).toBeLessThanOrEqual(5001);
    await fresh("others live on");
    await telltale.terminate();
    await telltale.start();
    await fresh("and after a restart");
    expect((await registered()).length).toBeLessThanOrEqual(5001);
    expect(viewer.faults).toEqual([]);
    expect(telltale.crashes()).toBe(0);
  });
});
