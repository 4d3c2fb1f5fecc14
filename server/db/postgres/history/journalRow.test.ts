import fc from "fast-check";
import { expect, test } from "vitest";
import { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import { ColumnBuilder } from "../../history/columns";
import { nameOf, openJournalRow, writeJournalRow } from "./journalRow";

const point = (id: string) => PointId.parse(id);

function rowOf(readings: readonly { point: string; at: number; value: Value }[]): Buffer {
  const builder = new ColumnBuilder(Math.max(1, readings.length));
  for (const { point: id, at, value } of readings) builder.add({ point: point(id), at, value });
  return writeJournalRow(builder.take());
}

test("PG-9: every reading of a batch is in its row: numbers and states of a point by time, equal times as they came", () => {
  const reading = fc.record({
    point: fc.constantFrom("a", "b", "ab", "boiler/1.temp", "größe"),
    at: fc.integer({ min: -10, max: 10 }),
    value: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.string({ unit: "grapheme" }),
      fc.constant("päss\u0000🌡"),
    ),
  });
  fc.assert(
    fc.property(fc.array(reading, { minLength: 1, maxLength: 40 }), (readings) => {
      const row = openJournalRow(rowOf(readings));
      const seen = new Set<string>();
      for (const [id, part] of row.parts()) {
        seen.add(id);
        const own = readings.filter((one) => one.point === id).toSorted((a, b) => a.at - b.at);
        const numbers = own.filter(({ value }) => typeof value === "number");
        const states = own.filter(({ value }) => typeof value !== "number");
        expect([...part.numbers.t]).toEqual(numbers.map(({ at }) => at));
        expect([...part.numbers.value]).toEqual(numbers.map(({ value }) => value));
        expect(part.states).toEqual({ t: states.map(({ at }) => at), value: states.map(({ value }) => value) });
        expect(row.part(nameOf(id))).toEqual(part);
      }
      expect(seen).toEqual(new Set(readings.map((one) => one.point)));
      expect(row.part(nameOf(point("nobody")))).toBeUndefined();
    }),
  );
});

test("PG-9: a row that ends too early is an error, never readings", () => {
  const row = rowOf(
    Array.from({ length: 50 }, (_, i) => ({ point: `p${i % 5}`, at: i, value: i % 2 ? i : `text ${i}` })),
  );
  expect(() => [...openJournalRow(row.subarray(0, row.length / 2)).parts()]).toThrow();
});
