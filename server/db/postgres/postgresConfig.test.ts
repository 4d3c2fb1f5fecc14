import { Client, type Pool } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { Broker } from "../../../lib/broker";
import { Registration } from "../../../lib/registration";
import type { ConfigStore } from "../../ports";
import { postgresOfThisFile } from "../../testing/postgresOfThisFile";
import { commandRecord } from "../commandRecord";
import { type AuditHead, type AuditLink, type AuditRow, findChainFaults } from "../config/audit/chain";
import { postgresConfigMigrations } from "../config/tables";
import { configStoreContract } from "../configStoreContract";
import type { Sealer } from "../sealer";
import { openPostgresConfig } from "./openPostgresConfig";
import { createPool } from "./pool";

/** Reversible and unreadable enough to see that texts pass through it. */
const sealerOf = (secret: string): Sealer => ({
  seal: (plain, context) => Buffer.from(`${secret}|${context}|${plain}`).toString("base64"),
  open(sealed, context) {
    const [by, at, ...plain] = Buffer.from(sealed, "base64").toString().split("|");
    return by === secret && at === context
      ? { ok: true, value: plain.join("|") }
      : { ok: false, error: "wrong secret" };
  },
});

const postgres = postgresOfThisFile();

const poolOf = (url: string) => createPool({ url, name: "telltale test", connections: 4 });

async function openOn(url: string, pool: Pool, node = "left"): Promise<ConfigStore> {
  const opened = await openPostgresConfig({ url, pool, sealer: sealerOf("s"), node });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

async function run(url: string, sql: string, values: unknown[] = []) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}

