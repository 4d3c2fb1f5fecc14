import { afterAll, beforeAll, expect, test } from "vitest";
import { PointId } from "../../lib/ids";
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
/** When all of it was said. */
let began: number;
beforeAll(async () => {
  server = await startApiServer({
    connected: true,
    topics: [
      { id: "boiler", filter: "plant/boiler" },
      { id: "climate", filter: "greenhouse/+/climate", values: { t: { value: "$.t" } } },
      { id: "log", filter: "log/+", type: "text" },
      { id: "odd", filter: "odd/+", values: { x: { value: "$.x" } } },
      CAMERA,
      { id: "pump", filter: "plant/pump", type: "boolean", command: { topic: "plant/pump/set" } },
    ],
  });
  began = server.clock.now();
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
  expect(all.json[5]).toMatchObject({ value: false, at: began, operable: true, command_state: null });
  expect(all.json[0].operable).toBe(false);
  expect((await server.ask("/api/v1/points", { cookie: viewer })).json[5].operable).toBe(false);
  const some = await server.ask("/api/v1/points?registration=climate", { cookie: viewer });
  expect(some.json).toHaveLength(1);
});

test("MS-33: why a point takes no commands, and what is asked before one, is answered in words", async () => {
  const command = { topic: "$CONTROL/relay", ask: true };
  const relay = { id: "relay", filter: "plant/relay", type: "boolean", command } as const;
  const own = await startApiServer({ connected: true, topics: [relay] });
  const { json } = await own.ask("/api/v1/points/relay", { cookie: await own.signIn() });
  await own.stop();
  expect(json.command.ask).toBe("Send this command?");
  expect(json.command.blocked).toMatch(/^The command topic "\$CONTROL\/relay" cannot be used: .*use another topic\.$/);
});

test("MS-25: why a payload could not be read is answered in words", async () => {
  server.say("log/rejected", Buffer.from([0xff]));
  const answer = await server.ask("/api/v1/points/log%2Frejected", { cookie: viewer });
  expect(answer.json.status.reject).toEqual({ message: "the payload is not UTF-8 text", at: began, count: 1 });
  // MS-26: and why the point is as it is.
  expect(answer.json.status).toMatchObject({ freshness: "unknown", reason: "nothing received yet" });
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
  server.history.append({ point: PointId.parse("climate/north.t"), at: 1500, value: 18 });
  server.history.append({ point: PointId.parse("log/history"), at: 1500, value: "a" });
  for (const [path, value] of [
    ["climate/north.t/history", 18],
    ["climate%2Fnorth.t/history", 18],
    ["log%2Fhistory/history", "a"],
    ["log/history/history", "a"],
  ] as const) {
    const answer = await server.ask(`/api/v1/points/${path}?from=1000&to=2000&width=5`, { cookie: viewer });
    expect([path, answer.json]).toEqual([path, { tier: "raw", t: [1500], value: [value], before: null }]);
  }
});

test("HT-4: what a device reports is in the point's history at once", async () => {
  const { json } = await server.ask("/api/v1/points/boiler/history", { cookie: viewer });
  expect(json).toEqual({ tier: "raw", t: [began], value: [21.5], before: null });
});

test("history takes ISO 8601 and answers the last hour, a thousand readings, unless told otherwise", async () => {
  const point = PointId.parse("boiler");
  const day = Date.UTC(2025, 5, 1);
  for (const hour of [0, 1, 2]) server.history.append({ point, at: day + hour * 3_600_000, value: hour });
  const iso = await server.ask("/api/v1/points/boiler/history?from=2025-06-01T01:00:00Z&to=2025-06-01T02:00:00Z", {
    cookie: viewer,
  });
  expect(iso.json).toMatchObject({ t: [day + 3_600_000], value: [1], before: { t: day, value: 0 } });

  // With the reading of now a thousand, and one that is an hour and a millisecond old.
  const now = server.clock.now();
  for (let i = 0; i < 1000; i++) server.history.append({ point, at: now - 3_600_001 + i * 3000, value: i });
  const hour = await server.ask("/api/v1/points/boiler/history", { cookie: viewer });
  expect(hour.json).toMatchObject({ tier: "raw", before: { t: now - 3_600_001, value: 0 } });
  expect(hour.json.t).toHaveLength(1000);
  server.history.append({ point, at: now - 1, value: 0 });
  const more = await server.ask("/api/v1/points/boiler/history", { cookie: viewer });
  expect(more.json.tier).not.toBe("raw");
  expect(more.json.t.length).toBeLessThanOrEqual(1000);
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

test("TM-13, TM-104: the newest message on the point's topic, as it came; nobody sees more than their points", async () => {
  const message = await server.ask("/api/v1/points/climate/north.t/message", { cookie: viewer });
  expect(message.json).toEqual({
    topic: "greenhouse/north/climate",
    at: began,
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
