import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PointId } from "../../lib/ids";
import { findChainFaults } from "../db/config/audit/chain";
import { lockDataFolder } from "../db/dataLock";
import { createPool } from "../db/postgres/pool";
import { type PrivatePostgres, startPostgres } from "../testing/postgres";
import { runMove } from ".";
import { contentOf, filesOf, fill, openInstallation, SECRET, START } from "./installation.harness";
import { move } from "./move";
import { openPostgresSource } from "./postgresSide";
import { PAGE } from "./side";
import { openSqliteSource } from "./sqliteSide";
import { planMove } from "./tables";
import type { Beginning, Teller } from "./teller";
import { bytesOf } from "./values";

const UNTIL_KILLED = fileURLToPath(new URL("../testing/moveUntilKilled.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const silent: Teller = { begin() {}, did() {} };

interface Filled {
  place: string;
  /** Of a folder its own, as a TELLTALE_SECRET. */
  secret: string;
  cookie: Headers;
  content: Awaited<ReturnType<typeof contentOf>>;
}

let postgres: PrivatePostgres;
let home: string;
/** Installations that were filled where they are, of which nothing changes from here on. */
let files: Filled;
let database: Filled;
beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "telltale-move-"));
  postgres = await startPostgres();
  files = await filled(newFolder());
  database = await filled(await postgres.database(), SECRET);
});
afterAll(async () => {
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
});

let folders = 0;
const newFolder = () => path.join(home, `data ${folders++}`);

async function filled(place: string, secret?: string): Promise<Filled> {
  const open = await openInstallation(place, secret);
  const cookie = await fill(open);
  const content = await contentOf(open);
  await open.close();
  return { place, secret: secret ?? ownSecret(place), cookie, content };
}

const ownSecret = (folder: string) => `key:${readFileSync(path.join(folder, "secret"), "utf8").trim()}`;

/** What a Telltale on it has, and who the one with the cookie is there. Its chains of the audit trail are whole. */
async function look(place: string, secret: string | undefined, cookie: Headers) {
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
  const pool = await createPool({ url: place, name: "test", connections: 1 });
  const { rows } = await pool.query(sql);
  await pool.end();
  return rows;
}

async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows as unknown as unknown[][];
  } finally {
    await client.end();
  }
}

