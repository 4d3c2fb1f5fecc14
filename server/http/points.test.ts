import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Command, RefusalCode } from "../../lib/command";
import { Registration } from "../../lib/registration";
import { type ApiServer, PASSWORD, startApiServer } from "../testing/apiServer";

/** A PNG of one pixel: its header and its end. */
const PICTURE = Buffer.from(
  "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000049454e44ae426082",
  "hex",
);
const CAMERA = { id: "camera", filter: "yard/camera", format: "image" } as const;

let server: ApiServer;
let admin: string;
let viewer: string;
beforeAll(async () => {
  server = await startApiServer({
    topics: [
      { id: "boiler", filter: "plant/boiler" },
      { id: "climate", filter: "greenhouse/+/climate", values: { t: { value: "$.t" } } },
      { id: "log", filter: "log/+", type: "text" },
      { id: "odd", filter: "odd/+", values: { x: { value: "$.x" } } },
      CAMERA,
      { id: "pump", filter: "plant/pump", type: "boolean", command: { topic: "plant/pump/set" } },
    ],
  });
  server.say("plant/boiler", "21.5");
  server.say("greenhouse/north/climate", '{"t":19}', { retained: true });
  server.say("log/history", "a");
  server.say("odd/a%2Fb ü?", '{"x":true}');
  server.say(CAMERA.filter, PICTURE);
  server.say("plant/pump", "false");
  await server.people.create({ username: "viewer", password: PASSWORD, role: "viewer" });
  admin = await server.signIn();
  viewer = await server.signIn("viewer");
});
afterAll(() => server.stop());
beforeEach(() => {
  server.commands.sent.length = 0;
  server.commands.refuseWith = undefined;
});

test("points come with their present reading, and say whether the caller may operate them", async () => {
  const all = await server.ask("/api/v1/points", { cookie: admin });
  expect(all.json.map((p: { id: string }) => p.id)).toEqual([
    "boiler",
    "climate/north.t",
    "log/history",
    "odd/a%2Fb ü?.x",
    "camera",
    "pump",
  ]);
  expect(all.json[5]).toMatchObject({ value: false, at: 1000, operable: true, command_state: null });
  expect(all.json[0].operable).toBe(false);
  expect((await server.ask("/api/v1/points", { cookie: viewer })).json[5].operable).toBe(false);
  const some = await server.ask("/api/v1/points?registration=climate", { cookie: viewer });
  expect(some.json).toHaveLength(1);
});

test.each([
  ["/boiler", "boiler"],
  ["/climate/north.t", "climate/north.t"],
  ["/climate%2Fnorth.t", "climate/north.t"],
  ["/climate%2fnorth.t", "climate/north.t"],
  ["/log%2Fhistory", "log/history"],
  [`/${encodeURIComponent("odd/a%2Fb ü?.x")}`, "odd/a%2Fb ü?.x"],
])("AC-12: GET /points%s is the point %s", async (path, id) => {
  expect((await server.ask(`/api/v1/points${path}`, { cookie: viewer })).json).toMatchObject({ id });
});

test("AC-12: history of an id with slashes, in both spellings, and of a point that is itself called history", async () => {
  for (const [path, point] of [
    ["climate/north.t/history", "climate/north.t"],
    ["climate%2Fnorth.t/history", "climate/north.t"],
    ["log%2Fhistory/history", "log/history"],
    ["log/history/history", "log/history"],
  ]) {
    const answer = await server.ask(`/api/v1/points/${path}?from=1000&to=2000&width=5`, { cookie: viewer });
    expect(answer.json).toEqual({ tier: "raw", t: [1000], value: [21.5], before: null });
    expect(server.history.asked.pop()).toEqual({ point, from: 1000, to: 2000, limit: 5 });
  }
});

test("history takes ISO 8601 and answers the last hour, a thousand readings, unless told otherwise", async () => {
  const path = "/api/v1/points/boiler/history";
  await server.ask(`${path}?from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z`, { cookie: viewer });
  expect(server.history.asked.pop()).toMatchObject({ from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 1, 1) });
  const before = Date.now();
  await server.ask(path, { cookie: viewer });
  const asked = server.history.asked.pop();
  expect(asked?.limit).toBe(1000);
  expect(asked?.to).toBeGreaterThan(before);
  expect((asked?.to ?? 0) - (asked?.from ?? 0)).toBe(3_600_000);
});

