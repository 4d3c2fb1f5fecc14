import { describe, expect, it } from "vitest";
import { entered, limitsText } from "./entered";

describe("entered", () => {
  it.each<[string, string, Parameters<typeof entered>[1], number | string]>([
    ["21.5", "en", { min: 5, max: 30, step: 0.5 }, 21.5],
    ["12,5", "de", { min: 0, max: 30 }, 12.5],
    ["12,5", "en", { min: 0, max: 30 }, 12.5],
    ["0.3", "en", { min: 0, step: 0.1 }, 0.3],
    ["-3", "en", {}, -3],
    ["", "en", {}, "Enter a number, as in 21.5."],
    ["abc", "en", {}, "“abc” is not a number. Enter one as in 21.5."],
    ["Infinity", "en", {}, "“Infinity” is not a number. Enter one as in 21.5."],
    ["1,250", "en", {}, "“1,250” could be 1.25 or 1250. Enter one of these."],
    ["31", "en", { min: 5, max: 30 }, "Enter 5 to 30."],
    ["4", "de", { min: 5.5 }, "Enter 5,5 or more."],
    ["31", "en", { max: 30 }, "Enter 30 or less."],
    ["21.3", "de", { min: 5, max: 30, step: 0.5 }, "Enter a number in steps of 0,5 from 5."],
  ])("UI-3: %j in %s within %j: %j", (text, locale, limits, expected) => {
    const result = entered(text, limits, locale);
    expect(result.ok ? result.value : result.error).toBe(expected);
  });
});

describe("limitsText", () => {
  it("is empty without limits", () => expect(limitsText({}, "en")).toBe(""));
});
