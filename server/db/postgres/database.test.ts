import { afterAll, expect, test } from "vitest";
import { Broker } from "../../../lib/broker";
import { ok } from "../../../lib/result";
import { systemClock } from "../../clock";
import { postgresOfThisFile } from "../../testing/postgresOfThisFile";
import { type Announce, createDatabase, type Database } from "./database";
import { openPostgresConfig } from "./openPostgresConfig";
import { createPool } from "./pool";

const log = { warn() {} };
const sealer = { seal: (plain: string) => plain, open: (text: string) => ok(text) };

const postgres = postgresOfThisFile();
const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function open() {
  const url = await postgres.database();
  const pool = await createPool({ url, name: "telltale test", connections: 3 });
  closers.push(() => pool.end());
  return { url, pool, database: createDatabase({ url, pool, clock: systemClock, log }) };
}

/** What a listener has heard, and how often it came up and went down. */
function hearing(database: Database) {
  const heard = { notices: [] as string[], ups: 0, downs: 0 };
  const stop = database.listen("telltale", {
    up: () => void heard.ups++,
    down: () => void heard.downs++,
    notice: (payload) => void heard.notices.push(payload),
  });
  closers.push(stop);
  return heard;
}

test("PG-13: a notice is heard when its transaction commits, and none of one that is rolled back", async () => {
  const { database } = await open();
  const heard = hearing(database);
  await expect.poll(() => heard.ups).toBe(1);
  const notify = (text: string) => database.transaction((sql) => sql.query("SELECT pg_notify('telltale', $1)", [text]));
  const failing = database.transaction(async (sql) => {
    await sql.query("SELECT pg_notify('telltale', 'never')");
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  await notify("first");
  await notify("second");
  await expect.poll(() => heard.notices).toEqual(["first", "second"]);
});

test("PG-13: a listener whose connection is lost says so, and comes up again by itself", async () => {
  const { database } = await open();
  const heard = hearing(database);
  await expect.poll(() => heard.ups).toBe(1);
  await database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
  await expect.poll(() => heard).toMatchObject({ ups: 2, downs: 1 });
  await postgres.crash();
  await expect.poll(() => heard.downs).toBe(2);
  await postgres.restart();
  await expect.poll(() => heard.ups).toBe(3);
  await database.query("SELECT pg_notify('telltale', 'heard again')");
  await expect.poll(() => heard.notices).toEqual(["heard again"]);
});

test("PG-13: what a transaction of the configuration changes is announced in it", async () => {
  const { url, pool } = await open();
  const announced: string[] = [];
  const announce: Announce = async (sql, kind, id) => {
    announced.push(`${kind} ${id}`);
    if (id === "fails") throw new Error("not now");
    await sql.query("SELECT 1");
  };
  const opened = await openPostgresConfig({ url, pool, sealer, node: "left", announce });
  if (!opened.ok) throw new Error(opened.error);
  const store = opened.value;
  announced.length = 0;
  await store.putBroker(Broker.parse({ id: "main", url: "mqtt://b:1883" }));
  await store.deleteBroker("main");
  await store.appendAudit({ at: 1, actor: "a", action: "edit", target: "t", detail: {}, address: null });
  expect(announced).toEqual(["brokers main", "brokers main"]);
  await expect(store.putBroker(Broker.parse({ id: "fails", url: "mqtt://b:1883" }))).rejects.toThrow("not now");
  expect(await store.brokers()).toEqual([]);
});
