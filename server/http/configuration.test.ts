import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiServer, type Asked, PASSWORD, startApiServer } from "../testing/apiServer";

const SECRET = "broker-s3cret";
const KEY = "PRIVATE KEY OF THE CLIENT";

let server: ApiServer;
let cookie: string;
const answers: string[] = [];

beforeAll(async () => {
  server = await startApiServer();
  cookie = await server.signIn();
});
afterAll(() => server.stop());

async function ask(method: string, path: string, body?: unknown, more: Asked = {}) {
  const answer = await server.ask(`/api/v1${path}`, { method, body, cookie, ...more });
  answers.push(answer.text);
  return answer;
}
const lastAudit = async () => (await ask("GET", "/audit?limit=1")).json[0];

test("CL-98: a registration whose commands its broker cannot carry is refused at the field", async () => {
  server.uncarried.add("plant.x/set");
  const command = { topic: "plant.{1}/set" };
  expect((await ask("POST", "/brokers", { id: "nats", url: "mqtt://nats.example" })).status).toBe(201);
  const pump = { id: "pump", broker: "nats", filter: "plant/+/on", type: "boolean", command };
  const pointerOf = async (body: object) => (await ask("POST", "/registrations", body)).json.errors?.[0];
  expect(await pointerOf(pump)).toMatchObject({ pointer: "/command/topic", detail: expect.stringContaining("2.10") });
  const { command: _, ...two } = {
    ...pump,
    type: undefined,
    values: { on: { value: "$.on", type: "boolean", command } },
  };
  expect(await pointerOf(two)).toMatchObject({ pointer: "/values/on/command/topic" });
  expect((await ask("POST", "/registrations", { ...pump, command: { topic: "plant/{1}/set" } })).status).toBe(201);
  expect((await ask("PUT", "/registrations/pump", pump)).status).toBe(400);
  for (const path of ["/registrations/pump", "/brokers/nats"]) expect((await ask("DELETE", path)).status).toBe(204);
});

test("AC-15: a registration's life, with its trail", async () => {
  const registration = { id: "temp", filter: "a/+/t", unit: "°C" };
  const created = await ask("POST", "/registrations", registration);
  expect([created.status, created.json]).toEqual([
    201,
    { origin: "store", version: expect.any(Number), registration, points: 0 },
  ]);
  expect(await lastAudit()).toMatchObject({
    actor: "admin",
    action: "registration.create",
    target: "temp",
    address: "127.0.0.1",
  });
  await server.listening("a/+/t");
  server.say("a/x/t", "20");
  expect((await ask("GET", "/registrations/temp")).json.points).toBe(1);
  expect((await ask("POST", "/registrations", registration)).status).toBe(409);
  const changed = { ...registration, unit: "K" };
  expect((await ask("PUT", "/registrations/temp", changed)).json.registration).toEqual(changed);
  expect(await lastAudit()).toMatchObject({ action: "registration.change", detail: { before: { unit: "°C" } } });
  const renamed = await ask("PUT", "/registrations/temp", { ...changed, id: "other" });
  expect([renamed.status, renamed.json.errors[0].pointer]).toEqual([400, "/id"]);
  expect((await ask("PUT", "/registrations/none", { ...changed, id: "none" })).status).toBe(404);

  const tiles = [{ kind: "value", point: "temp/x" }, { kind: "value", point: "temperature" }, { kind: "text" }];
  await ask("POST", "/dashboards", { slug: "plant", title: "Plant", tiles });
  expect((await ask("GET", "/registrations/temp/usage")).json).toEqual({
    tiles: [{ dashboard: "plant", title: "Plant", point: "temp/x", tile: "temp x" }],
  });
  expect((await ask("DELETE", "/registrations/temp")).status).toBe(204);
  expect(await lastAudit()).toMatchObject({ action: "registration.delete", target: "temp" });
  expect((await ask("DELETE", "/registrations/temp")).status).toBe(404);
});

const LIVES: [string, string, object, object][] = [
  ["registrations", "tank", { id: "tank", filter: "t", unit: "m" }, { id: "tank", filter: "t", unit: "l" }],
  ["dashboards", "hall", { slug: "hall", title: "Hall" }, { slug: "hall", title: "The hall" }],
  ["brokers", "barn", { id: "barn", url: "mqtt://b:1" }, { id: "barn", url: "mqtt://b:2" }],
];

