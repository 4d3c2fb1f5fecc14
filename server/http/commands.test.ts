import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Access, Role } from "../../lib/access";
import type { BrokerState } from "../../lib/broker";
import { Command, type RefusalCode } from "../../lib/command";
import { asWording } from "../../lib/texts/said";
import { type ApiServer, PASSWORD, startApiServer } from "../testing/apiServer";
import { connectedState } from "../testing/fakeBrokers";

/** The broker is away; an address is in the reason, which is for operators. */
const OFFLINE: BrokerState = {
  id: "main" as never,
  name: "main",
  since: 0,
  state: "offline",
  fault: "lost",
  reason: asWording("10.0.0.7 is gone"),
};

/** The whole way of a command over HTTP: the real command service decides, and the broker that would carry it is played. */

const ID = "7c8ba2b1-9c43-4a52-a1a4-8a3d6ad4f3de";
const OTHER_ID = "3f2b1c80-54f1-4d8f-9d0c-6b1f0e4f7a11";

let server: ApiServer;
let admin: string;
async function start(): Promise<void> {
  server = await startApiServer({
    connected: true,
    topics: [
      { id: "boiler", filter: "plant/boiler" },
      { id: "pump", filter: "plant/pump", type: "boolean", command: { topic: "plant/pump/set" } },
      {
        id: "door",
        filter: "plant/door",
        type: "boolean",
        command: { topic: "plant/door/set", ask: "Open the door?" },
        availability: { filter: "plant/door/online" },
      },
    ],
  });
  server.say("plant/boiler", "21.5");
  server.say("plant/pump", "false");
  server.say("plant/door", "false");
  admin = await server.signIn();
}

/** The session of another person; passwords take their time, so only those are there that a test needs. */
async function signedIn(role: Role): Promise<string> {
  await server.people.create({ username: role, password: PASSWORD, role });
  return server.signIn(role);
}

interface Sent {
  cookie?: string;
  point?: string;
  expires?: number | string;
}
const send = (body: unknown, { cookie = admin, point = "pump", expires }: Sent = {}) =>
  server.ask(`/api/v1/points/${point}/commands`, {
    method: "POST",
    cookie,
    body,
    headers: expires === undefined ? {} : { "telltale-expires": String(expires) },
  });
const dismiss = (id: string, { cookie = admin, point = "pump" }: Sent = {}) =>
  server.ask(`/api/v1/points/${point}/commands/${id}/dismiss`, { method: "POST", cookie });
const trail = async (target = "pump") => (await server.store.audit({ limit: 50, target })).map(({ action }) => action);

let restore = () => {};
/** What the people's part says of everybody from now on, as when an admin changes rights. */
function everybodyIs(access: Pick<Access, "role" | "grants"> | null) {
  const { people } = server;
  const { session, recheck } = people;
  restore = () => void Object.assign(people, { session, recheck });
  people.recheck = async (one) => {
    const found = await recheck(one);
    return found && access && { ...found, ...access };
  };
  if (!access) return;
  people.session = async (headers) => {
    const found = await session(headers);
    return found && { ...found, access: { ...found.access, ...access } };
  };
}
const OPERATOR_ELSEWHERE = { role: "viewer", grants: [{ role: "operator", filter: "greenhouse/#" }] } as const;
/** As another process would that writes for long. */
const lockTheDatabase = () => server.database.exec("BEGIN IMMEDIATE");