test.each([
  ["from=yesterday", "?from"],
  ["from=5&to=5", "?from"],
  ["width=0", "?width"],
  ["width=1e9", "?width"],
])("AC-13: history with %s is refused at %s", async (query, pointer) => {
  const answer = await server.ask(`/api/v1/points/boiler/history?${query}`, { cookie: viewer });
  expect([answer.status, answer.json.errors[0].pointer]).toEqual([400, pointer]);
});

test("AC-10: a point outside the caller's grants is in no list, and is not there", async () => {
  const { people } = server;
  const session = people.session;
  // Nobody's role is below viewer yet; the filter must hold before grants come.
  people.session = async (headers) => {
    const found = await session(headers);
    return (
      found && {
        ...found,
        access: { ...found.access, role: "none" as never, grants: [{ role: "viewer", filter: "greenhouse/#" }] },
      }
    );
  };
  try {
    const list = await server.ask("/api/v1/points", { cookie: viewer });
    expect(list.json.map((p: { id: string }) => p.id)).toEqual(["climate/north.t"]);
    for (const end of ["", "/history", "/readings", "/commands"])
      expect((await server.ask(`/api/v1/points/pump${end}`, { cookie: viewer })).status).toBe(404);
  } finally {
    people.session = session;
  }
});

describe("commands", () => {
  const command = (body: unknown, cookie = admin, point = "pump") =>
    server.ask(`/api/v1/points/${point}/commands`, { method: "POST", cookie, body });

  test("CM-1: a command goes through the command service, with who and from where", async () => {
    const answer = await command({ value: true });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ state: "sent", point: "pump", value: true, by: "admin" });
    expect(server.commands.sent).toMatchObject([
      { request: { id: answer.json.id, point: "pump", value: true }, address: "127.0.0.1" },
    ]);
  });

  test("CM-1: the caller's own id is the command's", async () => {
    const id = "7c8ba2b1-9c43-4a52-a1a4-8a3d6ad4f3de";
    expect((await command({ id, value: true, confirmed: true })).json.id).toBe(id);
    expect(server.commands.sent[0]?.request.confirmed).toBe(true);
  });

  test.each([{ value: { deep: 1 } }, { value: true, topic: "a/#" }, { id: "1", value: true }, {}])(
    "AC-14: %j never reaches the command service",
    async (body) => {
      expect((await command(body)).status).toBe(400);
      expect(server.commands.sent).toEqual([]);
    },
  );

  test("AC-9: a viewer's command never reaches the command service", async () => {
    const answer = await command({ value: true }, viewer);
    expect([answer.status, answer.json.code]).toEqual([403, "not-allowed"]);
    expect(server.commands.sent).toEqual([]);
  });

  test.each<[RefusalCode, number]>([
    ["not-signed-in", 401],
    ["not-allowed", 403],
    ["no-such-point", 404],
    ["busy", 409],
    ["confirmation-needed", 409],
    ["device-offline", 409],
    ["duplicate", 409],
    ["bad-value", 422],
    ["too-fast", 429],
    ["broker-down", 503],
    ["audit-unavailable", 503],
    ["shutting-down", 503],
  ])("CM-2: refused as %s is answered %i, with the command", async (code, status) => {
    server.commands.refuseWith = code;
    const answer = await command({ value: true });
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.json).toMatchObject({ status, code, command: { state: "refused", code, point: "pump" } });
    expect(answer.headers["retry-after"]).toBe(status === 429 ? "1" : undefined);
  });

  test.each([
    [1, "1"],
    [1000, "1"],
    [1001, "2"],
    [2400, "3"],
  ])(
    "AC-80: too many commands are answered with the wait of %i ms in whole seconds, rounded up",
    async (ms, seconds) => {
      server.commands.refuseWith = "too-fast";
      server.commands.retryAfter = ms;
      expect((await command({ value: true })).headers["retry-after"]).toBe(seconds);
    },
  );

  test("AC-82: the outcome of a command is dismissed through the command service, with who and from where", async () => {
    const id = "7c8ba2b1-9c43-4a52-a1a4-8a3d6ad4f3de";
    const shown: Command = {
      id: id as Command["id"],
      point: "pump" as Command["point"],
      value: true,
      by: "admin",
      at: 1,
      state: "unconfirmed",
      endedAt: 2,
      reason: "no answer",
      dismissed: { by: "admin", at: 3 },
    };
    const dismiss = (one: string, cookie = admin, point = "pump") =>
      server.ask(`/api/v1/points/${point}/commands/${one}/dismiss`, { method: "POST", cookie });
    server.commands.dismissal = { ok: true, value: shown };
    const answer = await dismiss(id);
    expect(answer).toMatchObject({ status: 200, json: shown });
    expect(server.commands.dismissed).toMatchObject([{ request: { id, point: "pump" }, address: "127.0.0.1" }]);
    for (const [code, status] of [
      ["not-allowed", 403],
      ["not-found", 404],
      ["unavailable", 503],
    ] as const) {
      server.commands.dismissal = { ok: false, error: { code, message: "why" } };
      expect(await dismiss(id)).toMatchObject({ status, json: { code, detail: "why" } });
    }
    const asked = server.commands.dismissed.length;
    expect((await dismiss("not-an-id")).status).toBe(404);
    expect((await dismiss(id, admin, "nope")).status).toBe(404);
    expect((await dismiss(id, viewer)).status).toBe(403);
    expect(server.commands.dismissed).toHaveLength(asked);
  });

  test("CM-33: Telltale-Expires reaches the command service as the time it names, and without it nothing expires", async () => {
    const send = (expires?: string) =>
      server.ask("/api/v1/points/pump/commands", {
        method: "POST",
        cookie: admin,
        body: { value: true },
        headers: expires === undefined ? {} : { "telltale-expires": expires },
      });
    await send("1796022895249");
    await send();
    expect(server.commands.sent.map(({ request }) => request.expiry)).toEqual([
      { by: "time", at: 1796022895249 },
      { by: "never" },
    ]);
    for (const wrong of ["soon", "-5", "1.5", "1e12", "2026-01-01T00:00:00Z"]) {
      const answer = await send(wrong);
      expect(answer.status).toBe(400);
      expect(answer.json.detail).toContain(`not "${wrong}"`);
    }
    expect(server.commands.sent).toHaveLength(2);
  });

  test("CM-103: every answer of the API tells the server's time, refusals too", async () => {
    for (const [path, cookie, status] of [
      ["/api/v1/points", admin, 200],
      ["/api/v1/points", undefined, 401],
      ["/api/v1/users", viewer, 403],
      ["/api/v1/points/nope", admin, 404],
      ["/api/v1/points?registration=", admin, 400],
    ] as const) {
      const before = Date.now();
      const answer = await server.ask(path, { cookie });
      const time = Number(answer.headers["telltale-time"]);
      expect([path, answer.status]).toEqual([path, status]);
      expect(time).toBeGreaterThanOrEqual(before);
      expect(time).toBeLessThanOrEqual(Date.now());
    }
  });

  test("CM-2: a point that is not there is answered 404 with the code", async () => {
    expect((await command({ value: true }, admin, "nope")).json).toMatchObject({ status: 404, code: "no-such-point" });
  });
});

