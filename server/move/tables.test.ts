import { describe, expect, test } from "vitest";
import { planMove, type TableShape } from "./tables";

const shape = (name: string, columns: Record<string, string>, more: Partial<TableShape> = {}): TableShape => ({
  name,
  columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  key: [Object.keys(columns)[0] as string],
  references: [],
  ...more,
});
const loose = {
  sqlite: shape("numbers", { point: "INTEGER", t: "INTEGER", n: "INTEGER", num: "REAL" }),
  postgres: shape("history_journal", { id: "int8", count: "int4", data: "bytea" }),
};
const plan = (sqlite: TableShape[], postgres: TableShape[], oneSided: Record<string, string> = {}) =>
  planMove([...sqlite, loose.sqlite], [...postgres, loose.postgres], oneSided);

describe("what is moved", () => {
  test("MV-10: a table that both databases have with the same columns, without being named anywhere", () => {
    const alarms = plan([shape("alarms", { id: "TEXT", rowid: "INTEGER" })], [shape("alarms", { id: "text" })]);
    expect(alarms.faults).toEqual([]);
    expect(alarms.tables).toEqual([
      {
        name: "alarms",
        key: ["id"],
        columns: [{ name: "id", kind: "text", sqliteType: "TEXT", postgresType: "text" }],
      },
    ]);
  });

  test("MV-10: what others name comes before them", () => {
    const both = (types: [string, string]) => [
      shape("a", { id: types[0] }, { references: ["b"] }),
      shape("b", { id: types[0] }, { references: ["b"] }),
    ];
    const { tables } = plan(both(["TEXT", ""]), both(["text", ""]));
    expect(tables.map(({ name }) => name)).toEqual(["b", "a"]);
  });

  test("MV-10: a column that one of them lacks, or a type that nobody has said how to move, is a fault", () => {
    const { faults } = plan(
      [shape("a", { id: "TEXT", x: "TEXT" }), shape("b", { id: "TEXT" })],
      [shape("a", { id: "text", y: "text" }), shape("b", { id: "jsonb" }, { key: [] })],
    );
    expect(faults).toEqual([
      "a.y is in Postgres only",
      "a.x is in SQLite only",
      "b.id has the type jsonb, which cannot be moved",
      "b has no primary key",
    ]);
  });

  test("MV-10: what is of a running process stays, and a table that is not Telltale's is told", () => {
    const { tables, strange } = plan([], [shape("leases", { name: "text" }), shape("spatial_ref_sys", { id: "int4" })]);
    expect(tables).toEqual([]);
    expect(strange).toEqual(["spatial_ref_sys"]);
  });

  test("MV-10: what one database has no place for is told with the reason, and is moved once both have it", () => {
    const guests = (type: string) => shape("guests", { id: type });
    const why = { guests: "a data folder has no guests" };
    const { left, strange } = plan([], [guests("text")], why);
    expect(left).toMatchObject([{ table: { name: "guests" }, in: "postgres", why: why.guests }]);
    expect(strange).toEqual([]);
    const both = plan([guests("TEXT")], [guests("text")], why);
    expect(both.left).toEqual([]);
    expect(both.tables).toMatchObject([{ name: "guests" }]);
  });
});
