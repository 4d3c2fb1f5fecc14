import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { Client } from "pg";
import { expect } from "vitest";
import { findChainFaults } from "../db/config/audit/chain";
import { startPostgres } from "../testing/postgres";
import { contentOf, fill, openInstallation, SECRET } from "./installation.harness";
import type { Teller } from "./teller";

export const silent: Teller = { begin() {}, did() {} };

export interface Filled {
  place: string;
  /** Of a folder its own, as a TELLTALE_SECRET. */
  secret: string;
  cookie: Headers;
  content: Awaited<ReturnType<typeof contentOf>>;
}

export interface MoveBed {
  /** Installations that were filled where they are, of which nothing may change. */
  files: Filled;
  database: Filled;
  /** The path of a folder that is not there yet. */
  newFolder(): string;
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** With so many readings in each. */
export async function startMoveBed(readings: number): Promise<MoveBed> {
  const home = mkdtempSync(path.join(tmpdir(), "telltale-move-"));
  const postgres = await startPostgres();
  let folders = 0;
  const newFolder = () => path.join(home, `data ${folders++}`);
  return {
    files: await filled(newFolder(), undefined, readings),
    database: await filled(await postgres.database(), SECRET, readings),
    newFolder,
    newDatabase: () => postgres.database(),
    async stop() {
      await postgres.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function filled(place: string, secret: string | undefined, readings: number): Promise<Filled> {
  const open = await openInstallation(place, secret);
  const cookie = await fill(open, readings);
  const content = await contentOf(open);
  await open.close();
  return { place, secret: secret ?? ownSecret(place), cookie, content };
}

const ownSecret = (folder: string) => `key:${readFileSync(path.join(folder, "secret"), "utf8").trim()}`;

/** What a Telltale on it has, and who the one with the cookie is there. Its chains of the audit trail are whole. */
export async function look(place: string, secret: string | undefined, cookie: Headers) {
  const open = await openInstallation(place, secret);
  const content = await contentOf(open);
  const session = await open.people.session(cookie);
  await open.close();
  const select = (table: string) => everyRow(place, `SELECT * FROM ${table} ORDER BY node`);
  expect(findChainFaults((await select("audit")) as never, (await select("audit_heads")) as never)).toEqual([]);
  return { content, role: session?.access.role };
}

async function everyRow(place: string, sql: string): Promise<unknown[]> {
  if (!place.startsWith("postgres:")) {
    const config = new Database(path.join(place, "config.db"), { readonly: true });
    const rows = config.prepare(sql).all();
    config.close();
    return rows;
  }
  // Numbers of eight bytes are texts to the driver.
  const json = await ask(place, `SELECT row_to_json(a) FROM (${sql}) a`);
  return json.map(([row]) => row);
}

export async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows as unknown as unknown[][];
  } finally {
    await client.end();
  }
}

/** A checksum of every table: two databases, or one at two times, have the same only if they hold the same. */
export async function rowsIn(url: string): Promise<unknown> {
  const tables = await ask(
    url,
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
  );
  return Promise.all(
    tables.map(async ([name]) => [
      name,
      await ask(url, `SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM "${name}" t`),
    ]),
  );
}