describe("sending", () => {
  beforeEach(start);
  afterEach(() => server.stop());

  test("CM-1, CM-12: a command is on the wire with its answer, is confirmed by the device's report, and stands in list and trail", async () => {
    const answer = await send({ id: ID, value: true });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ id: ID, point: "pump", value: true, by: "admin", state: "acked" });
    expect(server.brokers.published).toMatchObject([
      { broker: "main", topic: "plant/pump/set", payload: "ON", commandId: ID },
    ]);
    server.say("plant/pump", "true");
    const viewer = await signedIn("viewer");
    const list = () => server.ask("/api/v1/points/pump/commands", { cookie: viewer });
    await expect.poll(async () => (await list()).json).toMatchObject([{ id: ID, state: "confirmed", late: false }]);
    expect((await server.ask("/api/v1/points/pump", { cookie: viewer })).json).toMatchObject({
      value: true,
      command_state: { id: ID, state: "confirmed" },
    });
    expect((await server.store.audit({ limit: 1, target: "pump" }))[0]).toMatchObject({
      action: "command",
      actor: "admin",
      address: "127.0.0.1",
    });
  });

  test("without an id of the caller's own the command gets one", async () => {
    const { json } = await send({ value: true });
    expect(json.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(server.brokers.published).toMatchObject([{ commandId: json.id }]);
  });

  test("HT-1: the same id and value again is the same command, and is not sent twice", async () => {
    await send({ id: ID, value: true });
    expect((await send({ id: ID, value: true })).json).toMatchObject({ id: ID, state: "acked" });
    expect(server.brokers.published).toHaveLength(1);
  });

  test.each([{ value: { deep: 1 } }, { value: true, topic: "a/#" }, { id: "1", value: true }, {}])(
    "AC-14: %j is refused before anything happens",
    async (body) => {
      expect((await send(body)).status).toBe(400);
      expect(server.brokers.published).toEqual([]);
      expect(await trail()).toEqual([]);
    },
  );

  test("AC-9: a viewer's command is turned away at the door", async () => {
    const answer = await send({ value: true }, { cookie: await signedIn("viewer") });
    expect([answer.status, answer.json.code]).toEqual([403, "not-allowed"]);
    expect(answer.json.command).toBeUndefined();
    expect(server.brokers.published).toEqual([]);
    expect(await trail()).toEqual([]);
  });

  test("CM-33: a command is carried out until Telltale-Expires, and not a millisecond later", async () => {
    const now = server.clock.now();
    expect((await send({ value: true }, { expires: now })).status).toBe(200);
    server.clock.advance(1500);
    server.say("plant/pump", "true");
    const late = await send({ value: false }, { expires: now });
    expect(late).toMatchObject({ status: 409, json: { code: "too-late", detail: expect.stringContaining("1.5 s") } });
    expect(server.brokers.published).toHaveLength(1);
    for (const wrong of ["soon", "-5", "1.5", "1e12", "2026-01-01T00:00:00Z"]) {
      const answer = await send({ value: false }, { expires: wrong });
      expect(answer.status).toBe(400);
      expect(answer.json.detail).toContain(`not "${wrong}"`);
    }
    expect(server.brokers.published).toHaveLength(1);
  });

  test("HT-2, AC-10: a point that is not there, or that the caller may not see, is answered 404 with the code", async () => {
    expect((await send({ value: true }, { point: "nope" })).json).toMatchObject({ status: 404, code: "no-such-point" });
    everybodyIs({ role: "none" as never, grants: [{ role: "operator", filter: "greenhouse/#" }] });
    expect((await send({ value: true })).json).toMatchObject({ status: 404, code: "no-such-point" });
    expect(server.brokers.published).toEqual([]);
  });
});