test.each(LIVES)(
  "CF-33, CF-103: of two who change one of %s, the second is told what is there now",
  async (kind, id, first, second) => {
    const path = `/${kind}/${id}`;
    const made = await ask("POST", `/${kind}`, first);
    const { version } = made.json;
    expect(made.headers.etag).toBe(`"${version}"`);
    expect((await ask("GET", path)).headers.etag).toBe(`"${version}"`);
    const seen = { headers: { "if-match": `"${version}"` } };
    const changed = await ask("PUT", path, second, seen);
    expect(changed.status).toBe(200);
    expect(changed.json.version).toBeGreaterThan(version);
    expect(changed.headers.etag).toBe(`"${changed.json.version}"`);

    const here = kind === "dashboards" ? second : { [kind.slice(0, -1)]: second };
    for (const stale of [`"${version}"`, '"not-ours"', "garbage", `W/"${changed.json.version}"`]) {
      const refused = await ask("PUT", path, first, { headers: { "if-match": stale } });
      expect([stale, refused.status, refused.json.code]).toEqual([stale, 412, "changed"]);
      expect(refused.json.current).toMatchObject({ version: changed.json.version, ...here });
      const kept = await ask("DELETE", path, undefined, { headers: { "if-match": stale } });
      expect(kept.json.current).toMatchObject({ version: changed.json.version, ...here });
    }
    expect((await ask("GET", path)).json).toMatchObject({ version: changed.json.version, ...here });

    const either = `"${version}", "${changed.json.version}"`;
    expect((await ask("PUT", path, first, { headers: { "if-match": either } })).status).toBe(200);
    expect((await ask("PUT", path, second, { headers: { "if-match": "*" } })).status).toBe(200);
    const newest = (await ask("PUT", path, first)).json.version;
    expect((await ask("DELETE", path, undefined, { headers: { "if-match": `"${newest}"` } })).status).toBe(204);
    expect((await ask("POST", `/${kind}`, first)).json.version).toBeGreaterThan(newest);
    await ask("DELETE", path);
  },
);

test("a registration of telltale.yaml is shown and not changed", async () => {
  const other = await startApiServer({ file: [{ id: "fixed", filter: "f" }] });
  const admin = await other.signIn();
  const there = (method: string, body?: unknown) =>
    other.ask("/api/v1/registrations/fixed", { method, body, cookie: admin });
  expect((await there("GET")).json.origin).toBe("file");
  expect((await there("PUT", { id: "fixed", filter: "g" })).status).toBe(403);
  expect((await there("DELETE")).status).toBe(403);
  await other.stop();
});

test("AC-15: a dashboard's life, with its trail", async () => {
  expect((await ask("POST", "/dashboards", { slug: "roof", title: "Roof" })).json).toEqual({
    slug: "roof",
    title: "Roof",
    sections: [],
    origin: "store",
    version: expect.any(Number),
  });
  expect((await ask("PUT", "/dashboards/roof", { slug: "roof", title: "The roof" })).json.title).toBe("The roof");
  expect((await ask("PUT", "/dashboards/roof", { slug: "attic", title: "x" })).json.errors[0].pointer).toBe("/slug");
  expect(await lastAudit()).toMatchObject({ action: "dashboard.change", target: "roof" });
  expect((await ask("DELETE", "/dashboards/roof")).status).toBe(204);
  expect((await ask("GET", "/dashboards/roof")).status).toBe(404);
});

test("AC-11: a broker's secrets are kept, replaced and removed without ever being read", async () => {
  const open = { id: "main", url: "mqtts://broker.example:8883", username: "telltale" };
  const created = await ask("POST", "/brokers", { ...open, password: SECRET, key: KEY });
  expect(created.status).toBe(201);
  expect(created.json).toMatchObject({
    broker: open,
    has: { password: true, key: true },
    state: { state: "connecting" },
  });
  const stored = () => server.catalog.brokers().find(({ item }) => item.id === "main")?.item;

  await ask("PUT", "/brokers/main", { ...open, name: "The broker" });
  expect(stored()).toMatchObject({ name: "The broker", password: SECRET, key: KEY });
  expect((await lastAudit()).detail.secretsChanged).toBeUndefined();
  await ask("PUT", "/brokers/main", { ...open, password: "n3w-secret", key: null });
  expect(stored()).toMatchObject({ password: "n3w-secret" });
  expect(stored()).not.toHaveProperty("key");
  expect((await lastAudit()).detail).toMatchObject({ secretsChanged: ["password", "key"] });

  expect((await ask("POST", "/brokers/test", open)).json).toEqual({
    ok: false,
    fault: "refused",
    reason: "nothing listens there",
  });
  expect(server.brokers.tested.pop()).toEqual({ ...open, password: "n3w-secret" });
  await ask("POST", "/brokers/test", { ...open, id: "new", password: SECRET });
  expect(server.brokers.tested.pop()).toEqual({ ...open, id: "new", password: SECRET });
  expect((await ask("POST", "/brokers", { ...open, url: `mqtt://u:${SECRET}@h` })).status).toBe(400);
  expect((await ask("GET", "/brokers/main")).status).toBe(200);
  expect((await ask("DELETE", "/brokers/main")).status).toBe(204);
});

