import { expect, it } from "vitest";
import { clockText } from "./clockText";

const noon = Date.UTC(2026, 10, 23, 12, 0);

it.each([
  [noon - 20 * 60_000, "11:40"],
  [noon - 13 * 3_600_000, "22 Nov, 23:00"],
])("tells the day only where it is another one", (at, text) => {
  expect(clockText(at, noon, "en-GB", "UTC")).toBe(text);
});

it("has 24 hours for every reader, as charts have", () => {
  expect(clockText(Date.UTC(2026, 10, 23, 0, 5), noon, "en-US", "UTC")).toBe("00:05");
  expect(clockText(Date.UTC(2026, 10, 23, 11, 40), noon, "en-US", "UTC")).toBe("11:40");
});
