import { beforeEach, describe, expect, test } from "vitest";
import { Broker } from "../../../lib/broker";
import { ConfigFile } from "../../../lib/configFile";
import { DashboardIn } from "../../../lib/dashboard";
import { tilesIn } from "../../../lib/dashboard/tilesIn";
import { createListeners } from "../../../lib/listeners";
import { Registration } from "../../../lib/registration";
import { asWording } from "../../../lib/texts/said";
import { saying } from "../../../lib/texts/said.harness";
import type { Catalog, ConfigSource, Notice } from "../../ports";
import { createMemoryConfigStore } from "../../testing/memoryConfigStore";
import { createCatalog } from "./catalog";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const broker = (id: string, more: object = {}) => Broker.parse({ id, url: "mqtt://h:1883", ...more });
const topic = (id: string, more: object = {}) => Registration.parse({ id, filter: `t/${id}`, ...more });
const dashboard = (slug: string, more: object = {}) => DashboardIn.parse({ slug, title: slug, ...more });

/** A source that a test can change, as a person changes the file. */
function sourceOf(origin: ConfigSource["origin"], content: object = {}) {
  let current = ConfigFile.parse(content);
  let notice: Notice | undefined;
  const listeners = createListeners<[]>();
  return {
    origin,
    current: () => current,
    onChange: listeners.add,
    notice: () => notice,
    stop() {},
    become(next: object, nextNotice?: Notice) {
      current = ConfigFile.parse(next);
      notice = nextNotice;
      listeners.tell();
    },
  };
}

const entries = (list: readonly { item: { id?: string; slug?: string }; origin: string }[]) =>
  list.map(({ item, origin }) => `${item.slug ?? item.id} ${origin}`);

let store: ReturnType<typeof createMemoryConfigStore>;
let environment: ReturnType<typeof sourceOf>;
let file: ReturnType<typeof sourceOf>;
let demo: ReturnType<typeof sourceOf>;
let catalog: Catalog;
let changes: object[];

beforeEach(async () => {
  store = createMemoryConfigStore();
  environment = sourceOf("environment", { brokers: [{ id: "main", url: "mqtt://env" }] });
  file = sourceOf("file", {
    brokers: [{ id: "plant", url: "mqtt://plant" }],
    topics: [{ id: "boiler", filter: "plant/boiler", broker: "plant" }],
    dashboards: [{ slug: "plant", title: "Plant", tiles: [{ kind: "value", point: "boiler" }] }],
  });
  demo = sourceOf("demo", {
    brokers: [{ id: "demo", url: "mqtt://demo" }],
    topics: [{ id: "pump", filter: "demo/pump", broker: "demo" }],
    dashboards: [
      { slug: "house", title: "Demo house", tiles: [{ kind: "switch", point: "pump" }] },
      { slug: "garden", title: "Demo garden", tiles: [] },
    ],
  });
  // The order of sources must not matter.
  const made = createCatalog({ store, sources: [demo, file, environment], log: silent });
  await made.start();
  catalog = made;
  changes = [];
  catalog.onChange((what) => changes.push(what));
});

test("CF-103: a change that names another version than the present one is refused, and changes nothing", async () => {
  await catalog.putRegistration(topic("seen", { unit: "m" }), "create");
  const versionOf = () => catalog.registrations().find(({ item }) => item.id === "seen")?.version ?? -1;
  const opened = versionOf();
  expect(opened).toBeGreaterThan(0);
  expect(await catalog.putRegistration(topic("seen", { unit: "l" }), { replace: [opened] })).toMatchObject({
    ok: true,
  });
  expect(await catalog.putRegistration(topic("seen", { unit: "ft" }), { replace: [opened] })).toMatchObject({
    ok: false,
    error: { status: 412, message: saying("changed by somebody else") },
  });
  expect(await catalog.deleteRegistration("seen", [opened])).toMatchObject({ ok: false, error: { status: 412 } });
  expect(catalog.registrations().find(({ item }) => item.id === "seen")?.item.unit).toBe("l");
  // Two at once: the second sees what the first has made of it.
  const now = versionOf();
  const both = await Promise.all([
    catalog.putRegistration(topic("seen", { unit: "in" }), { replace: [now] }),
    catalog.putRegistration(topic("seen", { unit: "yd" }), { replace: [now] }),
  ]);
  expect(both.map(({ ok }) => ok)).toEqual([true, false]);
  expect(await catalog.deleteRegistration("seen", [versionOf()])).toMatchObject({ ok: true });
});