configStoreContract("postgres", async () => {
  const url = await postgres.database();
  const first = await poolOf(url);
  const pools = [first];
  return {
    store: await openOn(url, first),
    async restart() {
      const pool = await poolOf(url);
      pools.push(pool);
      return openOn(url, pool);
    },
    sql: async <Row>(statement: string) => (await run(url, statement)).rows as Row[],
    /** New connections can only read, and no old ones are left. */
    async breakWrites() {
      const name = new URL(url).pathname.slice(1);
      await run(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
      await run(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
        [name],
      );
      await expect.poll(() => pools.reduce((sum, pool) => sum + pool.totalCount, 0)).toBe(0);
    },
    async dispose() {
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
});

describe("the configuration on Postgres", () => {
  const pools: Pool[] = [];
  const open = async (url: string, node?: string) => {
    const pool = await poolOf(url);
    pools.push(pool);
    return openOn(url, pool, node);
  };
  afterAll(() => Promise.all(pools.map((pool) => pool.end())));

  test("PG-2: nodes that start at once on an empty database make its tables once", async () => {
    const url = await postgres.database();
    const [a, , c] = await Promise.all([open(url), open(url), open(url)]);
    await a?.putSetting("k", "v");
    expect(await c?.setting("k")).toBe("v");
    const { rows } = await run(url, "SELECT part, number FROM telltale_migrations ORDER BY number");
    expect(rows).toEqual(postgresConfigMigrations.map(({ number }) => ({ part: "config", number })));
  });

  test("ST-6: a database of a newer version is refused with a sentence", async () => {
    const url = await postgres.database();
    await open(url);
    await run(
      url,
      "INSERT INTO telltale_migrations (part, number, name, expands) VALUES ('config', 999, 'the future', false)",
    );
    await expect(open(url)).rejects.toThrow(/newer Telltale.*999/);
  });

  test("PG-14: a node of the version before starts while a newer one has only expanded the tables", async () => {
    const url = await postgres.database();
    await open(url);
    await run(
      url,
      "INSERT INTO telltale_migrations (part, number, name, expands) VALUES ('config', 999, 'the future', true)",
    );
    await expect(open(url)).resolves.toBeDefined();
  });

  test("PG-3: a database that cannot hold every text is refused with what to do", async () => {
    const url = new URL(await postgres.database());
    const name = `${url.pathname.slice(1)}_latin`;
    await run(url.href, `CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    url.pathname = `/${name}`;
    await expect(open(url.href)).rejects.toThrow(/encoding LATIN1: .*--encoding=UTF8/);
  });

  test("PG-3: a database that cannot be reached is refused with a sentence", async () => {
    const url = new URL(await postgres.database());
    url.pathname = "/nowhere";
    await expect(open(url.href)).rejects.toThrow(/DATABASE_URL cannot be used: .*nowhere/);
  });

  test("PG-3: another TELLTALE_SECRET than the one of the other nodes is refused", async () => {
    const url = await postgres.database();
    await open(url);
    const pool = await poolOf(url);
    pools.push(pool);
    const opened = await openPostgresConfig({ url, pool, sealer: sealerOf("another"), node: "left" });
    expect(opened).toMatchObject({ ok: false, error: expect.stringMatching(/TELLTALE_SECRET.*every node the same/) });
  });

  test("ST-1: secrets of brokers are not readable in the tables", async () => {
    const url = await postgres.database();
    const store = await open(url);
    await store.putBroker(Broker.parse({ id: "main", url: "mqtt://b:1883", password: "hunter2", key: "-----BEGIN K" }));
    const { rows } = await run(url, "SELECT * FROM brokers");
    expect(JSON.stringify(rows)).toContain("mqtt://b:1883");
    expect(JSON.stringify(rows)).not.toMatch(/hunter2|BEGIN K/);
  });

  test("PG-1: what two nodes change at the same time is all there, each with a version and a place of its own", async () => {
    const url = await postgres.database();
    const [a, b] = await Promise.all([open(url), open(url)]);
    const topic = (id: string) => Registration.parse({ id, filter: id });
    await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? a : b)?.putRegistration(topic(`r${i}`))));
    const { registrations } = await (a as ConfigStore).versions();
    expect(new Set(registrations.values()).size).toBe(40);
    const { rows } = await run(url, "SELECT DISTINCT position FROM registrations");
    expect(rows).toHaveLength(40);
  });

  test("PG-1: thousands of registered topics are put at once, the last of each id", async () => {
    const store = await open(await postgres.database());
    const topics = Array.from({ length: 2500 }, (_, i) => Registration.parse({ id: `r${i}`, filter: `a/${i}` }));
    await store.putRegistrations([...topics, Registration.parse({ id: "r7", filter: "b/7" })]);
    const stored = await store.registrations();
    expect(stored).toHaveLength(2500);
    expect(stored[7]).toMatchObject({ id: "r7", filter: "b/7" });
  });

  test("PG-1: a text with NUL is stored with the symbol for it, and a body with NUL as it is", async () => {
    const store = await open(await postgres.database());
    const entry = { at: 1, actor: "a\0b", action: "edit", target: "t\0", detail: { text: "x\0y" }, address: null };
    await store.appendAudit(entry);
    expect(await store.audit({ limit: 1 })).toMatchObject([
      { actor: "a\u2400b", target: "t\u2400", detail: { text: "x\0y" } },
    ]);
  });

  test("AU-4: each node chains its own rows, and waits for no other", async () => {
    const url = await postgres.database();
    const [left, right] = await Promise.all([open(url, "left"), open(url, "right")]);
    const entry = { at: 1, actor: "a", action: "edit", target: "t", detail: {}, address: null };
    await left?.appendAudit(entry);
    const busy = new Client({ connectionString: url });
    await busy.connect();
    await busy.query("BEGIN; SELECT * FROM audit_heads WHERE node = 'left' FOR UPDATE");
    expect(await right?.openCommand(commandRecord())).toBe("opened");
    const waiting = left?.appendAudit(entry);
    await right?.appendAudit(entry);
    await busy.query("COMMIT");
    await busy.end();
    await waiting;
    const rows = (await run(url, "SELECT * FROM audit")).rows as (AuditRow & AuditLink)[];
    const heads = (await run(url, "SELECT * FROM audit_heads ORDER BY node")).rows as AuditHead[];
    const whole = rows.map((row) => ({ ...row, at: Number(row.at), seq: Number(row.seq) }));
    expect(heads.map(({ node, seq }) => [node, Number(seq)])).toEqual([
      ["left", 2],
      ["right", 2],
    ]);
    expect(
      findChainFaults(
        whole,
        heads.map((head) => ({ ...head, seq: Number(head.seq) })),
      ),
    ).toEqual([]);
  });

  test("AU-5: a command's audit row is one statement", async () => {
    const url = await postgres.database();
    const pool = await poolOf(url);
    pools.push(pool);
    const asked: string[] = [];
    pool.on("connect", (client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      client.query = ((...args: unknown[]) => {
        asked.push(typeof args[0] === "string" ? args[0] : (args[0] as { text: string }).text);
        return query(...args);
      }) as typeof client.query;
    });
    const store = await openOn(url, pool);
    await store.openCommand(commandRecord());
    expect(asked.filter((sql) => /audit/.test(sql))).toEqual([expect.stringMatching(/insert into "audit"/)]);
  });

  test("PG-6: while Postgres is down writes are refused; they succeed when it is back, without a restart", async () => {
    const store = await open(await postgres.database());
    await store.putSetting("k", "1");
    await postgres.crash();
    await expect(store.putSetting("k", "2")).rejects.toThrow();
    await expect(store.check()).rejects.toThrow();
    await postgres.restart();
    await store.putSetting("k", "3");
    expect(await store.setting("k")).toBe("3");
    await expect(store.check()).resolves.toBeUndefined();
  });
});
