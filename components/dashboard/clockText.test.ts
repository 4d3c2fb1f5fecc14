import { expect, it } from "vitest";
import { clockText } from "./clockText";

const noon = Date.UTC(2026, 10, 23, 12, 0);

it.each([
  [noon - 20 * 60_000, "11:40"],
  [noon - 13 * 3_600_000, "22 Nov, 23:00"],
])("tells the day only where it is another one", (at, text) => {
  expect(clockText(at, noon, "en-GB", "UTC")).toBe(text);
});