describe("refusals", () => {
  beforeAll(start);
  afterAll(() => server.stop());
  /** Half a minute later all is well again. */
  beforeEach(() => {
    restore();
    server.brokers.state = [connectedState()];
    server.brokers.outcome = { outcome: "acked" };
    server.clock.advance(30_000);
    server.say("plant/pump", "false");
    server.say("plant/door/online", "online");
  });

  /** As many as may come at once; the device reports each. */
  async function switchOnTwice(): Promise<void> {
    for (let i = 0; i < 2; i++) {
      expect((await send({ value: true })).status).toBe(200);
      server.say("plant/pump", "true");
    }
  }
  test("AC-80: too many commands are told the real wait in whole seconds, rounded up, and are let in after it", async () => {
    await switchOnTwice();
    server.clock.advance(600);
    const early = await send({ value: true });
    expect([early.status, early.headers["retry-after"]]).toEqual([429, "1"]);
    server.clock.advance(400);
    expect((await send({ value: true })).status).toBe(200);
  });

  /** How each comes about; answers the command that is refused. */
  const WAYS: [RefusalCode, number, () => Promise<Awaited<ReturnType<typeof send>>>][] = [
    [
      "not-signed-in",
      401,
      () => {
        // Signed out while the request was on its way.
        everybodyIs(null);
        return send({ value: true });
      },
    ],
    [
      "not-allowed",
      403,
      () => {
        everybodyIs(OPERATOR_ELSEWHERE);
        return send({ value: true });
      },
    ],
    ["not-an-actuator", 422, () => send({ value: true }, { point: "boiler" })],
    ["bad-value", 422, () => send({ value: "blue" })],
    ["confirmation-needed", 409, () => send({ value: true }, { point: "door" })],
    [
      "device-offline",
      409,
      () => {
        server.say("plant/door/online", "offline");
        return send({ value: true, confirmed: true }, { point: "door" });
      },
    ],
    [
      "duplicate",
      409,
      async () => {
        await send({ id: ID, value: true });
        return send({ id: ID, value: false });
      },
    ],
    ["too-late", 409, () => send({ value: true }, { expires: server.clock.now() - 1 })],
    [
      "too-fast",
      429,
      async () => {
        await switchOnTwice();
        return send({ value: true });
      },
    ],
    [
      "broker-down",
      503,
      () => {
        server.brokers.state = [OFFLINE];
        return send({ value: true });
      },
    ],
    [
      "audit-unavailable",
      503,
      async () => {
        lockTheDatabase();
        const answer = await send({ value: true });
        server.database.exec("ROLLBACK");
        return answer;
      },
    ],
    [
      "busy",
      409,
      // Last but one: the broker never answers that command.
      async () => {
        server.brokers.outcome = undefined;
        await send({ value: true }, { cookie: await signedIn("operator") });
        return send({ value: true });
      },
    ],
    [
      "shutting-down",
      503,
      async () => {
        await server.commands.stop();
        return send({ value: true });
      },
    ],
  ];

  test.each(WAYS)(
    "HT-2: refused as %s is answered %i, with the command, and nothing goes out",
    async (code, status, way) => {
      const answer = await way();
      const { id, point } = answer.json.command;
      expect(answer.status).toBe(status);
      expect(answer.headers["content-type"]).toBe("application/problem+json");
      expect(answer.json).toMatchObject({ status, code, command: { state: "refused", code, by: "admin" } });
      expect(answer.json.detail).toBe(answer.json.command.reason);
      expect(answer.text).not.toContain("10.0.0.7");
      expect(answer.headers["retry-after"]).toBe(status === 429 ? "1" : undefined);
      const out = server.brokers.published.filter(({ commandId }) => commandId === id);
      expect(out).toHaveLength(code === "duplicate" ? 1 : 0);
      // Nobody waits for that row.
      await expect.poll(() => trail(point)).toContain("command-refused");
    },
  );
});

