import { describe, expect, it } from "vitest";
import { formatValue } from "./format";
import { spokenText } from "./spoken";

describe("spokenText", () => {
  it.each([
    ["image/png;width=320;height=240;bytes=9000;hash=0123456789abcd", "Picture, 320 × 240"],
    ["geo:47.55,-8.2;u=12", "47.55000° N, 8.20000° W"],
    ["geo:-0.5,100", "0.50000° S, 100.00000° E"],
    // Not what Telltale writes itself: as it came.
    ["image/png;width=320", "image/png;width=320"],
    ["geo:somewhere", "geo:somewhere"],
    ["geo:91,0", "geo:91,0"],
    ["running", "running"],
  ])("UI-17: %j is written %j", (text, written) => {
    expect(spokenText(text)).toBe(written);
    expect(formatValue(text).text).toBe(written);
  });
  it("UI-17: words of the registration come first", () =>
    expect(formatValue("geo:1,2", { words: { "geo:1,2": "Home" } }).text).toBe("Home"));
});
