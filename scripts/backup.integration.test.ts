import { execFile } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { KEEP_FOR } from "../lib/history";
import { PointId } from "../lib/ids";
import { systemClock } from "../server/clock";
import { openConfigDatabase } from "../server/db/openConfigDatabase";
import { openHistory } from "../server/db/sqlite/openHistory";
import { openSecretBox } from "../server/files/secretBox";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const point = PointId.parse("a");
const START = Date.UTC(2026, 0, 1);

let dir: string;
let dataDir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "telltale-backup-"));
  dataDir = path.join(dir, "data");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function openAll(folder: string) {
  const secrets = openSecretBox({ secret: undefined, dataDir: folder });
  if (!secrets.ok) throw new Error(secrets.error);
  const config = await openConfigDatabase({ dataDir: folder, sealer: secrets.value });
  const history = await openHistory({ dataDir: folder, log: silent, clock: systemClock });
  if (!config.ok || !history.ok) throw new Error(JSON.stringify([config, history]));
  return {
    store: config.value.store,
    history: history.value,
    async close() {
      await history.value.close();
      await config.value.close();
    },
  };
}

/** As people run it; answers what it says. */
async function run(script: "backup" | "restore", folder: string, ...args: string[]) {
  const file = path.join(ROOT, "scripts", `${script}.mjs`);
  const env = { ...process.env, TELLTALE_DATA: folder };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { cwd: ROOT, env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, said: stderr };
  }
}

const values = async (stores: Awaited<ReturnType<typeof openAll>>) =>
  (await stores.history.range(point, 0, Number.MAX_SAFE_INTEGER, 1e6)).value as number[];

test("EX-6, EX-7: a backup made under load is whole, and restores into an empty folder", async () => {
  const stores = await openAll(dataDir);
  let appended = 0;
  const write = setInterval(() => {
    for (let i = 0; i < 50; i++, appended++)
      stores.history.append({ point, at: START + appended * 10, value: appended });
  }, 10);
  const pack = setInterval(() => {
    void stores.history.tend({ now: START + 1e9, keep: {}, otherwise: { ...KEEP_FOR, raw: 1e15 } });
    void stores.store.putSetting("n", String(appended));
  }, 50);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await stores.history.flush();
  const before = stores.history.counters().stored;

  const to = path.join(dir, "backups", "monday");
  const made = await run("backup", dataDir, to);
  expect(made).toMatchObject({ code: 0, said: expect.stringMatching(/checked and whole/) });
  clearInterval(write);
  clearInterval(pack);
  expect(appended).toBeGreaterThan(before);
  await stores.close();
  expect(readdirSync(to).sort()).toEqual(["backup.json", "config.db", "history.db", "secret"]);
  expect(statSync(path.join(to, "secret")).mode & 0o77).toBe(0);

  const elsewhere = path.join(dir, "elsewhere");
  expect(await run("restore", elsewhere, to)).toMatchObject({ code: 0 });
  for (const name of ["config.db", "history.db"]) {
    const file = new Database(path.join(elsewhere, name), { readonly: true });
    expect(file.pragma("integrity_check", { simple: true })).toBe("ok");
    file.close();
  }
  const restored = await openAll(elsewhere);
  const kept = await values(restored);
  expect(kept.length).toBeGreaterThanOrEqual(before);
  expect(kept).toEqual(kept.map((_, i) => i));
  expect(Number(await restored.store.setting("n"))).toBeGreaterThan(0);
  await restored.close();
});

async function small(): Promise<string> {
  const stores = await openAll(dataDir);
  stores.history.append({ point, at: START, value: 1 });
  await stores.close();
  const to = path.join(dir, "backup");
  expect((await run("backup", dataDir, to)).code).toBe(0);
  return to;
}

test("EX-7: what is there is refused, in use is refused, and is moved aside when asked for", async () => {
  const from = await small();
  const stores = await openAll(dataDir);
  stores.history.append({ point, at: START + 1, value: 2 });
  await stores.history.flush();
  expect((await run("restore", dataDir, from)).said).toMatch(/holds config.db.*--replace/);
  expect((await run("restore", dataDir, from, "--replace")).said).toMatch(/in use: stop Telltale first/);
  expect(await values(stores)).toEqual([1, 2]);
  await stores.close();
  expect(await run("restore", dataDir, from, "--replace")).toMatchObject({ code: 0 });
  const aside = readdirSync(dataDir).find((name) => name.startsWith("before-restore-")) as string;
  expect(readdirSync(path.join(dataDir, aside))).toEqual(expect.arrayContaining(["config.db", "history.db", "secret"]));
  const restored = await openAll(dataDir);
  expect(await values(restored)).toEqual([1]);
  await restored.close();
});

const damages: [string, (from: string) => void, RegExp][] = [
  ["a changed byte", (from) => appendFileSync(path.join(from, "history.db"), "x"), /changed or damaged/],
  ["a missing database", (from) => rmSync(path.join(from, "config.db")), /config.db is missing/],
  ["a missing note", (from) => rmSync(path.join(from, "backup.json")), /is no backup/],
  ["a damaged note", (from) => writeFileSync(path.join(from, "backup.json"), "{"), /cannot be read/],
];
test("EX-7: a backup that is not whole is refused, and changes nothing", async () => {
  const whole = await small();
  for (const [what, damage, reason] of damages) {
    const from = path.join(dir, what);
    expect((await run("backup", dataDir, from)).code).toBe(0);
    damage(from);
    expect([what, (await run("restore", path.join(dir, "new"), from)).said]).toEqual([
      what,
      expect.stringMatching(reason),
    ]);
    expect(existsSync(path.join(dir, "new"))).toBe(false);
  }
  expect((await run("backup", dataDir, whole)).said).toMatch(/exists already/);
  expect((await run("backup", path.join(dir, "nowhere"), path.join(dir, "b"))).said).toMatch(/is it the data folder/);
  expect((await run("backup", dataDir)).said).toMatch(/folder missing/);
  expect((await run("backup", dataDir, path.join(dir, "no"), "--without-secret")).said).toMatch(/secret was left out/);
  expect(JSON.parse(readFileSync(path.join(dir, "no", "backup.json"), "utf8")).files.secret).toBeUndefined();
});