/** A checksum of every table: two databases, or one at two times, have the same only if they hold the same. */
async function rowsIn(url: string): Promise<unknown> {
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

describe("a whole installation", () => {
  test("MV-1, MV-2: moves from a folder to Postgres and back, all of it equal, and the folder's files stay as they are", async () => {
    const before = filesOf(files.place);
    const url = await postgres.database();
    const moved = await move({ from: files.place, to: url, secret: undefined, tell: silent });
    expect(moved.tables.filter(({ rows, same }) => rows === 0 || !same)).toEqual([]);
    expect(filesOf(files.place)).toEqual(before);
    expect(await look(url, files.secret, files.cookie)).toEqual({ content: files.content, role: "admin" });
    const back = newFolder();
    await move({ from: url, to: back, secret: files.secret, tell: silent });
    expect(await look(back, undefined, files.cookie)).toEqual({ content: files.content, role: "admin" });
  });

  test("MV-1, MV-2: moves from Postgres to a folder and back, all of it equal, and no row of the database changes", async () => {
    const before = await rowsIn(database.place);
    const folder = newFolder();
    const moved = await move({ from: database.place, to: folder, secret: SECRET, tell: silent });
    expect(moved.tables.filter(({ rows, same }) => rows === 0 || !same)).toEqual([]);
    expect(await rowsIn(database.place)).toEqual(before);
    expect(await look(folder, undefined, database.cookie)).toEqual({ content: database.content, role: "admin" });
    expect(await look(folder, SECRET, database.cookie)).toMatchObject({ role: "admin" });
    const url = await postgres.database();
    await move({ from: folder, to: url, secret: undefined, tell: silent });
    expect(await look(url, SECRET, database.cookie)).toEqual({ content: database.content, role: "admin" });
  });

  test("MV-3: what is stored after a move gets numbers behind those that came with it", async () => {
    const [url, folder] = [await postgres.database(), newFolder()];
    await move({ from: files.place, to: url, secret: undefined, tell: silent });
    await move({ from: database.place, to: folder, secret: SECRET, tell: silent });
    for (const [place, secret, former] of [
      [url, files.secret, files],
      [folder, undefined, database],
    ] as const) {
      const { stores, close } = await openInstallation(place, secret);
      const { store, history } = stores;
      await store.appendAudit({ at: 2, actor: "alex", action: "edit", target: "t", detail: {}, address: null });
      const [entry] = await store.audit({ limit: 1 });
      expect(entry?.id).toBe((former.content.audit[0]?.id ?? 0) + 1);
      // At the same millisecond as others, and of a point that was not there before; before and after they are packed.
      const [words, fresh] = [PointId.parse("house/words"), PointId.parse("a/new/point")];
      for (const value of ["x", "y"]) history.append({ point: words, at: START, value });
      history.append({ point: fresh, at: 1, value: 7 });
      for (const round of [1, 2]) {
        const { value } = await history.range(words, 0, 1e15, 100);
        // SQLite forgets at a restart which millisecond was the last: what comes to that one is kept, in any place.
        const inOrder = stores.accounts.kind === "postgres" ? value : value.toSorted();
        const expected = ["c", "a", "b", "x", "y"];
        expect([round, inOrder]).toEqual([round, stores.accounts.kind === "postgres" ? expected : expected.toSorted()]);
        expect((await history.range(fresh, 0, 10, 10)).value).toEqual([7]);
        await history.tend({ now: 1e14, keep: {}, otherwise: { raw: 1e15, "1m": 1e15, "15m": 1e15, "6h": 1e15 } });
      }
      await close();
    }
  });
});

describe("a move that is interrupted", () => {
  /** In a process of its own, which ends itself as kill -9 would behind so many pages. */
  async function runUntilKilled(from: string, to: string, secret: string | undefined, pages: number) {
    const child = start(from, to, secret, pages);
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
  }

  const start = (from: string, to: string, secret: string | undefined, pages: number) =>
    spawn(process.execPath, ["--import", "tsx", UNTIL_KILLED, from, to, secret ?? "", String(pages)], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });

  test.each(["folder", "Postgres"] as const)(
    "MV-4: killed in the middle and run again, a move from a %s goes on behind what has arrived, and nothing is there twice",
    async (kind) => {
      const from = kind === "folder" ? files : database;
      const to = kind === "folder" ? await postgres.database() : newFolder();
      const given = kind === "folder" ? undefined : SECRET;
      await runUntilKilled(from.place, to, given, 12);
      await expect(openInstallation(to, from.secret)).rejects.toThrow(/move into .* is not finished/);
      await runUntilKilled(from.place, to, given, 12);
      const begun: Beginning[] = [];
      let earlier = 0;
      const tell: Teller = {
        begin: (about) => void begun.push(about),
        did: (_phase, { rows }, before) => {
          if (before) earlier += rows;
        },
      };
      await move({ from: from.place, to, secret: given, tell });
      expect(begun).toMatchObject([{ resumed: true }]);
      expect(earlier).toBeGreaterThan(0);
      expect(await look(to, kind === "folder" ? from.secret : undefined, from.cookie)).toEqual({
        content: from.content,
        role: "admin",
      });
    },
  );

  test.each(["folder", "Postgres"] as const)(
    "MV-4: killed inside of a page, a move from a %s goes on too",
    async (kind) => {
      const from = kind === "folder" ? files : database;
      const to = kind === "folder" ? await postgres.database() : newFolder();
      const given = kind === "folder" ? undefined : SECRET;
      for (const ms of [1, 12, 45, 130]) {
        const child = start(from.place, to, given, Number.POSITIVE_INFINITY);
        const ended = once(child, "exit");
        // Wherever it is by then: also when it has ended.
        await Promise.race([once(child.stdout, "data"), ended]);
        setTimeout(() => child.kill("SIGKILL"), ms);
        const [code] = await ended;
        if (code !== null) break;
      }
      const finished = await move({ from: from.place, to, secret: given, tell: silent }).catch(
        (error: Error) => error.message,
      );
      expect(finished).toEqual(
        typeof finished === "string" ? expect.stringMatching(/is not empty/) : expect.anything(),
      );
      expect(await look(to, kind === "folder" ? from.secret : undefined, from.cookie)).toEqual({
        content: from.content,
        role: "admin",
      });
    },
  );

  test("MV-4: stopped behind any page, a move goes on to the same end", async () => {
    const url = await postgres.database();
    const rows = PAGE.rows;
    PAGE.rows = 500;
    try {
      let compared = false;
      for (let ended = false; !ended; ) {
        let pages = 0;
        const tell: Teller = {
          begin() {},
          did(phase, _done, earlier) {
            const stop = phase === "copy" ? !earlier && ++pages > 3 : !compared;
            compared ||= phase === "compare";
            if (stop) throw new Error("stopped by the test");
          },
        };
        ended = await move({ from: files.place, to: url, secret: undefined, tell }).then(
          () => true,
          (error: Error) => {
            expect(error.message).toBe("stopped by the test");
            return false;
          },
        );
      }
    } finally {
      PAGE.rows = rows;
    }
    expect(await look(url, files.secret, files.cookie)).toEqual({ content: files.content, role: "admin" });
  });

  test("MV-5: where the source has changed since, a move begins anew", async () => {
    const [folder, url] = [newFolder(), await postgres.database()];
    cpSync(files.place, folder, { recursive: true });
    const stopped: Teller = {
      begin() {},
      did(phase) {
        if (phase === "compare") throw new Error("stopped by the test");
      },
    };
    await expect(move({ from: folder, to: url, secret: undefined, tell: stopped })).rejects.toThrow("stopped by");
    const open = await openInstallation(folder);
    await open.stores.store.putSetting("k", "changed");
    await open.close();
    const begun: Beginning[] = [];
    await move({
      from: folder,
      to: url,
      secret: undefined,
      tell: { begin: (about) => void begun.push(about), did() {} },
    });
    expect(begun).toMatchObject([{ resumed: false, again: expect.stringMatching(/has changed/) }]);
    const there = await openInstallation(url, files.secret);
    expect(await there.stores.store.setting("k")).toBe("changed");
    await there.close();
  });

  test("MV-5: what did not arrive as it was sent is found, told, and moved anew by the next run", async () => {
    const folder = newFolder();
    let spoiled = false;
    const tell: Teller = {
      begin() {},
      did(phase) {
        if (phase === "copy" || spoiled) return;
        spoiled = true;
        const history = new Database(path.join(folder, "history.db"));
        history.exec("UPDATE blocks SET last = last + 1 WHERE point = (SELECT min(point) FROM blocks)");
        history.close();
      },
    };
    const options = { from: database.place, to: folder, secret: SECRET };
    await expect(move({ ...options, tell })).rejects.toThrow(/blocks did not arrive/);
    await expect(openInstallation(folder)).rejects.toThrow(/not finished/);
    await move({ ...options, tell: silent });
    expect(await look(folder, undefined, database.cookie)).toEqual({ content: database.content, role: "admin" });
  });
});

