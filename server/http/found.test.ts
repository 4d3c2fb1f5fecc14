import { afterEach, beforeEach, expect, test } from "vitest";
import { examples } from "../../lib/discovery/homeassistant/examples";
import { asWording } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import type { FoundShown } from "../ports";
import { type ApiServer, type Asked, PASSWORD, startApiServer } from "../testing/apiServer";

/** A box with two voltages: its two announcements, and what it reports then. */
const messages = examples[1]?.messages.slice(0, 3) ?? [];
const NAME = "Workshop";
const ANNOUNCED = ["homeassistant/sensor/a/config", "homeassistant/sensor/b/config"];

let server: ApiServer;
let admin: string;
let key: string;
beforeEach(async () => {
  server = await startApiServer({ connected: true });
  admin = await server.signIn();
  for (const [topic, payload] of messages) {
    server.say(topic, typeof payload === "string" ? payload : JSON.stringify(payload), {
      retained: topic.endsWith("/config"),
    });
    // What is announced is looked at a moment later; only then is it listened to.
    await server.clock.advanceAsync(1000);
  }
  key = (await found())[0]?.id ?? "";
});
afterEach(() => server.stop());

const ask = (method: string, path: string, more: Asked = {}) =>
  server.ask(`/api/v1${path}`, { method, cookie: admin, ...more });
const found = async () => (await ask("GET", "/found")).json as { id: string; name: string; state: string }[];
const registered = () => server.catalog.registrations().map(({ item }) => item.id);
const lastAudit = async () => (await server.store.audit({ limit: 1 }))[0];
const clear = (expires?: number | string) =>
  ask("POST", `/found/${key}/clear`, {
    headers: expires === undefined ? {} : { "telltale-expires": String(expires) },
  });

test("FD-10: a device that announces itself is found with what it says, and is counted", async () => {
  expect(await found()).toMatchObject([
    {
      name: NAME,
      model: "Box 3",
      state: "found",
      conventions: ["homeassistant"],
      announced: ANNOUNCED,
      heard: true,
      entities: [
        { name: "A", values: [{ value: 1, unit: "V" }] },
        { name: "B", values: [{ value: 2 }] },
      ],
    },
  ]);
  expect((await ask("GET", "/discovery")).json).toMatchObject({ mode: "ask", found: 1, kept: 0, ignored: 0 });
  expect(registered()).toEqual([]);
});

test("FD-1: one entity of it is kept, then the rest, and its points are there with what was said before", async () => {
  const [device] = (await ask("GET", "/found")).json;
  const first = device.entities.find(({ name }: { name: string }) => name === "A");
  const some = await ask("POST", `/found/${key}/keep`, { body: { entities: [first.id] } });
  expect(some).toMatchObject({ status: 200, json: { kept: 1 } });
  expect(registered()).toEqual([first.values[0].registration]);
  expect((await ask("GET", "/points")).json).toMatchObject([{ value: 1, unit: "V" }]);
  expect(await lastAudit()).toMatchObject({
    action: "found.keep",
    actor: "admin",
    target: key,
    detail: { name: NAME, kept: 1, entities: [first.id] },
  });

  expect((await ask("POST", `/found/${key}/keep`, { body: {} })).json.kept).toBeGreaterThan(0);
  expect(await found()).toMatchObject([{ state: "kept" }]);
  expect(await ask("POST", "/found/keep-all")).toMatchObject({ status: 200, json: { kept: 0 } });
  expect(await lastAudit()).toMatchObject({ action: "found.keep-all" });
});

test("FD-2: an ignored device is proposed no more, until it is taken back", async () => {
  const ignore = (body: object) => ask("POST", `/found/${key}/ignore`, { body });
  expect((await ignore({})).status).toBe(204);
  expect(await found()).toMatchObject([{ state: "ignored" }]);
  expect((await ask("POST", "/found/keep-all")).json).toEqual({ kept: 0 });
  expect(registered()).toEqual([]);
  expect((await ignore({ ignored: false })).status).toBe(204);
  expect(await lastAudit()).toMatchObject({ action: "found.ignore", detail: { name: NAME, ignored: false } });
  expect((await ask("POST", "/found/keep-all")).json.kept).toBeGreaterThan(0);
  expect(registered()).not.toEqual([]);
});

