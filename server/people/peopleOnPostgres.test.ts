import { expect, test } from "vitest";
import { createPostgresAccounts } from "../db/postgres/accountsDatabase";
import { createPool } from "../db/postgres/pool";
import type { Log } from "../ports";
import { postgresOfThisFile } from "../testing/postgresOfThisFile";
import { createPeople } from "./people";

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const PASSWORD = "correct horse";

const postgres = postgresOfThisFile();

function cookieOf(headers: Headers): Headers {
  return new Headers({
    cookie: headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; "),
  });
}

/** Nodes of one installation, which start at the same moment. */
async function nodes(count: number, adminPassword?: string) {
  const url = await postgres.database();
  const pools = await Promise.all(
    Array.from({ length: count }, () => createPool({ url, name: "telltale test", connections: 4 })),
  );
  const people = await Promise.all(
    pools.map((pool) =>
      createPeople({
        database: createPostgresAccounts({ url, pool }),
        secret: "a secret of the tests, longer than 32 characters",
        anonymous: false,
        log: silent,
        ...(adminPassword !== undefined && { adminPassword }),
      }),
    ),
  );
  return { people, close: () => Promise.all(pools.map((pool) => pool.end())) };
}

test("PG-4: nodes that start at once make the first admin once; a session of one is valid on the others, and ends on all", async () => {
  const { people, close } = await nodes(3, PASSWORD);
  const [a, b] = people as [(typeof people)[0], (typeof people)[0]];
  expect((await a.list()).map(({ username }) => username)).toEqual(["admin"]);
  const signedIn = await a.login({ username: "admin", password: PASSWORD }, new Headers(), "192.0.2.1");
  if (!signedIn.ok) throw new Error("not signed in");
  const cookie = cookieOf(signedIn.value);
  const session = await b.session(cookie);
  expect(session?.access).toMatchObject({ role: "admin" });
  await a.logout(cookie);
  expect(await b.session(cookie)).toBeNull();
  expect(session && (await b.recheck(session))).toBeNull();
  await close();
});

test("PG-4: of two admins who demote each other on two nodes at once, one remains", async () => {
  const { people, close } = await nodes(2, PASSWORD);
  const [a, b] = people as [(typeof people)[0], (typeof people)[0]];
  await a.create({ username: "second", password: PASSWORD, role: "admin" });
  const [first, second] = await a.list();
  await Promise.all([a.update(first?.id ?? "", { role: "viewer" }), b.update(second?.id ?? "", { role: "viewer" })]);
  expect((await a.list()).filter(({ role }) => role === "admin")).toHaveLength(1);
  await close();
});

test("PG-4: who was set up on one node cannot be set up again on another", async () => {
  const { people, close } = await nodes(2);
  const [a, b] = people as [(typeof people)[0], (typeof people)[0]];
  const setup = (node: typeof a, username: string) =>
    node.setup({ token: node.setupToken() ?? "", username, password: PASSWORD }, new Headers());
  expect((await setup(a, "anna")).ok).toBe(true);
  expect(await setup(b, "mallory")).toMatchObject({ ok: false, error: { status: 409 } });
  await close();
});
