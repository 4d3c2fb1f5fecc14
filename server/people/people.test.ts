import SqliteDatabase from "better-sqlite3";
import { afterEach, describe, expect, test, vi } from "vitest";
import { inWords } from "../../lib/texts/said";
import { createSqliteAccounts } from "../db/sqlite/accountsDatabase";
import type { Log } from "../ports";
import type { Change } from "./accounts";
import { createPeople, type PeopleOptions, type PeopleParts } from "./people";

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const open: SqliteDatabase.Database[] = [];
const PASSWORD = "correct horse";

function database() {
  const db = new SqliteDatabase(":memory:");
  open.push(db);
  return db;
}

const start = (options: Partial<PeopleOptions> = {}): Promise<PeopleParts> =>
  createPeople({
    database: createSqliteAccounts(database()),
    secret: "a secret of the tests, longer than 32 characters",
    anonymous: false,
    log: silent,
    ...options,
  });

/** What a browser would send back. */
function cookieOf(headers: Headers): Headers {
  const pairs = headers.getSetCookie().map((cookie) => cookie.split(";")[0] as string);
  return new Headers({ cookie: pairs.join("; ") });
}

async function signIn(people: PeopleParts, username: string, password = PASSWORD, address = "192.0.2.1") {
  const result = await people.login({ username, password }, new Headers(), address);
  if (!result.ok) throw new Error(`${result.error.status} ${inWords(result.error.message)}`);
  return cookieOf(result.value);
}

async function withAdmin(options: Partial<PeopleOptions> = {}) {
  const people = await start({ adminPassword: PASSWORD, ...options });
  const [admin] = await people.list();
  if (!admin) throw new Error("no admin");
  const changes: Change[] = [];
  people.onChange((change) => changes.push(change));
  return { people, admin, changes };
}

afterEach(() => {
  vi.useRealTimers();
  for (const db of open.splice(0)) db.close();
});

describe("set-up", () => {
  test("AC-5: the one-time token makes the first admin, signs them in, and is spent", async () => {
    const people = await start();
    const token = people.setupToken() as string;
    expect(people.setupNeeded()).toBe(true);
    expect(Buffer.from(token, "base64url")).toHaveLength(16);
    expect(people.setupTokenValid(`${token}x`)).toBe(false);
    const wrong = await people.setup({ token: "guess", username: "eve", password: PASSWORD }, new Headers());
    expect(wrong).toMatchObject({ ok: false, error: { status: 403 } });

    const done = await people.setup({ token, username: "Ada", password: PASSWORD }, new Headers());
    if (!done.ok) throw new Error(inWords(done.error.message));
    expect(await people.describe(cookieOf(done.value))).toMatchObject({ user: { username: "ada" }, role: "admin" });
    expect(people.setupNeeded()).toBe(false);
    expect(people.setupToken()).toBeUndefined();
    expect(people.setupTokenValid(token)).toBe(false);
    const again = await people.setup({ token, username: "eve", password: PASSWORD }, new Headers());
    expect(again).toMatchObject({ ok: false, error: { status: 409 } });
  });

  test("AC-5: of two set-ups at once one wins", async () => {
    const people = await start();
    const token = people.setupToken() as string;
    const results = await Promise.all(
      ["ada", "eve"].map((username) => people.setup({ token, username, password: PASSWORD }, new Headers())),
    );
    expect(results.map((r) => r.ok).sort()).toEqual([false, true]);
    expect(await people.list()).toHaveLength(1);
  });

  test("AC-5: TELLTALE_ADMIN_PASSWORD makes `admin` at the first start only", async () => {
    const db = database();
    const first = await start({ database: createSqliteAccounts(db), adminPassword: PASSWORD });
    expect(first.setupToken()).toBeUndefined();
    const second = await start({ database: createSqliteAccounts(db), adminPassword: "another password" });
    expect(await second.list()).toHaveLength(1);
    await signIn(second, "admin", PASSWORD);
  });

  test("AC-5: a short TELLTALE_ADMIN_PASSWORD is refused at start", async () => {
    await expect(start({ adminPassword: "short" })).rejects.toThrow(/TELLTALE_ADMIN_PASSWORD.*8 characters/);
  });

  test("AC-5: an account that a crash left without a password does not end the set-up", async () => {
    const db = database();
    await start({ database: createSqliteAccounts(db), adminPassword: PASSWORD });
    db.exec("DELETE FROM account");
    expect((await start({ database: createSqliteAccounts(db) })).setupNeeded()).toBe(true);
  });
});

