import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PointId } from "../lib/ids";
import { ColumnBuilder } from "../server/db/history/columns";
import { createReadingsFile } from "../server/db/sqlite/history/readingsFile";
import { createDevice } from "../server/demo/device";
import { devices } from "../server/demo/devices";
import { demoHouse } from "../server/demo/house";
import { makePast } from "../server/demo/past";
import { fill, openInstallation } from "../server/move/installation.harness";
import type { StoredReading } from "../server/ports";
import { startPostgres } from "../server/testing/postgres";
import { DAY, drain, KEEP_ALL, openHistory, SECOND } from "./readings";
import { report } from "./rows";

/**
 * The demo house with ten million readings, moved from its folder to Postgres and back: how long it takes, and how much memory. Everything is compared
 * by the move itself, and again by what the stores answer.
 */
const READINGS = 10_000_000;
const SPAN = 7 * DAY;
const TO = Date.UTC(2026, 0, 1);
const BATCH = 5000;
const TEND_EVERY = 40;
const SECRET = "a secret of the benchmark, longer than 32 characters";

/** A week of the house again and again, each later than the one before. Answers how many readings there are. */
function writePast(folder: string): number {
  const history = openHistory(path.join(folder, "history.db"));
  const file = createReadingsFile(history);
  const house = devices.filter(({ past }) => past !== false).map((spec) => createDevice(spec, 7));
  const week: StoredReading[] = [];
  for (const readings of makePast(house, { from: TO - SPAN, to: TO, seed: 7 })) week.push(...readings);
  week.sort((a, b) => a.at - b.at);
  let builder = new ColumnBuilder(BATCH);
  let count = 0;
  for (let weeks = 0; count < READINGS; weeks++)
    for (const { point, value, at } of week) {
      builder.add({ point, value, at: at + weeks * SPAN });
      if (!builder.full) continue;
      file.insert(builder.take());
      builder = new ColumnBuilder(BATCH);
      count += BATCH;
      if ((count / BATCH) % TEND_EVERY === 0) drain(file.tend(at + weeks * SPAN, () => KEEP_ALL));
    }
  file.insert(builder.take());
  history.close();
  return count + builder.length;
}

interface Run {
  seconds: number;
  /** The most memory that its process had, in MB. */
  peak: number;
}

/** As a person runs it. */
async function runMove(from: string, to: string, env: Record<string, string> = {}): Promise<Run> {
  const began = performance.now();
  const script = path.join(import.meta.dirname, "../scripts/move.mjs");
  const child: ChildProcess = spawn(process.execPath, [script, "--from", from, "--to", to], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, highWater(child.pid));
  }, 50);
  const [code] = await once(child, "exit");
  clearInterval(look);
  if (code !== 0) throw new Error(`the move ended with ${code}`);
  return { seconds: (performance.now() - began) / SECOND, peak };
}

/** The kernel's own record of it. */
function highWater(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || (error as NodeJS.ErrnoException).code === "ESRCH")
      return 0;
    throw error;
  }
}

/** Charts of every point over several spans, and pages of its readings. */
async function answers(place: string, secret?: string): Promise<string[]> {
  const { stores, close } = await openInstallation(place, secret);
  const { history, store } = stores;
  const all: unknown[] = [await store.registrations(), await store.brokers(), await store.audit({ limit: 1000 })];
  const latest = (await history.latest()).toSorted((a, b) => (a.point < b.point ? -1 : 1));
  // The order of an object's fields is no difference.
  all.push(latest.map(({ point, at, value }) => [point, at, value]));
  for (const { point, at } of latest) {
    for (const span of [3_600_000, DAY, 30 * DAY, 400 * DAY])
      all.push(await history.query({ points: [point], from: at - span, to: at + 1, width: 1000 }));
    all.push(await firstPage(point, at - DAY));
  }
  async function firstPage(point: PointId, from: number) {
    return history.page({ point, from, to: 1e15, limit: 5000 });
  }
  await close();
  return all.map((one) => JSON.stringify(one));
}

const dir = mkdtempSync(path.join(tmpdir(), "telltale-bench-"));
const postgres = await startPostgres();
try {
  const folder = path.join(dir, "house");
  const open = await openInstallation(folder);
  await open.stores.store.putRegistrations(demoHouse("mqtt://127.0.0.1").topics);
  await fill(open, 2000);
  await open.close();
  const count = writePast(folder);
  const megabytes = statSync(path.join(folder, "history.db")).size / 1e6;
  const millions = `the demo house, ${(count / 1e6).toFixed(0)} million readings`;
  report({ what: `${millions}: history.db`, value: megabytes, unit: "MB" });

  const url = await postgres.database();
  const back = path.join(dir, "back");
  const there = await runMove(folder, url, { TELLTALE_SECRET: SECRET });
  const here = await runMove(url, back, { TELLTALE_SECRET: SECRET });
  for (const [what, { seconds, peak }] of [
    ["to Postgres", there],
    ["back to a folder", here],
  ] as const) {
    report({ what: `moving ${millions}, ${what}`, value: seconds, unit: "s" });
    report({ what: `moving ${millions}, ${what}: memory`, value: peak, unit: "MB", budget: "moveMemory" });
  }
  const [of, ...others] = [await answers(folder), await answers(url, SECRET), await answers(back)];
  const different = others.flatMap((other) => other.filter((answer, i) => answer !== of?.[i]));
  report({
    what: `${millions}: of ${(of?.length ?? 0) * 2} charts and pages, those that differ from the folder's`,
    value: different.length,
    unit: "",
    budget: "moveEqual",
  });
} finally {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
