import { afterAll, expect, test } from "vitest";
import { systemClock } from "../../clock";
import { postgresOfThisFile } from "../../testing/postgresOfThisFile";
import { postgresConfigMigrations } from "../config/tables";
import { createBuildFiles } from "./buildFiles";
import { createDatabase } from "./database";
import { migrate, whileMigrating } from "./migrate";
import { createPool } from "./pool";

const postgres = postgresOfThisFile();
const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function open() {
  const url = await postgres.database();
  await whileMigrating(url, (client) => migrate(client, "config", postgresConfigMigrations));
  const pool = await createPool({ url, name: "telltale test", connections: 4 });
  closers.push(() => pool.end());
  const database = createDatabase({ url, pool, clock: systemClock, log: { warn() {} } });
  return { database, files: createBuildFiles(database) };
}

test("PG-20: a file comes back byte by byte, and is read and stored only where it is not there yet", async () => {
  const { files } = await open();
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256);
  const read: string[] = [];
  const content = async (path: string) => {
    read.push(path);
    return path === "/b" ? bytes : Buffer.from("a");
  };
  await files.keep(["/a", "/b"], content);
  await files.keep(["/b", "/c"], content);
  expect(read).toEqual(["/a", "/b", "/c"]);
  expect(Buffer.from((await files.get("/b")) ?? []).equals(bytes)).toBe(true);
  expect(await files.get("/none")).toBeUndefined();
});

test("PG-20: nodes that start at once with the same build and with others store all of their files", async () => {
  const { files } = await open();
  const paths = Array.from({ length: 60 }, (_, i) => `/p${i}`);
  const orders = [paths, paths.toReversed(), paths.slice(30).concat(paths.slice(0, 30))];
  await Promise.all(orders.map((order) => files.keep(order, async (path) => Buffer.from(path))));
  await Promise.all(orders.map((order) => files.keep(order, async () => Buffer.from("another"))));
  for (const path of paths) expect(String(await files.get(path))).toBe(path);
});

test("PG-21: what no node has used for a week is forgotten", async () => {
  const { files, database } = await open();
  const text = async () => Buffer.from("text");
  await files.keep(["/old", "/shared"], text);
  await database.query("UPDATE build_files SET used_at = now() - interval '8 days'");
  await files.keep(["/new", "/shared"], text);
  expect(await files.get("/old")).toBeUndefined();
  expect(await files.get("/shared")).toBeDefined();
  expect(await files.get("/new")).toBeDefined();
});
