import { expect, it } from "vitest";
import { bytesText, wholeText } from "./amounts";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [9949, "9.9 kB"],
  [9960, "10 kB"],
  [999_400, "999 kB"],
  [999_600, "1.0 MB"],
  [94_000_000, "94 MB"],
  [3.2e12, "3.2 TB"],
])("writes %d bytes as %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it("groups the digits of a whole number", () => {
  expect([wholeText(1), wholeText(12_345)]).toEqual(["1", "12,345"]);
});
