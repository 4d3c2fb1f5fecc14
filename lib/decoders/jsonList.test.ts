import { expect, test } from "vitest";
import { finish } from "../steps";
import { parseJsonList } from "./jsonList";
import { parseJson } from "./jsonText";

const LISTS = [
  "[]",
  " [ ] ",
  "[1]",
  '[1, "a,]", {"b":[1,2]}, [[]], null, true, -1.5e3]\n',
  '["\\\\", "\\"", ","]',
  "[9007199254740993]",
];
const NONE = [
  "",
  "1",
  "{}",
  "[",
  "]",
  "[1",
  "[1,]",
  "[,1]",
  "[,]",
  "[1]2",
  "[1}",
  '["a]',
  "[1 2]",
  "[{]}]",
  "[[1]",
  "[nul]",
  '["\\"]',
];

test.each(LISTS)("HB-20: the list %s is read item by item as it would be at once", (text) => {
  const whole = parseJson(text);
  expect({ ok: true, value: finish(parseJsonList(text)) }).toEqual(whole);
});

test.each(NONE)("HB-20: %s is no list", (text) => {
  expect(finish(parseJsonList(text))).toBeUndefined();
});

test("HB-20: a long list is read in many steps", () => {
  const steps = parseJsonList(JSON.stringify(Array.from({ length: 100_000 }, (_, i) => ({ i }))));
  let count = 0;
  while (!steps.next().done) count++;
  expect(count).toBeGreaterThan(10);
});
