import { expect, it } from "vitest";
import { widthInEm } from "./figure";

it.each([
  ["21.5", 2.3],
  ["−11.2", 3.1],
  ["1,234,567.8", 6.3],
  ["Closed", 3.9],
])("LK-10: the width of %s in figures is about %d em, so that a tile can choose the size of its figure", (text, em) => {
  expect(widthInEm(text)).toBeCloseTo(em, 1);
});
