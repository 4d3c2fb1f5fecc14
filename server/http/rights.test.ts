import { afterAll, beforeAll, expect, test } from "vitest";
import type { Needs } from "../../lib/access";
import { allContracts } from "../../lib/api/contracts";
import { Broker } from "../../lib/broker";
import { asWording, say } from "../../lib/texts/said";
import { type ApiServer, type Asked, PASSWORD, startApiServer } from "../testing/apiServer";

/** What each route needs, by hand: whoever adds or changes a route looks at this list too. */
const TABLE: Record<Needs, readonly string[]> = {
  anyone: ["DELETE /session", "GET /session", "POST /session", "POST /setup"],
  account: ["POST /session/password"],
  see: [
    "GET /alarms",
    "GET /brokers",
    "GET /brokers/{id}",
    "GET /dashboards",
    "GET /dashboards/{slug}",
    "GET /history",
    "GET /history/export",
    "GET /journal",
    "GET /points",
    "GET /points/{id}",
    "GET /points/{id}/commands",
    "GET /points/{id}/history",
    "GET /points/{id}/image",
    "GET /points/{id}/message",
    "GET /points/{id}/readings",
  ],
  operate: [
    "POST /alarms/{id}/ack",
    "POST /alarms/{id}/shelve",
    "POST /alarms/{id}/unshelve",
    "POST /points/{id}/commands",
    "POST /points/{id}/commands/{command}/dismiss",
  ],
  setup: [
    "GET /discovery",
    "GET /found",
    "POST /found/keep-all",
    "POST /found/{key}/clear",
    "POST /found/{key}/ignore",
    "POST /found/{key}/keep",
    "GET /registrations",
    "POST /registrations",
    "DELETE /registrations/{id}",
    "GET /registrations/{id}",
    "PUT /registrations/{id}",
    "GET /registrations/{id}/usage",
  ],
  admin: [
    "GET /alarm-rules",
    "POST /alarm-rules",
    "POST /alarm-rules/from-thresholds",
    "DELETE /alarm-rules/{id}",
    "GET /alarm-rules/{id}",
    "PUT /alarm-rules/{id}",
    "GET /audit",
    "GET /backups",
    "POST /backups",
    "DELETE /backups/{name}",
    "GET /backups/{name}",
    "POST /brokers",
    "POST /brokers/test",
    "DELETE /brokers/{id}",
    "PUT /brokers/{id}",
    "POST /dashboards",
    "DELETE /dashboards/{slug}",
    "PUT /dashboards/{slug}",
    "PUT /discovery",
    "POST /history/import",
    "GET /nodes",
    "GET /users",
    "POST /users",
    "DELETE /users/{id}",
    "PATCH /users/{id}",
  ],
};

const CALLERS = ["nobody", "viewer", "operator", "admin"] as const;
type Caller = (typeof CALLERS)[number];
const RANK: Record<Caller, number> = { nobody: 0, viewer: 1, operator: 2, admin: 3 };
const LEAST: Record<Needs, number> = { anyone: 0, account: 1, see: 1, operate: 2, setup: 3, admin: 3 };
/** As the documentation names it. */
const LEVEL: Record<Needs, string> = {
  anyone: "anyone",
  account: "signed-in",
  see: "viewer",
  operate: "operator",
  setup: "admin",
  admin: "admin",
};

let server: ApiServer;
let anonymous: ApiServer;
const cookies: Partial<Record<Caller, string>> = {};

beforeAll(async () => {
  server = await startApiServer();
  anonymous = await startApiServer({ anonymous: true });
  for (const role of ["viewer", "operator"] as const)
    await server.people.create({ username: role, password: PASSWORD, role });
  for (const role of ["viewer", "operator", "admin"] as const) cookies[role] = await server.signIn(role);
});
afterAll(() => Promise.all([server.stop(), anonymous.stop()]));

/** A body that fits no schema: who may call gets 400 or 404, who may not must learn nothing of it. */
const asked = (method: string): Asked =>
  method === "GET" ? {} : { method, ...(method !== "DELETE" && { body: { nothing: "fits" } }) };
const filled = (path: string) => `/api/v1${path.replaceAll(/\{\w+\}/g, "no-such-thing")}`;

test("AC-9: every route needs what the table says", () => {
  const needs = allContracts.map((contract) => [`${contract.method} ${contract.path}`, contract.needs]);
  const table = Object.entries(TABLE).flatMap(([need, routes]) => routes.map((route) => [route, need]));
  expect(needs.sort()).toEqual(table.sort());
});

