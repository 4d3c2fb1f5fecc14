import { afterEach, expect, test } from "vitest";
import { inWords } from "../../lib/texts/said";
import { type ApiServer, PASSWORD, startApiServer } from "../testing/apiServer";

let server: ApiServer | undefined;
const start = async (options: Parameters<typeof startApiServer>[0] = {}) => {
  server = await startApiServer(options);
  return server;
};
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const cookieOf = (headers: { "set-cookie"?: string[] }) =>
  (headers["set-cookie"] ?? []).map((c) => c.split(";")[0]).join("; ");

test("AC-5: set-up by the one-time token signs in, once", async () => {
  const { ask, people, store } = await start({ adminPassword: undefined });
  const token = people.setupToken();
  expect((await ask("/api/v1/session")).json).toEqual({ user: null, role: null, setupNeeded: true });
  const body = { token, username: "ada", password: PASSWORD };
  expect((await ask("/api/v1/setup", { method: "POST", body: { ...body, token: "guess" } })).status).toBe(403);
  const weak = await ask("/api/v1/setup", { method: "POST", body: { ...body, password: "short" } });
  expect(weak.status).toBe(400);
  expect(weak.json.errors).toEqual([{ pointer: "/password", detail: "a password must have at least 8 characters" }]);

  const done = await ask("/api/v1/setup", { method: "POST", body });
  expect(done.status).toBe(200);
  expect(done.json).toMatchObject({ user: { username: "ada" }, role: "admin", setupNeeded: false });
  expect((await ask("/api/v1/users", { cookie: cookieOf(done.headers) })).status).toBe(200);
  expect((await ask("/api/v1/setup", { method: "POST", body: { ...body, username: "eve" } })).status).toBe(409);
  expect(await store.audit({ limit: 9 })).toMatchObject([{ action: "user.setup", actor: "ada", address: "127.0.0.1" }]);
});

test("AC-4: log-out, then the same cookie is nobody", async () => {
  const { ask, signIn } = await start();
  const cookie = await signIn();
  expect((await ask("/api/v1/session", { cookie })).json).toMatchObject({ user: { username: "admin" }, role: "admin" });
  const out = await ask("/api/v1/session", { method: "DELETE", cookie });
  expect(out.status).toBe(204);
  expect(out.headers["set-cookie"]?.[0]).toMatch(/Max-Age=0/);
  expect((await ask("/api/v1/session", { cookie })).json).toMatchObject({ user: null, role: null });
  expect((await ask("/api/v1/points", { cookie })).status).toBe(401);
});

test("AC-71, AC-104, AC-105: every sign-in, sign-out and wrong password stands in the trail, without what was typed as a password or name", async () => {
  const { ask, signIn, store, clock } = await start();
  const tell = (username: string, password: string) =>
    ask("/api/v1/session", { method: "POST", body: { username, password } });
  await tell("ADMIN", "wr0ng password");
  await tell("my-s3cret-password", "admin");
  const cookie = await signIn();
  await ask("/api/v1/session", { method: "DELETE", cookie });
  const trail = await store.audit({ limit: 9 });
  expect(trail.map(({ action, actor, detail, address }) => [action, actor, detail.username, address])).toEqual([
    ["session.sign-out", "admin", "admin", "127.0.0.1"],
    ["session.sign-in", "admin", "admin", "127.0.0.1"],
    ["session.failed", "an unknown name", "an unknown name", "127.0.0.1"],
    ["session.failed", "admin", "admin", "127.0.0.1"],
  ]);
  expect(JSON.stringify(trail)).not.toMatch(/wr0ng|s3cret/);

  expect((await ask("/api/v1/users", { cookie })).status).toBe(401);
  const again = await signIn();
  for (let i = 0; i < 12; i++) await tell("admin", "wr0ng password");
  await ask("/api/v1/users", { method: "POST", body: {}, origin: "http://evil.test", cookie: again });
  const count = async () =>
    (await store.audit({ limit: 99 })).filter(({ action }) => action.startsWith("denied.")).length;
  expect(await count()).toBe(0);
  // Their minute is over.
  clock.advance(60_000);
  await expect.poll(count).toBe(3);
  const denied = (await store.audit({ limit: 3 })).map((row) => [row.action, row.actor, row.target, row.detail.count]);
  expect(denied.sort()).toEqual([
    ["denied.not-signed-in", "anonymous", "GET /users", 1],
    ["denied.origin-foreign", "anonymous", "POST /api/v1/users", 1],
    ["denied.too-many-passwords", "admin", "admin", expect.any(Number)],
  ]);
});

