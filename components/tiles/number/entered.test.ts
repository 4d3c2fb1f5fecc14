import { describe, expect, it } from "vitest";
import { entered } from "./entered";

describe("entered", () => {
  it.each<[string, Parameters<typeof entered>[1], number | string]>([
    ["21.5", { min: 5, max: 30, step: 0.5 }, 21.5],
    ["0.3", { min: 0, step: 0.1 }, 0.3],
    ["-3", {}, -3],
    ["", {}, "write a number"],
    ["abc", {}, "write a number"],
    ["Infinity", {}, "write a number"],
    ["31", { min: 5, max: 30 }, "must be from 5 to 30"],
    ["4", { min: 5 }, "must be 5 or more"],
    ["31", { max: 30 }, "must be 30 or less"],
    ["21.3", { min: 5, max: 30, step: 0.5 }, "must be in steps of 0.5 from 5"],
  ])("%j within %j: %j", (text, limits, expected) => {
    const result = entered(text, limits);
    expect(result.ok ? result.value : result.error).toBe(expected);
  });
});
