import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiServer, type Asked, PASSWORD, startApiServer } from "../testing/apiServer";

const PUBLIC = "https://telltale.example";
const login: Asked = { method: "POST", body: { username: "admin", password: PASSWORD } };

describe("without a public URL", () => {
  let server: ApiServer;
  let cookie: string;
  beforeAll(async () => {
    server = await startApiServer();
    cookie = await server.signIn();
  });
  afterAll(() => server.stop());

  const create: Asked = { method: "POST", body: { slug: "a", title: "A" } };

  test.each<[string, string | null]>([
    ["foreign", "http://evil.test"],
    ["missing", null],
    ["null", "null"],
    ["of another port", "http://127.0.0.1:1"],
    ["of another scheme's app", "chrome-extension://abcdef"],
  ])(
    "AC-1, AC-101: a mutation with a valid cookie and an Origin that is %s is refused, and changes nothing",
    async (_, origin) => {
      for (const asked of [
        create,
        { method: "DELETE" },
        { method: "PUT", body: {} },
        { method: "PATCH", body: {} },
      ] satisfies Asked[]) {
        const answer = await server.ask("/api/v1/dashboards", { ...asked, cookie, origin });
        expect(answer.status).toBe(403);
        expect(answer.headers["content-type"]).toBe("application/problem+json");
        expect(answer.json.code).toMatch(/^origin-/);
      }
      expect(server.catalog.dashboards()).toEqual([]);
      expect((await server.ask("/api/v1/session", { ...login, origin })).status).toBe(403);
    },
  );

  test("AC-1: the own page's mutation passes", async () => {
    expect((await server.ask("/api/v1/dashboards", { ...create, cookie })).status).toBe(201);
  });

  test("AC-2: a name that a stranger's DNS can point here may neither act nor read", async () => {
    const rebound: Asked = { cookie, host: "evil.test", origin: "http://evil.test" };
    for (const path of [
      "/api/v1/points",
      "/api/v1/session",
      "/api/v1/openapi.json",
      "/api/docs",
      "/schemas/telltale.json",
      "/metrics",
    ]) {
      const answer = await server.ask(path, rebound);
      expect([path, answer.status, answer.json?.code]).toEqual([path, 403, "host"]);
    }
    expect((await server.ask("/api/v1/dashboards", { ...rebound, ...create })).status).toBe(403);
  });

  test("AC-2: probes answer whatever the Host, as load balancers ask by their own names", async () => {
    expect((await server.ask("/healthz", { host: "telltale" })).status).toBe(200);
    // As HAProxy's `option httpchk GET /healthz` asks.
    const bare = (path: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(Number(new URL(server.home).port), "127.0.0.1", () =>
          socket.write(`GET ${path} HTTP/1.0\r\n\r\n`),
        );
        socket.once("data", (answer) => resolve(answer.toString().split("\r\n")[0] as string));
        socket.once("error", reject);
      });
    expect(await bare("/healthz")).toContain(" 200 ");
    expect(await bare("/api/v1/session")).toContain(" 403 ");
  });
});

describe("with a public URL", () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ publicUrl: PUBLIC });
  });
  afterAll(() => server.stop());

  test("AC-1: only the public URL's page may act, whatever Host the proxy passes on", async () => {
    for (const host of ["telltale.example", undefined])
      expect((await server.ask("/api/v1/session", { ...login, host })).status).toBe(200);
    expect((await server.ask("/api/v1/session", { ...login, origin: server.home })).status).toBe(403);
    expect((await server.ask("/api/v1/session", { ...login, origin: "http://telltale.example" })).status).toBe(403);
  });

  test("AC-3: the cookie carries the `__Host-` prefix and Secure", async () => {
    const answer = await server.ask("/api/v1/session", login);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/^__Host-telltale\.session=.*; HttpOnly; Secure; SameSite=Lax$/i);
  });
});