test("AC-4: a demotion holds from the next request", async () => {
  const { ask, signIn, people } = await start();
  const bea = await people.create({ username: "bea", password: PASSWORD, role: "admin" });
  if (!bea.ok) throw new Error(inWords(bea.error.message));
  const cookie = await signIn("bea");
  expect((await ask("/api/v1/users", { cookie })).status).toBe(200);
  const admin = await signIn();
  const demote = { method: "PATCH", body: { role: "viewer" }, cookie: admin };
  expect((await ask(`/api/v1/users/${bea.value.id}`, demote)).json).toMatchObject({ role: "viewer" });
  const refused = await ask("/api/v1/users", { cookie });
  expect([refused.status, refused.json.code]).toEqual([403, "not-allowed"]);
  expect((await ask("/api/v1/points", { cookie })).status).toBe(200);
});

test("AC-4: a new password ends one's other sessions", async () => {
  const { ask, signIn } = await start();
  const here = await signIn();
  const there = await signIn();
  const change = (current: string) =>
    ask("/api/v1/session/password", { method: "POST", cookie: here, body: { current, next: "a new password" } });
  const wrong = await change("wrong");
  expect([wrong.status, wrong.json.errors[0].pointer]).toEqual([400, "/current"]);
  expect((await change(PASSWORD)).status).toBe(204);
  expect((await ask("/api/v1/users", { cookie: here })).status).toBe(200);
  expect((await ask("/api/v1/users", { cookie: there })).status).toBe(401);
});

test("AC-6: an admin cannot take their own rights away, nor the last admin's", async () => {
  const { ask, signIn, people } = await start();
  const cookie = await signIn();
  const [admin] = await people.list();
  const own = `/api/v1/users/${admin?.id}`;
  expect((await ask(own, { method: "DELETE", cookie })).status).toBe(409);
  expect((await ask(own, { method: "PATCH", body: { role: "viewer" }, cookie })).status).toBe(409);
  expect((await ask(own, { method: "PATCH", body: { name: "Ada" }, cookie })).json).toMatchObject({ name: "Ada" });
});

test("AC-7: wrong passwords are slowed down with 429; the owner from elsewhere gets in", async () => {
  const { ask } = await start({ trustedProxies: ["127.0.0.1"] });
  const attempt = (password: string, from: string) =>
    ask("/api/v1/session", {
      method: "POST",
      body: { username: "admin", password },
      headers: { "x-forwarded-for": from },
    });
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) statuses.push((await attempt("wrong", "203.0.113.9")).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  const right = await attempt(PASSWORD, "203.0.113.9");
  expect(right.status).toBe(429);
  expect(Number(right.headers["retry-after"])).toBeGreaterThan(0);
  expect(right.json.detail).toMatch(/Try again in \d+ s/);
  expect((await attempt(PASSWORD, "192.0.2.1")).status).toBe(200);
});

test("AC-8: X-Forwarded-For of who is no trusted proxy changes nothing", async () => {
  const { ask } = await start();
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) {
    const headers = { "x-forwarded-for": `203.0.113.${i}` };
    const answer = await ask("/api/v1/session", {
      method: "POST",
      body: { username: "admin", password: "wrong" },
      headers,
    });
    statuses.push(answer.status);
  }
  expect(statuses.at(-1)).toBe(429);
});

test("AC-103: what an attacker learns from a refusal is nothing of the account", async () => {
  const { ask } = await start();
  const bodies = await Promise.all(
    ["admin", "nobody", "no such name!"].map(async (username) => {
      const answer = await ask("/api/v1/session", { method: "POST", body: { username, password: "wrong" } });
      return [answer.status, answer.text];
    }),
  );
  expect(new Set(bodies.map(String)).size).toBe(1);
});
