import { expect, test } from "vitest";
import { fitsOneLine } from "./figure";

test.each([
  ["21.5", "°C", true],
  ["24,123.45", "", true],
  ["1,013.25", "hPa", false],
  ["−12.345", "", true],
  ["123456789", "", false],
  ["Living room", "", false],
])("a figure that may need two lines is never said to fit one: %s %s", (text, unit, fits) => {
  expect(fitsOneLine(text, unit)).toBe(fits);
});