describe("what is refused", () => {
  const refused = (from: string, to: string, secret?: string) =>
    move({ from, to, secret, tell: silent }).then(
      () => "moved",
      (error: Error) => error.message,
    );

  test("MV-6: a target that is not empty, and nothing in it changes", async () => {
    const url = await postgres.database();
    await ask(url, "CREATE TABLE things (x int); INSERT INTO things VALUES (1)");
    const before = await rowsIn(url);
    expect(await refused(files.place, url)).toMatch(/is not empty: it holds tables \(things\)\. Make a new database/);
    expect(await rowsIn(url)).toEqual(before);
    const folder = newFolder();
    mkdirSync(folder);
    writeFileSync(path.join(folder, "secret"), "x");
    expect(await refused(database.place, folder, SECRET)).toMatch(/is not empty: it holds secret/);
    expect(await refused(database.place, files.place, SECRET)).toMatch(/holds config\.db and history\.db and secret/);
    expect(filesOf(folder)).toHaveProperty("secret");
  });

  test("MV-6: a table that somebody has put beside an unfinished move, when it would begin anew", async () => {
    const url = await postgres.database();
    const stop: Teller = {
      begin() {
        throw new Error("stopped by the test");
      },
      did() {},
    };
    await expect(move({ from: files.place, to: url, secret: undefined, tell: stop })).rejects.toThrow("stopped by");
    await ask(url, "CREATE TABLE things (x int); INSERT INTO things VALUES (1)");
    expect(await refused(files.place, url, SECRET)).toMatch(/is not empty: it holds tables \(things\)/);
    expect(await ask(url, "SELECT x FROM things")).toEqual([[1]]);
  });

  test("MV-6: a target that holds the unfinished move of something else", async () => {
    const url = await postgres.database();
    const stop: Teller = {
      begin() {
        throw new Error("stopped by the test");
      },
      did() {},
    };
    await expect(move({ from: files.place, to: url, secret: undefined, tell: stop })).rejects.toThrow("stopped by");
    const other = newFolder();
    cpSync(files.place, other, { recursive: true });
    expect(await refused(other, url)).toMatch(/unfinished move from .*: go on with --from/);
  });

  test("MV-7: a source or target that a Telltale uses", async () => {
    const held = lockDataFolder(files.place);
    if (!held.ok) throw new Error(held.error);
    expect(await refused(files.place, await postgres.database())).toMatch(
      /in use by another Telltale \(process \d+\): stop/,
    );
    held.value.release();
    const open = await openInstallation(database.place, SECRET);
    expect(await refused(database.place, newFolder(), SECRET)).toMatch(/a Telltale is connected .*stop every node/);
    expect(await refused(files.place, database.place)).toMatch(/a Telltale is connected .*stop it first/);
    await open.close();
  });

  test("MV-8: a source that is none, or that another version has used", async () => {
    const url = await postgres.database();
    expect(await refused(home, url)).toMatch(
      /holds no config\.db and no history\.db: name the data folder with --from/,
    );
    expect(await refused(path.join(home, "nothing"), url)).toMatch(/holds no config\.db/);
    expect(existsSync(path.join(home, "nothing"))).toBe(false);
    expect(await refused(url, newFolder(), SECRET)).toMatch(/holds no Telltale/);
    expect(await refused(files.place, "postgres://telltale@127.0.0.1:1/telltale")).toMatch(
      /cannot be used: .*ECONNREFUSED.*See that it runs/,
    );
    const older = newFolder();
    cpSync(files.place, older, { recursive: true });
    const config = new Database(path.join(older, "config.db"));
    config.exec("DELETE FROM telltale_migrations WHERE number = (SELECT max(number) FROM telltale_migrations)");
    config.close();
    expect(await refused(older, url)).toMatch(/older Telltale\. Start this version on it once/);
  });

  test("MV-9: another secret than the one that the source was set up with", async () => {
    expect(await refused(database.place, newFolder())).toMatch(/TELLTALE_SECRET is missing/);
    expect(await refused(database.place, newFolder(), "another secret, also long")).toMatch(
      /not the one that the database/,
    );
    const folder = newFolder();
    cpSync(files.place, folder, { recursive: true });
    writeFileSync(path.join(folder, "secret"), "0".repeat(64));
    const url = await postgres.database();
    expect(await refused(folder, url)).toMatch(/set up with another secret than its file secret/);
    rmSync(path.join(folder, "secret"));
    expect(await refused(folder, url)).toMatch(/TELLTALE_SECRET is missing/);
    expect(await ask(url, "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace")).toEqual([]);
  });
});