describe("why it came to nothing", () => {
  beforeEach(start);
  afterEach(() => server.stop());

  const list = async () => (await server.ask("/api/v1/points/pump/commands", { cookie: admin })).json;
  const audited = async () => (await server.ask("/api/v1/audit?target=pump&limit=1", { cookie: admin })).json[0];

  test("MS-12: it is stored and audited as a key with arguments, and answered in words", async () => {
    server.brokers.state = [OFFLINE];
    const words = 'The broker "main" is not connected: the connection was lost.';
    expect((await send({ id: ID, value: true })).json).toMatchObject({ detail: words, command: { reason: words } });
    await expect.poll(() => trail()).toContain("command-refused");
    const said = {
      code: "commands.brokerOffline",
      args: { broker: "main", why: { code: "commands.faultLost" } },
    };
    expect((await server.store.audit({ limit: 1, target: "pump" }))[0]?.detail.reason).toEqual(said);
    expect((await audited()).detail.reason).toBe(words);
  });

  test("MS-13: what an older version stored in words is answered as it was stored", async () => {
    const reason = "Telltale was restarted while it was under way.";
    const old = { id: ID, point: "pump", value: true, by: "admin", at: 1, state: "unknown", endedAt: 2, reason };
    await server.store.openCommand({ command: Command.parse(old), userId: "admin", address: null });
    const detail = { value: true, reason };
    await server.store.appendAudit({
      ...{ at: 3, actor: "admin", action: "command-refused", target: "pump", detail, address: null },
    });
    expect(await list()).toEqual([old]);
    expect((await audited()).detail).toEqual(detail);
  });
});

describe("dismissing", () => {
  beforeEach(start);
  afterEach(() => server.stop());

  /** A command that the broker refused: its outcome stays on the tile. */
  async function failed(id = ID): Promise<void> {
    server.brokers.outcome = { outcome: "failed", code: 135, reason: asWording("The broker does not allow it.") };
    expect((await send({ id, value: true })).json).toMatchObject({ id, state: "failed" });
  }

  test("AC-82: who may operate the point takes the outcome off it, for everyone, which stands in the trail", async () => {
    await failed();
    const answer = await dismiss(ID);
    expect(answer).toMatchObject({ status: 200, json: { id: ID, state: "failed", dismissed: { by: "admin" } } });
    expect((await server.ask("/api/v1/points/pump", { cookie: admin })).json.command_state).toEqual(answer.json);
    expect(await server.store.unsettledCommands()).toEqual([]);
    expect((await server.store.audit({ limit: 1, target: "pump" }))[0]).toMatchObject({
      action: "command-dismissed",
      actor: "admin",
      address: "127.0.0.1",
    });
    // Twice is once.
    expect((await dismiss(ID)).json).toEqual(answer.json);
    expect((await trail()).filter((action) => action === "command-dismissed")).toHaveLength(1);
  });

  test("HT-3, AC-82: without the right, or while the database does not answer, it stays", async () => {
    await failed();
    expect((await dismiss(ID, { cookie: await signedIn("viewer") })).status).toBe(403);
    lockTheDatabase();
    expect(await dismiss(ID)).toMatchObject({ status: 503, json: { code: "unavailable" } });
    server.database.exec("ROLLBACK");
    everybodyIs(OPERATOR_ELSEWHERE);
    expect(await dismiss(ID)).toMatchObject({ status: 403, json: { code: "not-allowed" } });
    expect(await server.store.unsettledCommands()).toMatchObject([{ id: ID }]);
    expect(await trail()).not.toContain("command-dismissed");
  });

  test("HT-3: what is not shown, is no id or is of no such point is answered 404", async () => {
    await failed();
    await failed(OTHER_ID);
    expect(await dismiss(ID)).toMatchObject({ status: 404, json: { code: "not-found" } });
    expect((await dismiss("not-an-id")).status).toBe(404);
    expect((await dismiss(OTHER_ID, { point: "nope" })).status).toBe(404);
    expect(await server.store.unsettledCommands()).toMatchObject([{ id: OTHER_ID }]);
  });
});

test("CM-103: every answer of the API tells the server's time, refusals too", async () => {
  await start();
  const viewer = await signedIn("viewer");
  for (const [path, cookie, status] of [
    ["/api/v1/points", admin, 200],
    ["/api/v1/points", undefined, 401],
    ["/api/v1/users", viewer, 403],
    ["/api/v1/points/nope", admin, 404],
    ["/api/v1/points?registration=", admin, 400],
  ] as const) {
    server.clock.advance(17);
    const answer = await server.ask(path, { cookie });
    expect([path, answer.status, answer.headers["telltale-time"]]).toEqual([path, status, String(server.clock.now())]);
  }
  await server.stop();
});
