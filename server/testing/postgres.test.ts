import { Client } from "pg";
import { expect, test } from "vitest";
import { startPostgres } from "./postgres";

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test.skipIf(process.env.TELLTALE_TEST_DATABASE_URL)(
  "a private Postgres gives each file a database of its own, and comes back after a crash with what was stored",
  async () => {
    const postgres = await startPostgres();
    const [a, b] = [await postgres.database(), await postgres.database()];
    await ask(a, "CREATE TABLE things (n INTEGER)");
    await ask(a, "INSERT INTO things VALUES (7)");
    await expect(ask(b, "SELECT n FROM things")).rejects.toThrow(/things/);
    await postgres.crash();
    await expect(ask(a, "SELECT 1")).rejects.toThrow();
    await postgres.restart();
    expect(await ask(a, "SELECT n FROM things")).toEqual([{ n: 7 }]);
    await postgres.stop();
    await expect(ask(a, "SELECT 1")).rejects.toThrow();
  },
);
