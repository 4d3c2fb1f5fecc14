import fc from "fast-check";
import { expect, it } from "vitest";
import { indentJson } from "./indent";

it("gives each member a line, and leaves every token as it was written", () => {
  expect(indentJson('{"t":21.50,"n":9007199254740993 , "s":"a, {b}: \\"c\\"","e":{},"l":[1,[]]}')).toBe(
    `{
  "t": 21.50,
  "n": 9007199254740993,
  "s": "a, {b}: \\"c\\"",
  "e": {},
  "l": [
    1,
    []
  ]
}`,
  );
});

it.each(["", "21.5", '"text"', "{half", "[1,]", "{'a': 1}"])("has nothing to say of %j", (text) => {
  expect(indentJson(text)).toBeUndefined();
});

it("writes what JSON.stringify writes with two spaces", () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
      expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});
