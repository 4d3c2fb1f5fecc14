import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { KEEP_FOR } from "../../../lib/history";
import { PointId } from "../../../lib/ids";
import { ok } from "../../../lib/result";
import { systemClock } from "../../clock";
import type { HistoryStore } from "../../ports";
import { type PrivatePostgres, startPostgres } from "../../testing/postgres";
import { postgresConfigMigrations } from "../config/tables";
import { configStoreContract } from "../configStoreContract";
import { historyStoreContract } from "../historyStoreContract";
import { postgresHistoryMigrations } from "../migrations/postgres";
import { createClusterTables } from "./cluster/clusterTables";
import { clusterTablesContract } from "./cluster/clusterTablesContract";
import { createDatabase } from "./database";
import { openPostgresConfig } from "./openPostgresConfig";
import { openPostgresHistory } from "./openPostgresHistory";
import { createPool } from "./pool";

/** This version beside the next one, which has expanded every table while this one runs on them. */

const log = { debug() {}, info() {}, warn() {}, error() {} };
/** Nothing secret is stored. */
const sealer = { seal: (text: string) => text, open: (text: string) => ok(text) };

let postgres: PrivatePostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const poolOf = (url: string, connections = 4) => createPool({ url, name: "telltale test", connections });

/** What a migration that is marked `expands` may do: a column that may be empty, one that has a value by itself, a table, an index. */
async function expand(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  expect(rows.length).toBeGreaterThan(1);
  for (const { name } of rows)
    await pool.query(
      `ALTER TABLE ${name} ADD COLUMN next_text TEXT, ADD COLUMN next_number INTEGER NOT NULL DEFAULT 7;
       CREATE INDEX ${name}_next ON ${name} (next_number)`,
    );
  await pool.query("CREATE TABLE of_the_next (id INTEGER PRIMARY KEY)");
}

/** Makes every table refuse each row. */
const REFUSE = `
  CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$ LANGUAGE plpgsql;
  DO $$ DECLARE name TEXT; BEGIN
    FOR name IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' LOOP
      EXECUTE 'CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE ON ' || name || ' EXECUTE FUNCTION refuse()';
    END LOOP;
  END $$;
`;

async function openConfig(url: string, pool: Pool) {
  const opened = await openPostgresConfig({ url, pool, sealer, node: "old" });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

async function openHistory(url: string): Promise<HistoryStore> {
  const opened = await openPostgresHistory({ url, log, clock: systemClock });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

async function expandedBy(url: string): Promise<void> {
  const pool = await poolOf(url, 1);
  await expand(pool);
  await pool.end();
}

configStoreContract("postgres, expanded by the next version (CL-123)", async () => {
  const url = await postgres.database();
  const pool = await poolOf(url);
  const store = await openConfig(url, pool);
  await expand(pool);
  return {
    store,
    restart: () => openConfig(url, pool),
    sql: async <Row>(statement: string) => (await pool.query(statement)).rows as Row[],
    breakWrites: async () => void (await pool.query(REFUSE)),
    dispose: () => pool.end(),
  };
});

historyStoreContract("postgres, expanded by the next version (CL-123)", async () => {
  const url = await postgres.database();
  const stores = [await openHistory(url)];
  await expandedBy(url);
  return {
    store: stores[0] as HistoryStore,
    async reopen() {
      const again = await openHistory(url);
      stores.push(again);
      return again;
    },
    async dispose() {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
});

clusterTablesContract(async () => {
  const url = await postgres.database();
  const pool = await poolOf(url, 25);
  await openConfig(url, pool);
  await expand(pool);
  const database = createDatabase({ url, pool, clock: systemClock, log });
  return { database, tables: createClusterTables(database, "p1"), close: () => pool.end() };
});

test("CL-123: statements that were prepared before the tables were expanded go on", async () => {
  const url = await postgres.database();
  const store = await openHistory(url);
  const point = PointId.parse("p");
  const use = async (at: number) => {
    store.append({ point, at, value: at });
    store.append({ point, at: at + 1, value: "text" });
    await store.flush();
    await store.tend({ now: at + 10, keep: {}, otherwise: KEEP_FOR });
    await store.query({ points: [point], from: 0, to: 1e6, width: 10 });
    return (await store.range(point, 0, 1e6, 100)).t;
  };
  expect(await use(1000)).toEqual([1000, 1001]);
  await expandedBy(url);
  expect(await use(2000)).toEqual([1000, 1001, 2000, 2001]);
  await store.close();
});

const ADDS = [
  /^CREATE TABLE /,
  /^CREATE INDEX /,
  // What writes a row and does not know the column leaves it empty, or at its default.
  /^ALTER TABLE \w+( ADD COLUMN \w+ [A-Z]+( NOT NULL DEFAULT [^,]+)?,?)+$/,
  // How it is stored changes nothing for who reads and writes.
  /^ALTER TABLE \w+ ALTER COLUMN \w+ SET STORAGE \w+$/,
];
const firstShape = (name: string): boolean =>
  [postgresConfigMigrations[0], postgresHistoryMigrations[0]].some((one) => one?.name === name);
const later = [...postgresConfigMigrations, ...postgresHistoryMigrations].filter(({ name }) => !firstShape(name));

test.each(later.filter(({ expands }) => expands))(
  "CL-124: the step $number, $name, is marked as one that only expands, and does",
  ({ sql }) => {
    const statements = sql
      .split(";")
      .map((one) => one.replace(/\s+/g, " ").trim())
      .filter(Boolean);
    const made = statements.flatMap((one) => /^CREATE TABLE (\w+)/.exec(one)?.[1] ?? []);
    // Rows of a table that nobody knew before are read by nobody else.
    for (const statement of statements.filter((one) => !made.some((table) => one.startsWith(`INSERT INTO ${table} `))))
      expect(
        ADDS.filter((form) => form.test(statement)),
        statement,
      ).toHaveLength(1);
  },
);
