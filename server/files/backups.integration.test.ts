import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PointId } from "../../lib/ids";
import { inWords } from "../../lib/texts/said";
import { systemClock } from "../clock";
import { openConfigDatabase } from "../db/openConfigDatabase";
import { openHistory } from "../db/sqlite/openHistory";
import { createBackups } from "./backups";
import { openSecretBox } from "./secretBox";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SCRIPT = path.join(ROOT, "scripts/backup.mjs");
const silent = { debug() {}, info() {}, warn() {}, error() {} };

let dir: string;
let dataDir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "telltale-backups-"));
  dataDir = path.join(dir, "data");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function openAll() {
  const secrets = openSecretBox({ secret: undefined, dataDir });
  if (!secrets.ok) throw new Error(secrets.error);
  const config = await openConfigDatabase({ dataDir, sealer: secrets.value });
  const history = await openHistory({ dataDir, log: silent, clock: systemClock });
  if (!config.ok || !history.ok) throw new Error("the stores cannot be opened");
  return {
    history: history.value,
    close: async () => {
      await history.value.close();
      await config.value.close();
    },
  };
}

const readingsIn = (file: string): { integrity: unknown; tables: number } => {
  const database = new Database(file, { readonly: true });
  const integrity = database.pragma("integrity_check", { simple: true });
  const tables = database.prepare("SELECT count(*) AS n FROM sqlite_master WHERE type = 'table'").get() as {
    n: number;
  };
  database.close();
  return { integrity, tables: tables.n };
};

test("EX-6, EX-102: a backup by the button is whole while Telltale writes, goes out as a tar, and can be restored", async () => {
  const stores = await openAll();
  const backups = createBackups({ dataDir, script: SCRIPT, clock: systemClock, log: silent });
  const point = PointId.parse("a");
  const from = Date.UTC(2026, 0, 1);
  stores.history.append({ point, at: from, value: 1 });
  await stores.history.flush();
  let written = 1;
  const writing = setInterval(() => {
    for (let i = 0; i < 100; i++) stores.history.append({ point, at: from + written++ * 1000, value: written });
  }, 10);
  expect(await backups.list()).toEqual({ backups: [], making: null });

  const first = backups.make();
  expect(await backups.make()).toMatchObject({ ok: false, error: { status: 409 } });
  expect((await backups.list()).making).toEqual(expect.any(Number));
  const made = await first;
  clearInterval(writing);
  if (!made.ok) throw new Error(inWords(made.error.message));
  expect(await backups.list()).toEqual({ backups: [made.value], making: null });

  const folder = path.join(dataDir, "backups", made.value.name);
  expect(readdirSync(folder).sort()).toEqual(["backup.json", "config.db", "history.db"]);
  for (const name of ["config.db", "history.db"])
    expect(readingsIn(path.join(folder, name))).toEqual({ integrity: "ok", tables: expect.any(Number) });

  const stream = await backups.read(made.value.name);
  if (!stream) throw new Error("it cannot be read");
  const tar = path.join(dir, "backup.tar");
  writeFileSync(tar, Buffer.from(await new Response(stream).arrayBuffer()));
  execFileSync("tar", ["-xf", tar, "-C", dir]);
  await stores.close();
  execFileSync(
    process.execPath,
    [path.join(ROOT, "scripts/restore.mjs"), path.join(dir, made.value.name), "--replace"],
    {
      cwd: ROOT,
      env: { ...process.env, TELLTALE_DATA: dataDir },
    },
  );
  const again = await openAll();
  expect((await again.history.range(point, from, from + 1, 1)).value).toEqual([1]);
  await again.close();

  expect(await backups.remove(made.value.name)).toBe(true);
  expect(await backups.remove(made.value.name)).toBe(false);
  expect(await backups.list()).toEqual({ backups: [], making: null });
});

test("a backup that cannot be made says why, and leaves nothing behind", async () => {
  const backups = createBackups({ dataDir, script: SCRIPT, clock: systemClock, log: silent });
  const made = await backups.make();
  expect(made).toMatchObject({ ok: false, error: { status: 503, message: expect.stringContaining("data folder") } });
  expect((await backups.list()).backups).toEqual([]);
});

test.each(["../config.db", "..", "telltale-2026-01-01T00-00-00Z", "telltale-2026-01-01T00-00-00Z/../.."])(
  "%j is no backup: nothing is read or removed",
  async (name) => {
    const stores = await openAll();
    const backups = createBackups({ dataDir, script: SCRIPT, clock: systemClock, log: silent });
    expect(await backups.read(name)).toBeUndefined();
    expect(await backups.remove(name)).toBe(false);
    expect(existsSync(path.join(dataDir, "config.db"))).toBe(true);
    await stores.close();
  },
);
