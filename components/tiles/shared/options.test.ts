import { describe, expect, it } from "vitest";
import { flag, optionalRange, optionsOf, word } from "./options";

interface Some {
  trace: boolean;
  on: string;
  range: readonly [number, number] | undefined;
}
const schema = optionsOf<Some>({ trace: flag(true), on: word(() => "On"), range: optionalRange });
const standard = { trace: true, on: "On", range: undefined };

describe("a tile's options", () => {
  it.each<[unknown, Partial<Some>]>([
    [undefined, {}],
    [{}, {}],
    [{ trace: false }, { trace: false }],
    [
      { on: "Open", range: [-20, 40] },
      { on: "Open", range: [-20, 40] },
    ],
  ])("%j is read, with defaults for the rest", (given, options) => {
    expect(schema.parse(given)).toEqual({ ok: true, value: { ...standard, ...options } });
  });
  it.each<[unknown, RegExp]>([
    ["trace", /must be an object/],
    [[], /must be an object/],
    [{ trace: "yes" }, /^trace must be true or false/],
    [{ on: "" }, /^on must be a text/],
    [{ range: [4, 4] }, /^range must be \[low, high\]/],
    [{ range: [1, 2, 3] }, /^range must be/],
    [{ range: [0, Number.POSITIVE_INFINITY] }, /^range must be/],
    [{ tracing: true }, /no option "tracing"; there are trace, on, range/],
    [JSON.parse('{"__proto__": 1}'), /no option "__proto__"/],
  ])("%j is refused by name", (given, error) => {
    const result = schema.parse(given);
    expect(result.ok ? "" : result.error).toMatch(error);
  });
});