describe("sessions", () => {
  test("AC-3: the cookie is HttpOnly and SameSite=Lax, over https also Secure and `__Host-`", async () => {
    for (const [publicUrl, name] of [
      [undefined, "telltale.session="],
      ["https://telltale.example", "__Host-telltale.session="],
    ] as const) {
      const { people } = await withAdmin({ publicUrl });
      const result = await people.login({ username: "admin", password: PASSWORD }, new Headers(), "::1");
      const [cookie, ...others] = result.ok ? result.value.getSetCookie() : [];
      expect(others).toEqual([]);
      expect(cookie?.startsWith(name)).toBe(true);
      expect(cookie).toMatch(/; Path=\//);
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Lax/i);
      expect(cookie).not.toMatch(/Domain=/i);
      expect(/; Secure/.test(cookie ?? "")).toBe(publicUrl !== undefined);
    }
  });

  test("AC-102: a forged, foreign or absent cookie is nobody", async () => {
    const { people } = await withAdmin();
    const own = (await signIn(people, "admin")).get("cookie") as string;
    const stranger = await withAdmin({ secret: "another secret, also longer than 32 characters" });
    for (const cookie of [
      "telltale.session=x",
      own.slice(0, -3),
      (await signIn(stranger.people, "admin")).get("cookie") as string,
    ])
      expect(await people.session(new Headers({ cookie }))).toBeNull();
    expect(await people.session(new Headers())).toBeNull();
    expect(await people.session(new Headers({ cookie: own }))).toMatchObject({ access: { role: "admin" } });
  });

  test("AC-102: with TELLTALE_ANONYMOUS who is not signed in is a viewer, and no more", async () => {
    const { people } = await withAdmin({ anonymous: true });
    const session = await people.session(new Headers());
    expect(session).toEqual({ access: { user: "anonymous", role: "viewer", grants: [] } });
    expect(await people.describe(new Headers())).toMatchObject({ user: null, role: "viewer" });
    expect(session && (await people.recheck(session))).toMatchObject({ user: "anonymous", role: "viewer" });
  });

  test("AC-4: a log-out ends the session at once, and says which", async () => {
    const { people, admin, changes } = await withAdmin();
    const cookie = await signIn(people, "admin");
    const other = await signIn(people, "admin");
    const session = await people.session(cookie);
    if (!session) throw new Error("not signed in");
    const cleared = await people.logout(cookie);
    expect(cleared.getSetCookie()[0]).toMatch(/Max-Age=0/);
    expect(changes).toEqual([{ userId: admin.id, sessionToken: session.token, code: "signed-out" }]);
    expect(await people.session(cookie)).toBeNull();
    expect(await people.recheck(session)).toBeNull();
    expect(await people.session(other)).not.toBeNull();
  });

  test("AC-4: a session that ran out is nobody, also on recheck", async () => {
    const { people } = await withAdmin();
    const cookie = await signIn(people, "admin");
    const session = await people.session(cookie);
    if (!session) throw new Error("not signed in");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31 * 86_400_000 });
    expect(await people.recheck(session)).toBeNull();
    expect(await people.session(cookie)).toBeNull();
  });

  test("AC-4: a session in use is prolonged, cookie and all", async () => {
    const { people } = await withAdmin();
    const cookie = await signIn(people, "admin");
    expect((await people.renew?.(cookie))?.getSetCookie()).toEqual([]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 20 * 86_400_000 });
    expect((await people.renew?.(cookie))?.getSetCookie()).toHaveLength(1);
    vi.setSystemTime(Date.now() + 20 * 86_400_000);
    expect(await people.session(cookie)).not.toBeNull();
  });
});