describe("the secret", () => {
  test("MV-9: with another one, what is sealed is sealed anew, and everyone has to sign in again", async () => {
    const url = await postgres.database();
    const moved = await move({ from: files.place, to: url, secret: SECRET, tell: silent });
    expect(moved).toMatchObject({ resealed: true, secretGiven: true });
    expect(await look(url, SECRET, files.cookie)).toEqual({ content: files.content, role: undefined });
    const sealed = await ask(url, "SELECT sealed_password FROM brokers WHERE id = 'main'");
    expect(String(sealed)).toMatch(/^v1\./);
  });
});

describe("npm run move", () => {
  /** As in a terminal; answers what it wrote. `heard`: what to do when something is written. */
  async function run(
    args: string[],
    env: Record<string, string> = {},
    heard: (text: string) => void = () => undefined,
  ) {
    let written = "";
    const write = (text: string) => {
      written += text;
      heard(text);
      return true;
    };
    const code = await runMove(args, env, { out: { write, isTTY: false }, err: { write } });
    return { code, written };
  }

  test("MV-11: moves the data folder of TELLTALE_DATA, and says how to start Telltale on what it made", async () => {
    const url = await postgres.database();
    const { code, written } = await run(["--to", url], { TELLTALE_DATA: files.place });
    expect(written).toMatch(/Copying +100 %/);
    expect(written).toMatch(/Moved, and equal/);
    expect(written).toContain(`TELLTALE_SECRET="key:$(cat '${path.join(files.place, "secret")}')"`);
    expect(code).toBe(0);
    const folder = newFolder();
    const back = await run(["--to", folder], { DATABASE_URL: url, TELLTALE_SECRET: files.secret });
    expect(back.written).toContain(`TELLTALE_DATA='${folder}'`);
    expect(back.code).toBe(0);
  });

  test("MV-11: Ctrl-C ends it behind a page, says how to go on, and the next run does", async () => {
    const url = await postgres.database();
    const interrupt = (text: string) => void (/Copying/.test(text) && process.emit("SIGINT"));
    const stopped = await run(["--to", url, "--from", files.place], {}, interrupt);
    expect(stopped).toMatchObject({ code: 130, written: expect.stringMatching(/Stopped\..*same command again/) });
    const went = await run(["--to", url, "--from", files.place]);
    expect(went).toMatchObject({ code: 0, written: expect.stringMatching(/Going on where an earlier run ended/) });
  });

  test("MV-11: --help says what there is, and a mistake what to write", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(ROOT, "scripts/move.mjs"), "--help"]);
    expect(stdout).toMatch(/npm run move -- --to postgres:/);
    for (const [args, told] of [
      [[], /--to is missing: npm run move/],
      [["--to", "a"], /--from is missing/],
      [["--to", "a", "--from", "b"], /both a folder: npm run backup/],
      [["--to", "postgres://a/b", "--from", "postgres://a/c"], /both a Postgres: pg_dump/],
      [["--to", "postgres://a"], /--to must be the address of a database/],
      [["--too", "x"], /--too.*--help/],
      [["postgres://u:p@h/x"], /--to is missing before the address: npm run move -- --to PLACE/],
      [["--to", "mysql://u:p@h/x"], /mysql:\/\/ is no place/],
    ] as const)
      expect(await run([...args])).toMatchObject({ code: 1, written: expect.stringMatching(told) });
  });

  test("MV-11: no password is shown", async () => {
    const { written } = await run(["--to", "postgres://u:hunter2@127.0.0.1:1/x", "--from", files.place]);
    expect(written).toMatch(/postgres:\/\/127\.0\.0\.1:1\/x cannot be used/);
    expect(written).not.toContain("hunter2");
  });
});

