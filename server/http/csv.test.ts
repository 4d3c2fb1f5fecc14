import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvReader, textCell, unguard, valueCell } from "./csv";

const read = (pieces: readonly string[]) => {
  const csv = new CsvReader();
  const rows = pieces.flatMap((piece) => [...csv.feed(piece)]);
  return [...rows, ...csv.end()].map(({ line, cells }) => [line, ...cells.map((cell) => cell.text)]);
};

test("EX-2: cells with quotes, commas and line breaks, with LF and CRLF, cut anywhere", () => {
  const text = 'a,"b ""c"", d",e\r\n"two\nlines",,\n\nlast,"",x';
  const expected = [
    [1, "a", 'b "c", d', "e"],
    [2, "two\nlines", "", ""],
    [4, ""],
    [5, "last", "", "x"],
  ];
  expect(read([text])).toEqual(expected);
  expect(read([...text])).toEqual(expected);
  for (let at = 0; at < text.length; at++) expect(read([text.slice(0, at), text.slice(at)])).toEqual(expected);
});

test("EX-2: a quote that is never closed is told with its line", () => {
  expect(() => read(['a,b\nc,"d\ne\n'])).toThrow(/line 2: a quote/);
  expect(() => read([`a,"${"x".repeat(80_000)}`])).toThrow(/line 1: a cell is longer/);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=x", "''@x"])(
  "EX-3: the text %j is no formula in a spreadsheet",
  (text) => {
    const cell = valueCell(text).replace(/^"/, "");
    expect(cell.startsWith("'")).toBe(true);
    expect(unguard(`'${text}`)).toBe(text);
  },
);

test("EX-3: any text comes back from its cell, and numbers stay numbers", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const rows = read([`${textCell(text)},x\n`]);
      expect(rows).toHaveLength(1);
      expect(unguard(rows[0]?.[1] as string)).toBe(text);
    }),
    { numRuns: 500 },
  );
  expect([-1.5, true, null].map(valueCell)).toEqual(["-1.5", "true", ""]);
});