describe("accounts", () => {
  test("AC-4: a demotion holds from the next look, and sockets are told", async () => {
    const { people, changes } = await withAdmin();
    const bea = await people.create({ username: "bea", password: PASSWORD, role: "operator" });
    if (!bea.ok) throw new Error(inWords(bea.error.message));
    const cookie = await signIn(people, "bea");
    const session = await people.session(cookie);
    if (!session) throw new Error("not signed in");
    expect(await people.update(bea.value.id, { role: "viewer" })).toMatchObject({
      ok: true,
      value: { role: "viewer" },
    });
    expect(changes).toEqual([{ userId: bea.value.id, code: "rights-changed" }]);
    expect((await people.recheck(session))?.role).toBe("viewer");
    expect((await people.session(cookie))?.access.role).toBe("viewer");
  });

  test("AC-4: a removal ends every session", async () => {
    const { people, changes } = await withAdmin();
    const bea = await people.create({ username: "bea", password: PASSWORD, role: "operator" });
    if (!bea.ok) throw new Error(inWords(bea.error.message));
    const cookie = await signIn(people, "bea");
    const session = await people.session(cookie);
    if (!session) throw new Error("not signed in");
    expect((await people.remove(bea.value.id)).ok).toBe(true);
    expect(changes).toEqual([{ userId: bea.value.id, code: "signed-out" }]);
    expect(await people.recheck(session)).toBeNull();
    expect(await people.session(cookie)).toBeNull();
    expect(await people.remove(bea.value.id)).toMatchObject({ ok: false, error: { status: 404 } });
  });

  test("AC-4: a new password ends the other sessions and keeps this one", async () => {
    const { people, admin, changes } = await withAdmin();
    const here = await signIn(people, "admin");
    const there = await signIn(people, "admin");
    const thereToken = (await people.session(there))?.token;
    const wrong = await people.changePassword({ current: "wrong", next: "a new password" }, here);
    expect(wrong).toMatchObject({ ok: false, error: { status: 400, field: "current" } });
    expect((await people.changePassword({ current: PASSWORD, next: "a new password" }, here)).ok).toBe(true);
    expect(changes).toEqual([{ userId: admin.id, sessionToken: thereToken, code: "signed-out" }]);
    expect(await people.session(here)).not.toBeNull();
    expect(await people.session(there)).toBeNull();
    await expect(signIn(people, "admin", PASSWORD)).rejects.toThrow(/401/);
    await signIn(people, "admin", "a new password");
  });

  test("AC-4: a password that an admin set ends all sessions of the user", async () => {
    const { people } = await withAdmin();
    const bea = await people.create({ username: "bea", password: PASSWORD, role: "viewer" });
    if (!bea.ok) throw new Error(inWords(bea.error.message));
    const cookie = await signIn(people, "bea");
    await people.update(bea.value.id, { password: "set by the admin" });
    expect(await people.session(cookie)).toBeNull();
    await signIn(people, "bea", "set by the admin");
  });

  test("AC-6: the last admin can be neither removed nor demoted", async () => {
    const { people, admin } = await withAdmin();
    expect(await people.remove(admin.id)).toMatchObject({ ok: false, error: { status: 409 } });
    expect(await people.update(admin.id, { role: "operator" })).toMatchObject({ ok: false, error: { status: 409 } });
    expect((await people.update(admin.id, { name: "Ada", role: "admin" })).ok).toBe(true);
  });

  test("AC-6: two admins who demote each other at once leave one", async () => {
    const { people, admin } = await withAdmin();
    const bea = await people.create({ username: "bea", password: PASSWORD, role: "admin" });
    if (!bea.ok) throw new Error(inWords(bea.error.message));
    const results = await Promise.all([
      people.update(admin.id, { role: "viewer" }),
      people.update(bea.value.id, { role: "viewer" }),
    ]);
    expect(results.map((r) => r.ok).sort()).toEqual([false, true]);
  });

  test("AC-6: a user name is taken once, whatever its case", async () => {
    const { people } = await withAdmin();
    const twice = await people.create({ username: "ADMIN", password: PASSWORD, role: "viewer" });
    expect(twice).toMatchObject({ ok: false, error: { status: 409, field: "username" } });
  });
});

describe("wrong passwords", () => {
  const guess = (people: PeopleParts, username: string, address: string, password = "wrong") =>
    people.login({ username, password }, new Headers(), address);

  test("AC-103: unknown names and wrong passwords are told alike", async () => {
    const { people } = await withAdmin();
    const answers = await Promise.all([
      guess(people, "admin", "192.0.2.1"),
      guess(people, "nobody", "192.0.2.1"),
      guess(people, "not a legal name!", "192.0.2.1"),
      guess(people, "admin", "192.0.2.1", "x".repeat(200)),
    ]);
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: false, error: { status: 401 } });
  });

  test("AC-7: guessing is slowed down, and the owner elsewhere still gets in", async () => {
    const { people } = await withAdmin();
    // At once, so that counting after the fact would let all of them through.
    const answers = await Promise.all(Array.from({ length: 8 }, () => guess(people, "Admin", "203.0.113.9")));
    expect(answers.filter((a) => !a.ok && a.error.status === 401)).toHaveLength(5);
    const refused = answers.filter((a) => !a.ok && a.error.status === 429);
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatchObject({ error: { retryAfter: 30 } });
    expect(await guess(people, "admin", "203.0.113.9", PASSWORD)).toMatchObject({ ok: false, error: { status: 429 } });
    await signIn(people, "admin", PASSWORD, "192.0.2.1");
  });

  test("AC-7: a person who signs in well is never slowed down", async () => {
    const { people } = await withAdmin();
    for (let i = 0; i < 4; i++) await guess(people, "admin", "192.0.2.1");
    for (let i = 0; i < 7; i++) await signIn(people, "admin", PASSWORD, "192.0.2.1");
    expect(await guess(people, "admin", "192.0.2.1")).toMatchObject({ ok: false, error: { status: 401 } });
  });
});
