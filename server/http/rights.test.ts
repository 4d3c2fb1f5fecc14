import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, type Asked, PASSWORD, startApiServer } from "../testing/apiServer";

/** Who may call what, by hand: a route that is not in this table fails the test below. */
const TABLE: Record<string, { may: "anyone" | "viewer" | "signed-in" | "operator" | "admin"; path?: string }> = {
  "get /api/v1/session": { may: "anyone" },
  "post /api/v1/session": { may: "anyone" },
  "delete /api/v1/session": { may: "anyone" },
  "post /api/v1/session/password": { may: "signed-in" },
  "post /api/v1/setup": { may: "anyone" },
  "get /api/v1/points": { may: "viewer" },
  "get /api/v1/points/{id}": { may: "viewer" },
  "get /api/v1/points/{id}/history": { may: "viewer" },
  "get /api/v1/points/{id}/readings": { may: "viewer" },
  "get /api/v1/points/{id}/message": { may: "viewer" },
  "get /api/v1/points/{id}/image": { may: "viewer" },
  "get /api/v1/history": { may: "viewer" },
  "get /api/v1/history/export": { may: "viewer" },
  "post /api/v1/history/import": { may: "admin" },
  "get /api/v1/backups": { may: "admin" },
  "post /api/v1/backups": { may: "admin" },
  "get /api/v1/backups/{name}": { may: "admin" },
  "delete /api/v1/backups/{name}": { may: "admin" },
  "get /api/v1/points/{id}/commands": { may: "viewer" },
  "post /api/v1/points/{id}/commands": { may: "operator" },
  "post /api/v1/points/{id}/commands/{command}/dismiss": { may: "operator" },
  "get /api/v1/dashboards": { may: "viewer" },
  "post /api/v1/dashboards": { may: "admin" },
  "get /api/v1/dashboards/{slug}": { may: "viewer" },
  "put /api/v1/dashboards/{slug}": { may: "admin" },
  "delete /api/v1/dashboards/{slug}": { may: "admin" },
  "get /api/v1/registrations": { may: "admin" },
  "post /api/v1/registrations": { may: "admin" },
  "get /api/v1/registrations/{id}": { may: "admin" },
  "put /api/v1/registrations/{id}": { may: "admin" },
  "delete /api/v1/registrations/{id}": { may: "admin" },
  "get /api/v1/registrations/{id}/usage": { may: "admin" },
  "get /api/v1/found": { may: "admin" },
  "post /api/v1/found/keep-all": { may: "admin" },
  "post /api/v1/found/{key}/keep": { may: "admin" },
  "post /api/v1/found/{key}/ignore": { may: "admin" },
  "post /api/v1/found/{key}/clear": { may: "admin" },
  "get /api/v1/discovery": { may: "admin" },
  "put /api/v1/discovery": { may: "admin" },
  "get /api/v1/brokers": { may: "viewer" },
  "post /api/v1/brokers": { may: "admin" },
  "post /api/v1/brokers/test": { may: "admin" },
  "get /api/v1/brokers/{id}": { may: "viewer" },
  "put /api/v1/brokers/{id}": { may: "admin" },
  "delete /api/v1/brokers/{id}": { may: "admin" },
  "get /api/v1/users": { may: "admin" },
  "post /api/v1/users": { may: "admin" },
  "patch /api/v1/users/{id}": { may: "admin" },
  "delete /api/v1/users/{id}": { may: "admin" },
  "get /api/v1/audit": { may: "admin" },
};

const CALLERS = ["nobody", "viewer", "operator", "admin"] as const;
type Caller = (typeof CALLERS)[number];
const RANK: Record<Caller, number> = { nobody: 0, viewer: 1, operator: 2, admin: 3 };
const NEEDS = { anyone: 0, viewer: 1, "signed-in": 1, operator: 2, admin: 3 };

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
  method === "get" ? {} : { method: method.toUpperCase(), ...(method !== "delete" && { body: { nothing: "fits" } }) };
const filled = (path: string) => path.replaceAll(/\{\w+\}/g, "no-such-thing");

test("AC-9: every route of the API stands in the table of rights, and says the same of itself", async () => {
  const { json } = await server.ask("/api/v1/openapi.json");
  const routes = Object.entries<Record<string, Record<string, unknown>>>(json.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [`${method} ${path}`, operation["x-level"]]),
  );
  expect(Object.fromEntries(routes)).toEqual(Object.fromEntries(Object.entries(TABLE).map(([r, { may }]) => [r, may])));
});

test.each(Object.entries(TABLE))("AC-9: %s", async (route, { may }) => {
  const [method = "", path = ""] = route.split(" ");
  // Signing out is tried last, with no cookie: it would end the session of the other rows.
  const callers = route === "delete /api/v1/session" ? (["nobody"] as const) : CALLERS;
  for (const caller of callers) {
    const answer = await server.ask(filled(path), { ...asked(method), cookie: cookies[caller] });
    if (RANK[caller] >= NEEDS[may]) expect([caller, answer.status]).not.toEqual([caller, expect.toBeOneOf([401, 403])]);
    else {
      expect([caller, answer.status]).toEqual([caller, caller === "nobody" ? 401 : 403]);
      expect(answer.json.code).toBe(caller === "nobody" ? "not-signed-in" : "not-allowed");
      expect(answer.json.errors).toBeUndefined();
    }
  }
  const answer = await anonymous.ask(filled(path), asked(method));
  const open = may === "anyone" || may === "viewer";
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
  server.catalog.shelves.brokers.put(
    { id: "main" as never, url: "mqtt://10.0.0.3", username: "telltale", ca: "CERTIFICATE" },
    "create",
  );
  server.brokers.state = [
    { id: "main" as never, name: "main", since: 1, state: "offline", fault: "dns", reason: "No address for 10.0.0.3" },
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
