import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lockDataFolder } from "../db/dataLock";
import { runMove } from ".";
import { filesOf, openInstallation, SECRET } from "./installation.harness";
import { move } from "./move";
import { ask, type MoveBed, rowsIn, silent, startMoveBed } from "./moveBed.harness";
import { openPostgresSource } from "./postgresSide";
import { PAGE } from "./side";
import { openSqliteSource } from "./sqliteSide";
import { LEFT_OUT, ONE_SIDED, planMove } from "./tables";
import type { Teller } from "./teller";
import { bytesOf } from "./values";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let bed: MoveBed;
beforeAll(async () => {
  bed = await startMoveBed(2000);
});
afterAll(() => bed.stop());

describe("what is refused", () => {
  const refused = (from: string, to: string, secret?: string) =>
    move({ from, to, secret, tell: silent }).then(
      () => "moved",
      (error: Error) => error.message,
    );

  test("MV-6: a target that is not empty, and nothing in it changes", async () => {
    const url = await bed.newDatabase();
    await ask(url, "CREATE TABLE things (x int); INSERT INTO things VALUES (1)");
    const before = await rowsIn(url);
    expect(await refused(bed.files.place, url)).toMatch(
      /is not empty: it holds tables \(things\)\. Make a new database/,
    );
    expect(await rowsIn(url)).toEqual(before);
    const folder = bed.newFolder();
    mkdirSync(folder);
    writeFileSync(path.join(folder, "secret"), "x");
    expect(await refused(bed.database.place, folder, SECRET)).toMatch(/is not empty: it holds secret/);
    expect(await refused(bed.database.place, bed.files.place, SECRET)).toMatch(
      /holds config\.db and history\.db and secret/,
    );
    expect(filesOf(folder)).toHaveProperty("secret");
  });

  test("MV-6: a table that somebody has put beside an unfinished move, when it would begin anew", async () => {
    const url = await bed.newDatabase();
    const stop: Teller = {
      begin() {
        throw new Error("stopped by the test");
      },
      did() {},
    };
    await expect(move({ from: bed.files.place, to: url, secret: undefined, tell: stop })).rejects.toThrow("stopped by");
    await ask(url, "CREATE TABLE things (x int); INSERT INTO things VALUES (1)");
    expect(await refused(bed.files.place, url, SECRET)).toMatch(/is not empty: it holds tables \(things\)/);
    expect(await ask(url, "SELECT x FROM things")).toEqual([[1]]);
  });

  test("MV-6: a target that holds the unfinished move of something else", async () => {
    const url = await bed.newDatabase();
    const stop: Teller = {
      begin() {
        throw new Error("stopped by the test");
      },
      did() {},
    };
    await expect(move({ from: bed.files.place, to: url, secret: undefined, tell: stop })).rejects.toThrow("stopped by");
    const other = bed.newFolder();
    cpSync(bed.files.place, other, { recursive: true });
    expect(await refused(other, url)).toMatch(/unfinished move from .*: go on with --from/);
  });

  test("MV-7: a source or target that a Telltale uses", async () => {
    const held = lockDataFolder(bed.files.place);
    if (!held.ok) throw new Error(held.error);
    expect(await refused(bed.files.place, await bed.newDatabase())).toMatch(
      /in use by another Telltale \(process \d+\): stop/,
    );
    held.value.release();
    // What every node has open for as long as it runs.
    const node = new Client({ connectionString: bed.database.place, application_name: "telltale listener" });
    await node.connect();
    expect(await refused(bed.database.place, bed.newFolder(), SECRET)).toMatch(
      /a Telltale is connected .*stop every node/,
    );
    expect(await refused(bed.files.place, bed.database.place)).toMatch(/a Telltale is connected .*stop it first/);
    await node.end();
    expect(await refused(bed.database.place, bed.newFolder(), SECRET)).toBe("moved");
  });

  test("MV-8: a source that is none, or that another version has used", async () => {
    const url = await bed.newDatabase();
    const empty = bed.newFolder();
    mkdirSync(empty);
    expect(await refused(empty, url)).toMatch(
      /holds no config\.db and no history\.db: name the data folder with --from/,
    );
    expect(await refused(path.join(empty, "nothing"), url)).toMatch(/holds no config\.db/);
    expect(existsSync(path.join(empty, "nothing"))).toBe(false);
    expect(await refused(url, bed.newFolder(), SECRET)).toMatch(/holds no Telltale/);
    expect(await refused(bed.files.place, "postgres://telltale@127.0.0.1:1/telltale")).toMatch(
      /cannot be used: .*ECONNREFUSED.*See that it runs/,
    );
    const older = bed.newFolder();
    cpSync(bed.files.place, older, { recursive: true });
    const config = new Database(path.join(older, "config.db"));
    config.exec("DELETE FROM telltale_migrations WHERE number = (SELECT max(number) FROM telltale_migrations)");
    config.close();
    expect(await refused(older, url)).toMatch(/older Telltale\. Start this version on it once/);
  });

  test("MV-9: another secret than the one that the source was set up with", async () => {
    expect(await refused(bed.database.place, bed.newFolder())).toMatch(/TELLTALE_SECRET is missing/);
    expect(await refused(bed.database.place, bed.newFolder(), "another secret, also long")).toMatch(
      /not the one that the database/,
    );
    const folder = bed.newFolder();
    cpSync(bed.files.place, folder, { recursive: true });
    writeFileSync(path.join(folder, "secret"), "0".repeat(64));
    const url = await bed.newDatabase();
    expect(await refused(folder, url)).toMatch(/set up with another secret than its file secret/);
    rmSync(path.join(folder, "secret"));
    expect(await refused(folder, url)).toMatch(/TELLTALE_SECRET is missing/);
    expect(await ask(url, "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace")).toEqual([]);
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
    const url = await bed.newDatabase();
    const { code, written } = await run(["--to", url], { TELLTALE_DATA: bed.files.place });
    expect(written).toMatch(/Copying +100 %/);
    expect(written).toMatch(/Moved, and equal/);
    expect(written).toContain(`TELLTALE_SECRET="key:$(cat '${path.join(bed.files.place, "secret")}')"`);
    expect(code).toBe(0);
    const folder = bed.newFolder();
    const back = await run(["--to", folder], { DATABASE_URL: url, TELLTALE_SECRET: bed.files.secret });
    expect(back.written).toContain(`TELLTALE_DATA='${folder}'`);
    expect(back.code).toBe(0);
  });

  test("MV-11: Ctrl-C ends it behind a page, says how to go on, and the next run does", async () => {
    const url = await bed.newDatabase();
    const interrupt = (text: string) => void (/Copying/.test(text) && process.emit("SIGINT"));
    const stopped = await run(["--to", url, "--from", bed.files.place], {}, interrupt);
    expect(stopped).toMatchObject({ code: 130, written: expect.stringMatching(/Stopped\..*same command again/) });
    const went = await run(["--to", url, "--from", bed.files.place]);
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

  test("CL-101: moves the gaps in the recording, there and back", async () => {
    const url = await bed.newDatabase();
    await (await openInstallation(url, SECRET)).close();
    await ask(url, "INSERT INTO recording_gaps (broker, t0, t1, why) VALUES ('main', 1, 2, 'no-recorder')");
    const [folder, again] = [bed.newFolder(), await bed.newDatabase()];
    const { code, written } = await run(["--from", url, "--to", folder], { TELLTALE_SECRET: SECRET });
    expect(written).not.toMatch(/Not moved/);
    expect(code).toBe(0);
    expect((await run(["--from", folder, "--to", again])).code).toBe(0);
    const gap = [{ broker: "main", t0: 1, t1: 2, why: "no-recorder" }];
    const config = new Database(path.join(folder, "config.db"), { readonly: true });
    expect(config.prepare("SELECT * FROM recording_gaps").all()).toEqual(gap);
    config.close();
    expect(await ask(again, "SELECT broker, t0::int, t1::int, why FROM recording_gaps")).toEqual(
      gap.map(Object.values),
    );
  });

  test("MV-11: no password is shown", async () => {
    const { written } = await run(["--to", "postgres://u:hunter2@127.0.0.1:1/x", "--from", bed.files.place]);
    expect(written).toMatch(/postgres:\/\/127\.0\.0\.1:1\/x cannot be used/);
    expect(written).not.toContain("hunter2");
  });
});

test("MV-10: every table of both databases is moved, or is named as what is not", async () => {
  const [folder, url] = [bed.newFolder(), await bed.newDatabase()];
  await (await openInstallation(folder)).close();
  await (await openInstallation(url, SECRET)).close();
  const sqlite = openSqliteSource(folder);
  const other = await openPostgresSource(url);
  const shapes = [await sqlite.shapes(), await other.shapes()] as const;
  const { tables, strange, faults } = planMove(...shapes);
  await Promise.all([sqlite.close(), other.close()]);
  expect({ strange, faults }).toEqual({ strange: [], faults: [] });
  const names = tables.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["brokers", "audit", "session", "blocks", "states"]));
  const there = new Set(shapes.flat().map(({ name }) => name));
  const named = Object.keys({ ...LEFT_OUT, ...ONE_SIDED });
  expect(named.filter((name) => !there.has(name))).toEqual(["telltale_move"]);
});

test("MV-12: a page is of bounded bytes, whatever the rows are, and no row is left out", async () => {
  const [folder, url] = [bed.newFolder(), await bed.newDatabase()];
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