describe("origins", () => {
  test("CF-11: environment, file, store, demo: the first to say an id counts", async () => {
    await catalog.putRegistration(topic("own"), "create");
    await store.putRegistration(topic("boiler", { name: "hidden" }));
    await catalog.putBroker(broker("attic"), "create");
    expect(entries(catalog.brokers())).toEqual(["main environment", "plant file", "attic store", "demo demo"]);
    expect(entries(catalog.registrations())).toEqual(["boiler file", "own store", "pump demo"]);
    expect(entries(catalog.dashboards())).toEqual(["plant file", "house demo", "garden demo"]);

    file.become({ brokers: [{ id: "main", url: "mqtt://file" }] });
    expect(catalog.brokers()[0]?.item.url).toBe("mqtt://env");
    expect(entries(catalog.registrations())).toEqual(["own store", "boiler store", "pump demo"]);
  });

  test("CF-100: the default broker is main, else the first", async () => {
    expect(catalog.defaultBroker()).toBe("main");
    environment.become({});
    expect(catalog.defaultBroker()).toBe("plant");
    file.become({});
    demo.become({});
    expect(catalog.defaultBroker()).toBeUndefined();
  });

  test("CF-12: a change is told once, with what changed", async () => {
    file.become({ ...file.current(), dashboards: [] });
    await catalog.putRegistration(topic("own"), "create");
    file.become(file.current());
    expect(changes).toEqual([
      { brokers: false, registrations: false, dashboards: true },
      { brokers: false, registrations: true, dashboards: false },
    ]);
  });

  test("CF-12: a notice of a source is passed on, and its coming is told", () => {
    const notice: Notice = { id: "config-file", level: "warning", text: asWording("telltale.yaml:3:5: no") };
    file.become(file.current(), notice);
    expect(catalog.notices()).toEqual([notice]);
    expect(changes).toEqual([{ brokers: false, registrations: false, dashboards: false }]);
  });

  test("CF-12, MS-40: topics whose broker left are told, the first three by name", async () => {
    await catalog.putRegistration(topic("own", { broker: "plant" }), "create");
    file.become({});
    expect(catalog.notices()).toEqual([{ id: "unknown-broker", level: "warning", text: saying('"own" (plant)') }]);
    file.become({ topics: ["a", "b", "c"].map((id) => topic(id, { broker: "gone" })) });
    expect(catalog.notices()).toMatchObject([{ text: { code: "notice.unknownBroker", args: { more: 1 } } }]);
    expect(catalog.notices()).toMatchObject([
      { text: saying(/: "a" \(gone\), "b" \(gone\), "c" \(gone\) and 1 more$/) },
    ]);
  });

  test("CF-12: a listener that fails does not keep others from hearing, nor the change from standing", async () => {
    catalog.onChange(() => {
      throw new Error("broken listener");
    });
    let heard = 0;
    catalog.onChange(() => heard++);
    expect(await catalog.putRegistration(topic("own"), "create")).toEqual({ ok: true, value: null });
    expect(heard).toBe(1);
  });
});

