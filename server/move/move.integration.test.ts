import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PointId } from "../../lib/ids";
import { filesOf, openInstallation, SECRET, START } from "./installation.harness";
import { move } from "./move";
import { ask, look, type MoveBed, rowsIn, silent, startMoveBed } from "./moveBed.harness";
import { PAGE } from "./side";
import type { Beginning, Teller } from "./teller";

const UNTIL_KILLED = fileURLToPath(new URL("../testing/moveUntilKilled.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Gaps are written by the recorder alone; moveCommand.integration.test.ts moves some. */
const isMissed = ({ name, rows, same }: { name: string; rows: number; same: boolean }): boolean =>
  !same || (rows === 0 && name !== "recording_gaps");

let bed: MoveBed;
beforeAll(async () => {
  bed = await startMoveBed(100_000);
});
afterAll(() => bed.stop());

describe("a whole installation", () => {
  test("MV-1, MV-2: moves from a folder to Postgres and back, all of it equal, and the folder's files stay as they are", async () => {
    const before = filesOf(bed.files.place);
    const url = await bed.newDatabase();
    const moved = await move({ from: bed.files.place, to: url, secret: undefined, tell: silent });
    expect(moved.tables.filter(isMissed)).toEqual([]);
    expect(filesOf(bed.files.place)).toEqual(before);
    expect(await look(url, bed.files.secret, bed.files.cookie)).toEqual({ content: bed.files.content, role: "admin" });
    const back = bed.newFolder();
    await move({ from: url, to: back, secret: bed.files.secret, tell: silent });
    expect(await look(back, undefined, bed.files.cookie)).toEqual({ content: bed.files.content, role: "admin" });
  });

  test("MV-1, MV-2: moves from Postgres to a folder and back, all of it equal, and no row of the database changes", async () => {
    const before = await rowsIn(bed.database.place);
    const folder = bed.newFolder();
    const moved = await move({ from: bed.database.place, to: folder, secret: SECRET, tell: silent });
    expect(moved.tables.filter(isMissed)).toEqual([]);
    expect(await rowsIn(bed.database.place)).toEqual(before);
    expect(await look(folder, undefined, bed.database.cookie)).toEqual({
      content: bed.database.content,
      role: "admin",
    });
    expect(await look(folder, SECRET, bed.database.cookie)).toMatchObject({ role: "admin" });
    const url = await bed.newDatabase();
    await move({ from: folder, to: url, secret: undefined, tell: silent });
    expect(await look(url, SECRET, bed.database.cookie)).toEqual({ content: bed.database.content, role: "admin" });
  });

  test("MV-2: of a Telltale that was killed also what is in the log beside its database, which stays as it is", async () => {
    const [folder, url] = [bed.newFolder(), await bed.newDatabase()];
    cpSync(bed.files.place, folder, { recursive: true });
    const open = await openInstallation(folder);
    await open.stores.store.putSetting("k", "in the log");
    const killed = bed.newFolder();
    cpSync(folder, killed, { recursive: true });
    await open.close();
    const before = filesOf(killed);
    expect(before).toHaveProperty(["config.db-wal"]);
    await move({ from: killed, to: url, secret: undefined, tell: silent });
    expect(filesOf(killed)).toEqual(before);
    const there = await openInstallation(url, bed.files.secret);
    expect(await there.stores.store.setting("k")).toBe("in the log");
    await there.close();
  });

  test("MV-3: what is stored after a move gets numbers behind those that came with it", async () => {
    const [url, folder] = [await bed.newDatabase(), bed.newFolder()];
    await move({ from: bed.files.place, to: url, secret: undefined, tell: silent });
    await move({ from: bed.database.place, to: folder, secret: SECRET, tell: silent });
    for (const [place, secret, former] of [
      [url, bed.files.secret, bed.files],
      [folder, undefined, bed.database],
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
      const from = kind === "folder" ? bed.files : bed.database;
      const to = kind === "folder" ? await bed.newDatabase() : bed.newFolder();
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
      const from = kind === "folder" ? bed.files : bed.database;
      const to = kind === "folder" ? await bed.newDatabase() : bed.newFolder();
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
    const url = await bed.newDatabase();
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
        ended = await move({ from: bed.files.place, to: url, secret: undefined, tell }).then(
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
    expect(await look(url, bed.files.secret, bed.files.cookie)).toEqual({ content: bed.files.content, role: "admin" });
  });

  test("MV-5: where the source has changed since, a move begins anew", async () => {
    const [folder, url] = [bed.newFolder(), await bed.newDatabase()];
    cpSync(bed.files.place, folder, { recursive: true });
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
    const there = await openInstallation(url, bed.files.secret);
    expect(await there.stores.store.setting("k")).toBe("changed");
    await there.close();
  });

  test("MV-5: what did not arrive as it was sent is found, told, and moved anew by the next run", async () => {
    const folder = bed.newFolder();
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
    const options = { from: bed.database.place, to: folder, secret: SECRET };
    await expect(move({ ...options, tell })).rejects.toThrow(/blocks did not arrive/);
    await expect(openInstallation(folder)).rejects.toThrow(/not finished/);
    await move({ ...options, tell: silent });
    expect(await look(folder, undefined, bed.database.cookie)).toEqual({
      content: bed.database.content,
      role: "admin",
    });
  });
});

describe("the secret", () => {
  test("MV-9: with another one, what is sealed is sealed anew, and everyone has to sign in again", async () => {
    const url = await bed.newDatabase();
    const moved = await move({ from: bed.files.place, to: url, secret: SECRET, tell: silent });
    expect(moved).toMatchObject({ resealed: true, secretGiven: true });
    expect(await look(url, SECRET, bed.files.cookie)).toEqual({ content: bed.files.content, role: undefined });
    const sealed = await ask(url, "SELECT sealed_password FROM brokers WHERE id = 'main'");
    expect(String(sealed)).toMatch(/^v1\./);
  });
});