test("TM-13, TM-104: the newest message on the point's topic, as it came; nobody sees more than their points", async () => {
  const message = await server.ask("/api/v1/points/climate/north.t/message", { cookie: viewer });
  expect(message.json).toEqual({
    topic: "greenhouse/north/climate",
    at: 1000,
    retained: true,
    size: 8,
    payload: btoa('{"t":19}'),
  });
  expect((await server.ask("/api/v1/points/nobody/message", { cookie: viewer })).status).toBe(404);
});

test("DC-122: the picture of a point goes out as what it was recognised as, and as nothing that could run", async () => {
  const { json } = await server.ask("/api/v1/points/camera", { cookie: viewer });
  const hash = /hash=([0-9a-f]{14})$/.exec(json.value)?.[1];
  const picture = await server.ask("/api/v1/points/camera/image", { cookie: viewer });
  expect(picture).toMatchObject({ status: 200, text: PICTURE.toString() });
  expect(picture.headers).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    etag: `"${hash}"`,
    "cache-control": "private, no-cache",
  });
  const kept = await server.ask(`/api/v1/points/camera/image?hash=${hash}`, { cookie: viewer });
  expect(kept.headers["cache-control"]).toContain("immutable");
  const headers = { "if-none-match": `"${hash}"` };
  expect((await server.ask("/api/v1/points/camera/image", { cookie: viewer, headers })).status).toBe(304);
  expect((await server.ask("/api/v1/points/boiler/image", { cookie: viewer })).status).toBe(404);
  expect((await server.ask("/api/v1/points/camera/image?hash=0000000000000b", { cookie: viewer })).status).toBe(404);
  await server.catalog.putRegistration(Registration.parse({ ...CAMERA, filter: "another/camera" }), "replace");
  await server.listening("another/camera");
  expect((await server.ask("/api/v1/points/camera/image", { cookie: viewer })).status).toBe(404);
  expect((await server.ask("/api/v1/points/camera/image")).status).toBe(401);
});