test("FD-9: the mode is changed by an admin, and turning discovery off forgets what was found", async () => {
  const off = await ask("PUT", "/discovery", { body: { mode: "off" } });
  expect(off.json).toMatchObject({ mode: "off", found: 0 });
  expect(await found()).toEqual([]);
  expect(await lastAudit()).toMatchObject({ action: "discovery.mode", target: "off" });
  expect((await ask("PUT", "/discovery", { body: { mode: "loud" } })).status).toBe(400);
  await server.people.create({ username: "bea", password: PASSWORD, role: "operator" });
  const bea = await server.signIn("bea");
  for (const [method, path, body] of [
    ["PUT", "/discovery", { mode: "add" }],
    ["GET", "/found", undefined],
    ["POST", "/found/keep-all", undefined],
  ] as const)
    expect([path, (await ask(method, path, { body, cookie: bea })).status]).toEqual([path, 403]);
  expect((await ask("GET", "/discovery")).json.mode).toBe("off");
});

test.each(["keep", "ignore", "clear"])(
  "HT-5: %s of a device that is not there is answered 404, and leaves no row",
  async (what) => {
    const before = await lastAudit();
    const answer = await ask("POST", `/found/nobody/${what}`, { ...(what !== "clear" && { body: {} }) });
    expect([answer.status, answer.json.detail]).toEqual([404, 'There is no found device "nobody".']);
    expect(await lastAudit()).toEqual(before);
  },
);

test("AC-83: the announcements of a found device are cleared off the broker, audited before", async () => {
  const { published } = server.brokers;
  expect((await clear("soon")).status).toBe(400);
  expect(published).toEqual([]);
  expect(await clear(server.clock.now())).toMatchObject({
    status: 200,
    json: { cleared: 2, failed: [] },
  });
  expect(published).toEqual(ANNOUNCED.map((topic) => expect.objectContaining({ topic, payload: "", retain: true })));
  expect(await lastAudit()).toMatchObject({
    action: "found.clear",
    target: key,
    detail: { name: NAME, topics: ANNOUNCED },
  });

  server.brokers.state = [];
  server.brokers.outcome = { outcome: "not-sent", reason: asWording("the broker is not connected") };
  expect((await clear()).json).toMatchObject({ cleared: 0, failed: [{ reason: "the broker is not connected" }, {}] });
});

test("AC-83: one that has expired is refused as too late, which stands in the audit", async () => {
  expect(await clear(server.clock.now() - 2000)).toMatchObject({
    status: 409,
    json: { code: "too-late", detail: expect.stringContaining("2.0 s after") },
  });
  expect(server.brokers.published).toEqual([]);
  expect(await lastAudit()).toMatchObject({
    action: "found.clear-refused",
    target: key,
    detail: { name: NAME, code: "too-late", reason: saying("2.0 s") },
  });
});

test("MS-54: why a device was withdrawn, and its entities, is in words over HTTP", async () => {
  for (const topic of ANNOUNCED) {
    server.say(topic, "", { retained: false });
    await server.clock.advanceAsync(1000);
  }
  const withdrawn = "its announcement was taken back";
  expect(await found()).toMatchObject([
    {
      state: "withdrawn",
      withdrawn,
      entities: [
        { name: "A", withdrawn },
        { name: "B", withdrawn },
      ],
    },
  ]);
});

test("HB-21: a page of the found devices computes only what it shows, and the first of the next page", async () => {
  const computed: string[] = [];
  const row = (id: string) => ({
    id,
    name: id,
    show() {
      computed.push(id);
      return { id, entities: [] as FoundShown["entities"] } as FoundShown;
    },
  });
  const before = server.discovery.found;
  server.discovery.found = async () => ["a", "b", "c", "d", "e"].map(row);
  const answer = await server.ask("/api/v1/found?limit=2", { cookie: admin });
  server.discovery.found = before;
  expect(answer.json).toEqual([
    { id: "a", entities: [] },
    { id: "b", entities: [] },
  ]);
  // The third tells that there is a next page.
  expect(computed).toEqual(["a", "b", "c"]);
});
