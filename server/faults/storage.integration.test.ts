import { execFileSync } from "node:child_process";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Command } from "../../lib/command";
import { inWords } from "../../lib/texts/said";
import { type Mosquitto, startMosquitto } from "../testing/mosquitto";
import { type Recorder, startRecorder } from "../testing/recorder";
import { startDevices, type TestDevices } from "./devices";
import { startTelltale, type Telltale } from "./telltale";
import { openViewer, type Viewer } from "./viewer";
import { SILENT_MS } from "./waiting";

/** docs/design.md, “When things go wrong”: live tiles go on, no audit no act, and it recovers by itself. */

const yaml = (url: string) => `
brokers:
  - {id: main, url: "${url}"}
topics:
  - {id: count, filter: f/count, type: number}
  - {id: slow, filter: slow/state, type: boolean, command: {topic: slow/set, confirm: 30s}}
${Array.from({ length: 6 }, (_, i) => `  - {id: pump${i}, filter: pump${i}/state, type: boolean, command: {topic: pump${i}/set, confirm: 2s}}`).join("\n")}
`;

let broker: Mosquitto;
let devices: TestDevices;
let recorder: Recorder;
let telltale: Telltale;
let viewer: Viewer;
let said: number[];

beforeEach(async () => {
  broker = await startMosquitto();
  devices = await startDevices(broker.url);
  recorder = await startRecorder(broker.url);
  for (let i = 0; i < 6; i++) devices.obey(`pump${i}/set`, `pump${i}/state`);
  telltale = await startTelltale({ yaml: yaml(broker.url) });
  viewer = await openViewer(telltale.url, await telltale.login());
  said = [];
  devices.repeat(20, () => {
    said.push(said.length);
    devices.shout("f/count", String(said.length - 1));
  });
  await fresh("the live path");
});

afterEach(async () => {
  viewer.close();
  await telltale.dispose();
  await recorder.stop();
  await devices.stop();
  await broker.stop();
});

/** `more` further numbers are shown. */
function fresh(what: string, more = 1, withinMs?: number) {
  const from = said.length + more - 1;
  return viewer.until(what, () => Number(viewer.points.get("count")?.value ?? -1) >= from, withinMs);
}

/** The longest time in which the page heard nothing, since a moment. */
function longestSilence(since: number): number {
  const times = viewer.frameTimes.filter((at) => at >= since);
  return Math.max(...times.map((at, i) => at - (times[i - 1] ?? since)));
}

/** Holds the write lock of a database, as a backup or a curious person with a shell does. */
function lock(name: "config.db" | "history.db") {
  const database = new Database(join(telltale.dataDir, name));
  database.exec("BEGIN IMMEDIATE");
  return () => database.close();
}

const stores = async () => (await (await fetch(`${telltale.url}/readyz`)).json()).stores;
const setTopics = () => recorder.heard.filter(({ topic }) => topic.endsWith("/set")).length;

async function timed<T>(work: Promise<T>): Promise<[T, number]> {
  const at = Date.now();
  return [await work, Date.now() - at];
}

/** Everything that was said is in the history, once. */
async function historyIsWhole(): Promise<void> {
  const last = Number(viewer.points.get("count")?.value);
  const first = (await telltale.api("GET", "/points/count/readings?limit=1")).body.value[0] as number;
  const { body } = await telltale.api("GET", "/points/count/readings?limit=10000");
  expect(first).toBeGreaterThanOrEqual(last);
  expect(body.value).toEqual((body.value as number[]).map((_, i) => (body.value[0] as number) + i));
  expect(body.value[0]).toBeLessThan(5);
}

