import { describe, expect, it } from "vitest";
import type { Value } from "@/lib/reading";
import { switchView } from "./switchView";

describe("switchView", () => {
  it.each<[Value, Value | undefined, string, string | undefined, boolean]>([
    [true, undefined, "on", undefined, false],
    [false, undefined, "off", undefined, true],
    [null, undefined, "unknown", undefined, true],
    ["halfway", undefined, "unknown", undefined, true],
    [false, true, "off", "on", true],
    [true, false, "on", "off", false],
    [null, true, "unknown", "on", true],
    [true, true, "on", undefined, false],
  ])("reported %j, asked for %j: stands %s, ghost %s, a press asks for %s", (value, target, position, ghost, next) => {
    expect(switchView(value, target)).toEqual({ position, ghost, next });
  });
});
