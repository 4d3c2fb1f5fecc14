import { describe, expect, it } from "vitest";
import { saying } from "./texts/said.harness";
import { DurationSchema, parseDuration } from "./time";

describe("durations", () => {
  it.each([
    ["500ms", 500],
    ["5s", 5000],
    [" 1.5 s ", 1500],
    ["10 min", 600_000],
    ["10m", 600_000],
    ["1h", 3_600_000],
    ["7d", 604_800_000],
    ["60", 60_000],
    [60, 60_000],
  ])("DC-14: %j is %i ms", (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: ms });
  });
  it.each(["", "soon", "5 weeks", "-5s", "5s5s", "1e3s", "NaN"])("DC-14: %j is refused with an example", (text) => {
    expect(parseDuration(text)).toMatchObject({ ok: false, error: saying("60s") });
    expect(DurationSchema.safeParse(text).success).toBe(false);
  });
});