test("AC-15: a person's life, with its trail", async () => {
  const created = await ask("POST", "/users", { username: "bea", password: PASSWORD, role: "viewer" });
  expect([created.status, created.json]).toEqual([
    201,
    { id: expect.any(String), username: "bea", name: "bea", role: "viewer", createdAt: expect.any(Number) },
  ]);
  const path = `/users/${created.json.id}`;
  expect((await ask("POST", "/users", { username: "BEA", password: PASSWORD, role: "viewer" })).json).toMatchObject({
    status: 409,
    errors: [{ pointer: "/username" }],
  });
  const changed = await ask("PATCH", path, { name: "Bea", role: "operator", password: "another-s3cret" });
  expect(changed.json).toMatchObject({ name: "Bea", role: "operator" });
  expect((await lastAudit()).detail).toEqual({ username: "bea", name: "Bea", role: "operator", passwordChanged: true });
  expect((await ask("PATCH", path, { role: "king" })).status).toBe(400);
  expect((await ask("GET", "/users")).json).toHaveLength(2);
  expect((await ask("DELETE", path)).status).toBe(204);
  expect(await lastAudit()).toMatchObject({ action: "user.delete", detail: { username: "bea" } });
});

test("the audit trail is paged, newest first", async () => {
  const all = (await ask("GET", "/audit?limit=500")).json as { id: number }[];
  const ids = all.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
  const page = (await ask("GET", `/audit?limit=2&before=${ids[1]}`)).json as { id: number }[];
  expect(page.map(({ id }) => id)).toEqual(ids.slice(2, 4));
  expect((await ask("GET", "/audit?target=temp")).json).toHaveLength(3);
});

test("AC-11: no secret is in any answer, audit row or log line of all the above", async () => {
  const said = [...answers, JSON.stringify(server.logged), JSON.stringify(await server.store.audit({ limit: 500 }))];
  for (const secret of [SECRET, KEY, "n3w-secret", "another-s3cret", PASSWORD])
    expect(said.filter((text) => text.includes(secret))).toEqual([]);
  expect(said.length).toBeGreaterThan(30);
});

describe("FA-20: a stored secret is used only with the scheme, host, port and user that it was saved for", () => {
  const open = { id: "main", url: "mqtts://broker.example", username: "telltale" };
  beforeEach(async () => {
    await ask("POST", "/brokers", { ...open, password: SECRET, key: KEY });
    server.brokers.tested.length = 0;
  });
  afterEach(() => ask("DELETE", "/brokers/main"));

  test.each([
    ["another scheme", { url: "mqtt://broker.example:8883" }],
    ["another host", { url: "mqtts://broker.example.evil.test" }],
    ["another port", { url: "mqtts://broker.example:8884" }],
    ["another user", { username: "someone" }],
    ["no user", { username: undefined }],
  ])("%s: the password must be entered again", async (_what, over) => {
    const stored = () => server.catalog.brokers().find(({ item }) => item.id === "main")?.item;
    const body = { ...open, ...over };
    for (const [method, path] of [
      ["PUT", "/brokers/main"],
      ["POST", "/brokers/test"],
    ] as const) {
      const answer = await ask(method, path, body);
      expect([answer.status, answer.json.errors[0].pointer]).toEqual([400, "/password"]);
      expect(answer.json.errors[0].detail).toContain("Enter the password again");
      expect((await ask(method, path, { ...body, password: "other" })).json.errors[0].pointer).toBe("/key");
      expect(JSON.stringify(answer.json)).not.toContain(SECRET);
    }
    expect(server.brokers.tested).toEqual([]);
    expect(stored()).toEqual({ ...open, password: SECRET, key: KEY });
    expect((await ask("PUT", "/brokers/main", { ...body, password: null, key: null })).status).toBe(200);
    expect(stored()).not.toHaveProperty("password");
  });

  test.each([["mqtts://broker.example:8883"], ["mqtts://BROKER.example"]])("%s is the same address", async (url) => {
    await ask("POST", "/brokers/test", { ...open, url });
    expect(server.brokers.tested.pop()).toEqual({ ...open, url, password: SECRET, key: KEY });
  });
});