describe("a store that cannot be written", () => {
  test("FA-3: history.db locked: values go on, nothing is lost, and it is written when the lock goes", async () => {
    const unlock = lock("history.db");
    const lockedAt = Date.now();
    await telltale.untilLog("the fault is told", ({ msg }) => msg.startsWith("history write failed"));
    await fresh("values go on", 50);
    const silence = longestSilence(lockedAt);
    expect(silence).toBeLessThan(SILENT_MS);
    await expect.poll(stores).toEqual({ config: "ok", history: "unavailable" });
    expect((await telltale.metrics()).telltale_history_faulty).toBe(1);
    expect((await viewer.command("pump0", true))?.state).toBe("sent");
    await viewer.until(
      "commands do not need the history",
      () => viewer.points.get("pump0")?.command?.state === "confirmed",
    );

    unlock();
    await telltale.untilLog("written again", ({ msg }) => msg === "history is written again");
    await historyIsWhole();
    expect((await telltale.metrics()).telltale_history_lost).toBe(0);
    await expect.poll(stores).toEqual({ config: "ok", history: "ok" });
    console.log("history locked:", { silence });
  });

  test("FA-3, CM-12, CM-15: config.db locked: values go on, commands and changes are refused, all works when the lock goes", async () => {
    // Under way when the lock falls: its end must still be written down, later.
    // Commands are taken when every subscription was answered (FA-27); until then they are refused, and nothing goes out.
    const ask = async () => {
      const command = await viewer.command("slow", true);
      return command?.state === "refused" ? inWords(command.reason) : command?.state;
    };
    await expect.poll(ask, { interval: 1000 }).toBe("sent");
    await viewer.until("it waits for the device", () => viewer.points.get("slow")?.command?.state === "acked");
    const before = setTopics();

    const unlock = lock("config.db");
    const lockedAt = Date.now();
    const refusals: number[] = [];
    for (let i = 0; i < 5; i++) {
      const [command, ms] = await timed(viewer.command(`pump${i}`, true));
      expect(command).toMatchObject({ state: "refused", code: "audit-unavailable" });
      refusals.push(ms);
      expect(viewer.points.get(`pump${i}`)?.command).toMatchObject({ state: "refused" });
    }
    const over = await telltale.api("POST", "/points/pump5/commands", { value: true });
    expect([over.status, over.body.code]).toEqual([503, "audit-unavailable"]);
    const registration = { id: "later", filter: "later" };
    const made = await telltale.api("POST", "/registrations", registration);
    expect([made.status, made.body.code]).toEqual([503, "store-unavailable"]);
    const login = await fetch(`${telltale.url}/api/v1/session`, {
      method: "POST",
      headers: { origin: telltale.url, "content-type": "application/json" },
      body: JSON.stringify({ username: "admin", password: "a lamp in the hall" }),
    });
    expect(login.status).toBeGreaterThanOrEqual(500);
    // The device answers while nothing can be written.
    await devices.say("slow/state", "ON");
    await viewer.until("everyone sees it confirmed", () => viewer.points.get("slow")?.command?.state === "confirmed");
    await fresh("values go on", 50);
    const silence = longestSilence(lockedAt);
    expect(silence).toBeLessThan(SILENT_MS);
    await expect.poll(stores).toEqual({ config: "unavailable", history: "ok" });
    expect(setTopics()).toBe(before);

    unlock();
    expect((await viewer.command("pump5", true))?.state).toBe("sent");
    await viewer.until("it works again", () => viewer.points.get("pump5")?.command?.state === "confirmed");
    expect((await telltale.api("POST", "/registrations", registration)).status).toBe(201);
    // What ended meanwhile is written down as it ended, and not left open for the next start to call unknown.
    const slow = async () => (await telltale.api("GET", "/points/slow/commands?limit=1")).body[0] as Command;
    await expect.poll(slow).toMatchObject({ state: "confirmed" });
    expect(telltale.crashes()).toBe(0);
    console.log("config locked:", { refusals, silence });
  });

  /** A limit on the size of files stands for a full disk: what would make a file longer fails, and it can be lifted. */
  test.skipIf(process.platform !== "linux")(
    "FA-3, CM-12: disk full: values go on, nothing is done unaudited, all is well when there is room",
    async () => {
      const limit = (bytes: number | "unlimited") =>
        execFileSync("prlimit", ["--pid", String(telltale.pid()), `--fsize=${bytes}:unlimited`]);
      const before = setTopics();
      limit(4096);
      const fullAt = Date.now();
      await telltale.untilLog("the fault is told", ({ msg }) => msg.startsWith("history write failed"));
      const [command, refusedAfter] = await timed(viewer.command("pump0", true));
      expect(command).toMatchObject({ state: "refused", code: "audit-unavailable" });
      expect((await telltale.api("POST", "/registrations", { id: "later", filter: "later" })).status).toBe(503);
      await fresh("values go on", 50);
      const silence = longestSilence(fullAt);
      expect(silence).toBeLessThan(SILENT_MS);
      await expect.poll(stores).toEqual({ config: "unavailable", history: "unavailable" });
      expect(setTopics()).toBe(before);

      limit("unlimited");
      await telltale.untilLog("written again", ({ msg }) => msg === "history is written again");
      expect((await viewer.command("pump1", true))?.state).toBe("sent");
      await viewer.until("it works again", () => viewer.points.get("pump1")?.command?.state === "confirmed");
      expect((await telltale.api("POST", "/registrations", { id: "later", filter: "later" })).status).toBe(201);
      await fresh("some more", 20);
      await historyIsWhole();
      await expect.poll(stores).toEqual({ config: "ok", history: "ok" });
      expect(telltale.crashes()).toBe(0);
      console.log("disk full:", { refusedAfter, silence });
    },
  );
});
