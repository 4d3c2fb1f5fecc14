import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Broker } from "../../lib/broker";
import { Registration } from "../../lib/registration";
import { configStoreContract } from "./configStoreContract";
import { openConfigDatabase } from "./openConfigDatabase";
import type { Sealer } from "./sealer";

/** Reversible and unreadable enough to see that texts pass through it; the real one is tested in server/core. */
const sealerOf = (secret: string): Sealer => ({
  seal: (plain, context) => Buffer.from(`${secret}|${context}|${plain}`).toString("base64"),
  open(sealed, context) {
    const [by, at, ...plain] = Buffer.from(sealed, "base64").toString().split("|");
    return by === secret && at === context
      ? { ok: true, value: plain.join("|") }
      : { ok: false, error: "wrong secret" };
  },
});

async function openAt(dataDir: string, sealer = sealerOf("s")) {
  const opened = await openConfigDatabase({ dataDir, sealer });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

const tempDir = () => mkdtempSync(path.join(tmpdir(), "telltale-config-"));

configStoreContract("sqlite", async () => {
  const dataDir = tempDir();
  const opened = [await openAt(dataDir)];
  const lockers: Database.Database[] = [];
  return {
    store: (opened[0] as (typeof opened)[0]).store,
    async restart() {
      // The first is left open, as a killed process leaves its files.
      const again = await openAt(dataDir);
      opened.push(again);
      return again.store;
    },
    async sql<Row>(statement: string) {
      const raw = new Database(path.join(dataDir, "config.db"));
      try {
        return raw.prepare(statement).all() as Row[];
      } finally {
        raw.close();
      }
    },
    breakWrites() {
      const locker = new Database(path.join(dataDir, "config.db"));
      locker.exec("BEGIN IMMEDIATE");
      lockers.push(locker);
    },
    async dispose() {
      for (const locker of lockers) locker.close();
      for (const database of opened) await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
});

describe("config.db", () => {
  let dataDir: string;
  const file = () => path.join(dataDir, "config.db");
  beforeEach(() => {
    dataDir = tempDir();
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const main = Broker.parse({ id: "main", url: "mqtt://b:1883", password: "hunter2", key: "-----BEGIN PRIVATE" });

  async function filled(): Promise<void> {
    const { store, close } = await openAt(dataDir);
    await store.putBroker(main);
    for (let i = 0; i < 200; i++)
      await store.putRegistration(Registration.parse({ id: `r${i}`, filter: `a/${i}`, name: "x".repeat(100) }));
    await close();
  }

  test("ST-1: secrets of brokers are not readable in the files, and only the owner can read the file", async () => {
    const { store, close } = await openAt(dataDir);
    await store.putBroker(main);
    const bytes = Buffer.concat([readFileSync(file()), readFileSync(`${file()}-wal`)]).toString("latin1");
    expect(bytes).toContain("mqtt://b:1883");
    expect(bytes).not.toMatch(/hunter2|BEGIN PRIVATE/);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    await close();
  });

  test("ST-4: with another secret than the one of before, all else is there, and what was sealed stays sealed", async () => {
    await filled();
    const other = await openAt(dataDir, sealerOf("other"));
    const { password, key, ...plain } = main;
    const [read] = await other.store.brokers();
    expect(read).toEqual({ ...plain, unreadable: ["password", "key"] });
    expect(await other.store.registrations()).toHaveLength(200);
    await other.store.putBroker({ ...plain, name: "Renamed", unreadable: ["password", "key"] });
    await other.close();

    const back = await openAt(dataDir);
    expect(await back.store.brokers()).toEqual([{ ...main, name: "Renamed" }]);
    await back.close();
  });

  test("ST-4: a secret that is entered again is sealed with the present one", async () => {
    await filled();
    const other = await openAt(dataDir, sealerOf("other"));
    const { password, key, ...plain } = main;
    await other.store.putBroker({ ...plain, password: "n3w", unreadable: ["key"] });
    expect(await other.store.brokers()).toEqual([{ ...plain, password: "n3w", unreadable: ["key"] }]);
    await other.store.putBroker({ ...plain, password: "n3w" });
    await other.close();
    const again = await openAt(dataDir, sealerOf("other"));
    expect(await again.store.brokers()).toEqual([{ ...plain, password: "n3w" }]);
    await again.close();
  });

  const damages: [string, () => void, RegExp][] = [
    ["a garbage header", () => writeFileSync(file(), "this is no database".repeat(1000)), /not a database/],
    ["a file cut in half", () => truncateSync(file(), Math.floor(statSync(file()).size / 2)), /damaged/],
    ["an emptied file", () => truncateSync(file(), 0), /it is empty/],
    ["overwritten pages", () => writeFileSync(file(), "\xff".repeat(9000), { flag: "r+" }), /damaged/],
    [
      "a page overwritten inside",
      () => {
        const bytes = readFileSync(file());
        bytes.fill(0xff, 4096 * 6, 4096 * 7);
        writeFileSync(file(), bytes);
      },
      /damaged/,
    ],
  ];
  test.each(damages)("ST-5: %s is refused with the reason, and left untouched", async (_what, damage, reason) => {
    await filled();
    damage();
    const before = readFileSync(file());
    const opened = await openConfigDatabase({ dataDir, sealer: sealerOf("s") });
    expect(opened).toMatchObject({ ok: false, error: expect.stringMatching(reason) });
    expect(opened.ok || opened.error).toMatch(/left untouched: restore it from a backup/);
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  test("ST-6: a database of a newer version is refused with a sentence", async () => {
    await filled();
    const raw = new Database(file());
    raw.exec("INSERT INTO telltale_migrations VALUES (999, 'the future', 'then')");
    raw.close();
    expect(await openConfigDatabase({ dataDir, sealer: sealerOf("s") })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/newer Telltale.*999/),
    });
  });

  test.each([
    ["mqtt://tale:12#s3cret@broker.example", "mqtt://address-missing.invalid"],
    ["ws://tale:12/s3cret@broker.example", "ws://address-missing.invalid"],
    ["mqtts://broker.example:8883/a/path", "mqtts://broker.example:8883"],
  ])("CF-102: a stored address %s of an earlier version is read as %s", async (url, kept) => {
    await filled();
    const raw = new Database(file());
    raw.prepare("UPDATE brokers SET body = ?").run(JSON.stringify({ id: "main", url }));
    raw.close();
    const { store, close } = await openAt(dataDir);
    expect(await store.brokers()).toMatchObject([{ id: "main", url: kept }]);
    await close();
  });

  test("ST-7: a row that cannot be read is told by name, not skipped", async () => {
    await filled();
    const raw = new Database(file());
    raw.exec(`UPDATE registrations SET body = '{"id":"r7","colour":"red"}' WHERE id = 'r7'`);
    raw.close();
    const { store, close } = await openAt(dataDir);
    await expect(store.registrations()).rejects.toThrow(/registered topic "r7" in config.db cannot be read/);
    await close();
  });

  test("ST-8: a lock that another process holds for a moment is waited out without stopping the event loop", async () => {
    const { store, close } = await openAt(dataDir);
    const locker = new Database(file());
    locker.exec("BEGIN IMMEDIATE");
    const written = store.putSetting("k", "v");
    setTimeout(() => locker.close(), 40);
    await written;
    expect(await store.setting("k")).toBe("v");
    await close();
  });

  test("ST-9: a copy of the closed file alone is a whole backup", async () => {
    await filled();
    const backup = tempDir();
    copyFileSync(file(), path.join(backup, "config.db"));
    const { store, close } = await openAt(backup);
    expect(await store.registrations()).toHaveLength(200);
    await close();
    rmSync(backup, { recursive: true, force: true });
  });
});
