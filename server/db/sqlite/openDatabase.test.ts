import { mkdtempSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "./openDatabase";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "telltale-open-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const tables = { number: 1, name: "tables", sql: "CREATE TABLE small (x); CREATE TABLE large (x)" };
const open = (migrations = [tables], more: object = {}) =>
  openDatabase({ file: path.join(dir, "x.db"), migrations, synchronous: "FULL", busyMs: 0, ...more });

function opened(migrations?: (typeof tables)[]) {
  const result = open(migrations);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe("opening a database", () => {
  test("ST-5: a large file that is not read whole is still found to be cut off", () => {
    const database = opened();
    const insert = database.prepare("INSERT INTO large VALUES (?)");
    for (let i = 0; i < 200; i++) insert.run("x".repeat(1000));
    database.close();
    const file = path.join(dir, "x.db");
    truncateSync(file, statSync(file).size - 4096 * 3);
    expect(open([tables], { fullCheckBytes: 0, smallTable: "small" })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/truncated/),
    });
  });

  test("ST-6: steps are taken once, in order, and recorded", () => {
    opened().close();
    const database = opened([tables, { number: 2, name: "more", sql: "ALTER TABLE small ADD COLUMN y" }]);
    expect(database.prepare("SELECT number, name FROM telltale_migrations").all()).toEqual([
      { number: 1, name: "tables" },
      { number: 2, name: "more" },
    ]);
    database.close();
    opened([tables, { number: 2, name: "more", sql: "ALTER TABLE small ADD COLUMN y" }]).close();
  });

  test("ST-6: a step that fails leaves the database as the step before left it", () => {
    opened().close();
    const broken = { number: 2, name: "broken", sql: "CREATE TABLE another (x); CREATE TABLE small (x)" };
    expect(open([tables, broken])).toMatchObject({
      ok: false,
      error: expect.stringMatching(/cannot be opened.*small/),
    });
    const database = opened();
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'another'").all()).toEqual([]);
    database.close();
  });

  test("ST-5: a directory in the file's place is told", () => {
    expect(openDatabase({ file: dir, migrations: [], synchronous: "FULL", busyMs: 0 })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/cannot be opened/),
    });
  });
});