describe("what may be changed", () => {
  test.each([
    ["a topic of the file", () => catalog.putRegistration(topic("boiler"), "replace"), 403, /telltale\.yaml/],
    ["a topic of the file", () => catalog.deleteRegistration("boiler"), 403, /telltale\.yaml/],
    ["a dashboard of the file", () => catalog.putDashboard(dashboard("plant"), "replace"), 403, /telltale\.yaml/],
    ["a dashboard of the file", () => catalog.deleteDashboard("plant"), 403, /telltale\.yaml/],
    ["a broker of the environment", () => catalog.putBroker(broker("main"), "replace"), 403, /MQTT_URL/],
    ["a broker of the environment", () => catalog.deleteBroker("main"), 403, /MQTT_URL/],
    ["a topic of the demo", () => catalog.putRegistration(topic("pump"), "replace"), 403, /demo house/],
    ["a dashboard of the demo", () => catalog.deleteDashboard("house"), 403, /connect your own broker/],
    ["a topic that is not there", () => catalog.putRegistration(topic("nope"), "replace"), 404, /no registered topic/],
    ["a topic that is not there", () => catalog.deleteRegistration("nope"), 404, /no registered topic/],
    ["a broker that is not there", () => catalog.deleteBroker("nope"), 404, /no broker/],
    ["an id that is taken", () => catalog.putRegistration(topic("boiler"), "create"), 409, /exists already/],
    ["an id that is taken", () => catalog.putBroker(broker("demo"), "create"), 409, /exists already/],
    ["a slug that is taken", () => catalog.putDashboard(dashboard("house"), "create"), 409, /exists already/],
  ])("CF-13: %s is refused, and nothing changes", async (_what, attempt, status, message) => {
    expect(await attempt()).toEqual({
      ok: false,
      error: expect.objectContaining({ status, message: saying(message) }),
    });
    expect(changes).toEqual([]);
  });

  test("CF-14: an unknown broker and a faulty JSONPath are refused with the field", async () => {
    expect(await catalog.putRegistration(topic("a", { broker: "nope" }), "create")).toMatchObject({
      ok: false,
      error: { status: 400, pointer: "/broker" },
    });
    const faulty = topic("a", { values: { t: { value: "$.[" } } });
    expect(await catalog.putRegistration(faulty, "create")).toMatchObject({
      ok: false,
      error: { status: 400, pointer: "/values/t/value" },
    });
    expect(catalog.registrations().map((r) => r.item.id)).not.toContain("a");
  });

  test("CF-15: editing a demo dashboard copies it, in its place; deleting the copy brings the demo's back", async () => {
    const edited = await catalog.putDashboard(dashboard("house", { title: "Mine" }), "replace");
    expect(edited.ok).toBe(true);
    expect(entries(catalog.dashboards())).toEqual(["plant file", "house store", "garden demo"]);
    expect(await catalog.deleteDashboard("house")).toMatchObject({ ok: true });
    expect(catalog.dashboards()[1]).toMatchObject({ item: { title: "Demo house" }, origin: "demo" });
  });

  test("CF-16: tiles get ids that stay, and may not share one", async () => {
    const tiles = [{ kind: "value", id: "keep" }, { kind: "value" }, { kind: "gauge" }];
    const put = await catalog.putDashboard(dashboard("own", { tiles }), "create");
    const ids = put.ok ? tilesIn(put.value).map((t) => t.id) : [];
    expect(ids[0]).toBe("keep");
    expect(new Set(ids).size).toBe(3);
    const [kept] = await store.dashboards();
    expect(kept && tilesIn(kept).map((t) => t.id)).toEqual(ids);

    const plant = catalog.dashboards().find((d) => d.item.slug === "plant");
    expect(plant && tilesIn(plant.item)[0]?.id).toBe("tile-1");
  });

  test("CF-16: a tile may show a point that is not there (yet)", async () => {
    const own = dashboard("own", { tiles: [{ kind: "value", point: "not/yet" }] });
    expect(await catalog.putDashboard(own, "create")).toMatchObject({ ok: true });
  });

  test("CF-17: a broker that topics read from is not deleted, named or meant", async () => {
    environment.become({});
    file.become({});
    await catalog.putBroker(broker("main"), "create");
    await catalog.putBroker(broker("second"), "create");
    await catalog.putRegistration(topic("a", { broker: "second" }), "create");
    for (const id of ["b", "c", "d", "e", "f", "g"]) await catalog.putRegistration(topic(id), "create");
    expect(await catalog.deleteBroker("second")).toMatchObject({
      ok: false,
      error: { status: 409, message: saying(": a.") },
    });
    expect(await catalog.deleteBroker("main")).toMatchObject({
      ok: false,
      error: { status: 409, message: saying("b, c, d, e, f and 1 more") },
    });
    await catalog.deleteRegistration("a");
    expect(await catalog.deleteBroker("second")).toMatchObject({ ok: true });
  });

  test("CF-18: of two creations of one id at once, one is refused", async () => {
    const results = await Promise.all([
      catalog.putRegistration(topic("a", { name: "first" }), "create"),
      catalog.putRegistration(topic("a", { name: "second" }), "create"),
    ]);
    expect(results.map((r) => r.ok)).toEqual([true, false]);
    expect((await store.registrations()).map((r) => r.name)).toEqual(["first"]);
  });

  test("CF-18: when the store cannot be written the change rejects, nothing changes, and the next one works", async () => {
    store.breakWrites();
    await expect(catalog.putRegistration(topic("a"), "create")).rejects.toThrow();
    expect(changes).toEqual([]);
    store.mendWrites();
    expect(await catalog.putRegistration(topic("a"), "create")).toMatchObject({ ok: true });
  });
});

test("TM-21: a command topic that starts with $ is refused; one that is registered already stays, with a notice", async () => {
  const faulty = topic("relay", { type: "boolean", command: { topic: "$CONTROL/x" } });
  const refused = await catalog.putRegistration(faulty, "create");
  expect(refused).toMatchObject({ ok: false, error: { status: 400, pointer: "/command/topic" } });
  expect((await catalog.putRegistrations([faulty])).size).toBe(0);
  file.become({ topics: [faulty] });
  expect(entries(catalog.registrations())).toContain("relay file");
  expect(catalog.notices()).toMatchObject([{ id: "reserved-topic", text: saying('"relay"') }]);
});

test("CL-50: what another node wrote into the store is there after a refresh, and told once", async () => {
  const made = createCatalog({ store, sources: [file], log: silent });
  await made.start();
  const told: object[] = [];
  made.onChange((what) => told.push(what));
  await store.putRegistration(topic("elsewhere"));
  await made.refresh();
  await made.refresh();
  expect(entries(made.registrations())).toContain("elsewhere store");
  expect(told).toEqual([{ brokers: false, registrations: true, dashboards: false }]);
  made.stop();
});