test("AC-9: every contract is a route of the API, which says who may call it", async () => {
  const { json } = await server.ask("/api/v1/openapi.json");
  const routes = Object.entries<Record<string, Record<string, unknown>>>(json.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [`${method} ${path}`, operation["x-level"]]),
  );
  const contracts = allContracts.map((c) => [`${c.method.toLowerCase()} /api/v1${c.path}`, LEVEL[c.needs]]);
  expect(routes.sort()).toEqual(contracts.sort());
});

const ROWS = allContracts.map((contract) => [`${contract.method} ${contract.path}`, contract] as const);
test.each(ROWS)("AC-9: %s", async (name, { method, path, needs }) => {
  // Signing out is tried last, with no cookie: it would end the session of the other rows.
  const callers = name === "DELETE /session" ? (["nobody"] as const) : CALLERS;
  for (const caller of callers) {
    const answer = await server.ask(filled(path), { ...asked(method), cookie: cookies[caller] });
    if (RANK[caller] >= LEAST[needs])
      expect([caller, answer.status]).not.toEqual([caller, expect.toBeOneOf([401, 403])]);
    else {
      expect([caller, answer.status]).toEqual([caller, caller === "nobody" ? 401 : 403]);
      expect(answer.json.code).toBe(caller === "nobody" ? "not-signed-in" : "not-allowed");
      expect(answer.json.errors).toBeUndefined();
    }
  }
  const answer = await anonymous.ask(filled(path), asked(method));
  const open = needs === "anyone" || needs === "see";
  if (open) expect(answer.status).not.toBe(401);
  else expect(answer.status).toBe(401);
});

test("AC-9: the origin comes before the session, the session before the body", async () => {
  const body = "not json at all";
  const bad = { method: "POST", body, headers: { "content-type": "text/plain" } };
  expect((await server.ask("/api/v1/users", { ...bad, origin: "http://evil.test" })).status).toBe(403);
  expect((await server.ask("/api/v1/users", bad)).status).toBe(401);
  expect((await server.ask("/api/v1/users", { ...bad, cookie: cookies.viewer })).status).toBe(403);
  expect((await server.ask("/api/v1/users", { ...bad, cookie: cookies.admin })).status).toBe(415);
});

test("AC-70: who is no admin reads the name and the state of a broker, and nothing of how it is reached", async () => {
  const main = { id: "main", url: "mqtt://10.0.0.3", username: "telltale", ca: "CERTIFICATE" };
  await server.catalog.putBroker(Broker.parse(main), "create");
  server.brokers.state = [
    {
      id: "main" as never,
      name: "main",
      since: 1,
      state: "offline",
      fault: "dns",
      reason: asWording("No address for 10.0.0.3"),
    },
  ];
  for (const caller of ["viewer", "operator"] as const)
    for (const path of ["/api/v1/brokers", "/api/v1/brokers/main"]) {
      const seen = await server.ask(path, { cookie: cookies[caller] });
      expect([seen.json].flat()[0].broker).toEqual({ id: "main" });
      expect(seen.text).not.toMatch(/10\.0\.0\.3|mqtt:|telltale|CERTIFICATE/);
    }
  expect((await server.ask("/api/v1/brokers", { cookie: cookies.admin })).json[0].broker).toMatchObject({
    username: "telltale",
  });
});

test("MS-27: why a broker is offline or refuses a topic filter is answered in words, in detail to admins only", async () => {
  await server.catalog.putBroker(Broker.parse({ id: "side", url: "mqtt://10.0.0.4" }), "create");
  const base = { id: "side" as never, name: "side", since: 1 } as const;
  const stateFor = async (caller: "admin" | "viewer") =>
    (await server.ask("/api/v1/brokers/side", { cookie: cookies[caller] })).json.state;
  server.brokers.state = [
    { ...base, state: "offline", fault: "dns", reason: say("connection.dns", { host: "10.0.0.4" }) },
  ];
  expect((await stateFor("admin")).reason).toBe(
    'No address is known for "10.0.0.4": check the spelling, or give its IP address.',
  );
  expect((await stateFor("viewer")).reason).toBe(
    "The broker is offline: its address is not known. An admin sees the details.",
  );
  const refused = [{ filter: "a/#", reason: say("connection.suback135") }];
  server.brokers.state = [{ ...base, state: "connected", protocol: "5", rate: 0, refused }];
  expect((await stateFor("admin")).refused).toEqual([
    { filter: "a/#", reason: "not authorized: this user may not read it" },
  ]);
});
