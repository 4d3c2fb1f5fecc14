import { expect, test } from "vitest";
import { type Cell, Checksum, cellFromPostgres, cellFromSqlite, cellToSqlite } from "./values";

const at = "2026-01-01T00:00:00.001Z";
test.each([
  ["flag", 1, true, "INTEGER", true, 1],
  ["flag", 0, false, "INTEGER", false, 0],
  ["moment", at, new Date(at), "DATE", at, at],
  ["moment", Date.parse(at), new Date(at), "DATE", at, at],
  ["bytes", "ä", Buffer.from("ä"), "TEXT", Buffer.from("ä"), "ä"],
  ["bytes", Buffer.of(0, 255), Buffer.of(0, 255), "BLOB", Buffer.of(0, 255), Buffer.of(0, 255)],
  ["text", "a\0b", "a\u2400b", "TEXT", "a\u2400b", "a\u2400b"],
  ["whole", 2 ** 53 - 1, 2 ** 53 - 1, "INTEGER", 2 ** 53 - 1, 2 ** 53 - 1],
  ["real", 0.1, 0.1, "REAL", 0.1, 0.1],
  ["text", null, null, "TEXT", null, null],
] as const)("MV-1: %s %j is the same from both databases", (kind, sqlite, postgres, type, cell, back) => {
  expect(cellFromSqlite(sqlite, kind)).toEqual(cell);
  expect(cellFromPostgres(postgres)).toEqual(cell);
  expect(cellToSqlite(cell as Cell, type)).toEqual(back);
});

test("MV-2: a checksum tells rows apart, but not their order", () => {
  const sum = (...rows: Cell[][]) => {
    const checksum = new Checksum();
    for (const row of rows) checksum.add(row);
    return checksum.text;
  };
  expect(sum([1, "a"], [2, "b"])).toBe(sum([2, "b"], [1, "a"]));
  const others = [
    [["ab", "c"]],
    [["a", "bc"]],
    [[1]],
    [["1"]],
    [[null]],
    [["-"]],
    [[true]],
    [[Buffer.from("ab"), "c"]],
    [[1], [1]],
    [],
  ];
  expect(new Set(others.map((rows) => sum(...rows))).size).toBe(others.length);
});
