import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PointId } from "../lib/ids";
import { Registration } from "../lib/registration";
import { systemClock } from "./clock";
import { createLifecycle } from "./lifecycle";
import { openStores } from "./openStores";
import type { Log } from "./ports";
import { postgresOfThisFile } from "./testing/postgresOfThisFile";

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const secret = "a secret of the tests, longer than 32 characters";

const postgres = postgresOfThisFile();
let home: string;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "telltale-stores-"));
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

async function open(config: { databaseUrl: string | undefined; secret: string | undefined }, folder: string) {
  const run = createLifecycle(log);
  const dataDir = path.join(home, folder);
  try {
    return {
      ...(await openStores({ config: { ...config, dataDir, node: "left" }, clock: systemClock, log }, run)),
      stop: run.stop,
    };
  } catch (error) {
    await run.stop();
    throw error;
  }
}

test("PG-5: two nodes over one Postgres share configuration and history, and need no data folder", async () => {
  const databaseUrl = await postgres.database();
  const [a, b] = await Promise.all([0, 1].map(() => open({ databaseUrl, secret }, "shared")));
  if (!a || !b) throw new Error("not opened");
  await a.store.putRegistration(Registration.parse({ id: "boiler", filter: "plant/boiler" }));
  a.history.append({ point: PointId.parse("boiler"), at: 1000, value: 21.5 });
  await a.history.flush();
  expect(await b.store.registrations()).toMatchObject([{ id: "boiler" }]);
  expect(await b.history.latest()).toEqual([{ point: "boiler", at: 1000, value: 21.5 }]);
  expect(a.secrets.open(b.secrets.seal("x", "y"), "y")).toEqual({ ok: true, value: "x" });
  await a.stop();
  expect(await b.history.latest()).toHaveLength(1);
  await b.stop();
  expect(existsSync(path.join(home, "shared"))).toBe(false);
});

test("PG-5: without DATABASE_URL the stores are files, which one process at a time opens", async () => {
  const stores = await open({ databaseUrl: undefined, secret: undefined }, "own");
  await stores.store.putSetting("k", "v");
  expect(readdirSync(path.join(home, "own"))).toEqual(expect.arrayContaining(["config.db", "history.db", "secret"]));
  await expect(open({ databaseUrl: undefined, secret: undefined }, "own")).rejects.toThrow(/in use by another/);
  await stores.stop();
});

test("PG-3: a Postgres that cannot be reached ends the start with a sentence that names no password", async () => {
  const url = "postgres://telltale:hunter2@127.0.0.1:1/telltale";
  const fault = await open({ databaseUrl: url, secret }, "nowhere").then(
    () => "it was opened",
    (error: Error) => error.message,
  );
  expect(fault).toMatch(/DATABASE_URL cannot be used: .*ECONNREFUSED/);
  expect(fault).not.toContain("hunter2");
});
