import { expect, test } from "vitest";
import { jsonSizeFault, MAX_BODY_DEPTH, MAX_BODY_VALUES } from "./jsonSize";
import { saying } from "./texts/said.harness";

const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const members = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, "a,[{"])));

test("HB-18: a body is counted by its depth and its values, strings aside", () => {
  expect(jsonSizeFault(deep(MAX_BODY_DEPTH))).toBeUndefined();
  expect(jsonSizeFault(deep(MAX_BODY_DEPTH + 1))).toEqual(saying("deeper than 64"));
  expect(jsonSizeFault(members(MAX_BODY_VALUES - 1))).toBeUndefined();
  expect(jsonSizeFault(members(MAX_BODY_VALUES))).toEqual(saying("30,000 values"));
  expect(jsonSizeFault("[{}".repeat(3))).toBeUndefined();
  expect(jsonSizeFault(`["${"\\\\".repeat(10)}", "${'\\"[,'.repeat(100_000)}"]`)).toBeUndefined();
  expect(jsonSizeFault(`"${",".repeat(100_000)}`)).toBeUndefined();
});