test("MV-10: every table of both databases is moved, or is named as what is not", async () => {
  const [folder, url] = [newFolder(), await postgres.database()];
  await (await openInstallation(folder)).close();
  await (await openInstallation(url, SECRET)).close();
  const sqlite = openSqliteSource(folder);
  const other = await openPostgresSource(url);
  const { tables, strange, faults } = planMove(await sqlite.shapes(), await other.shapes());
  await Promise.all([sqlite.close(), other.close()]);
  expect({ strange, faults }).toEqual({ strange: [], faults: [] });
  const names = tables.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["brokers", "audit", "session", "blocks", "states"]));
});

test("MV-12: a page is of bounded bytes, whatever the rows are, and no row is left out", async () => {
  const [folder, url] = [newFolder(), await postgres.database()];
  const keys = Array.from({ length: 12 }, (_, i) => `k${String(i).padStart(2, "0")}`);
  for (const [place, secret] of [
    [folder, undefined],
    [url, SECRET],
  ] as const) {
    const { stores, close } = await openInstallation(place, secret);
    for (const key of keys) await stores.store.putSetting(key, key.repeat(100_000));
    await close();
  }
  for (const side of [openSqliteSource(folder), await openPostgresSource(url)]) {
    const columns = ["key", "value"].map(
      (name) => ({ name, kind: "text", sqliteType: "TEXT", postgresType: "text" }) as const,
    );
    const settings = { name: "settings", columns, key: ["key"] };
    const read: unknown[] = [];
    for (let page = await side.page(settings, undefined); page.length > 0; ) {
      expect(page.reduce((sum, row) => sum + bytesOf(row), 0)).toBeLessThan(PAGE.bytes + 400_000);
      read.push(...page.map(([key]) => key));
      page = await side.page(settings, page.at(-1)?.slice(0, 1));
    }
    expect(read.filter((key) => String(key).startsWith("k"))).toEqual(keys);
    await side.close();
  }
});
