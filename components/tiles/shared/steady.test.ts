import { describe, expect, it } from "vitest";
import { figureOf } from "@/components/kit/figure";
import type { PointId } from "@/lib/ids";
import { keptDecimals } from "./steady";

const point = { id: "p" as PointId, type: "number" as const };

describe("keptDecimals", () => {
  it("UI-8: a figure keeps the widest number of decimals that its page has seen", () => {
    const page = {};
    const shown = [101.1, 101, 99.25, 100, "off", 3].map(
      (value) => figureOf(value, point, "en", undefined, keptDecimals(page, point, value)).text,
    );
    expect(shown).toEqual(["101.1", "101.0", "99.25", "100.00", "off", "3.00"]);
  });
  it("UI-8: another page and another point begin anew, and registered digits stay as registered", () => {
    const page = {};
    keptDecimals(page, point, 1.5);
    expect(keptDecimals({}, point, 1)).toBe(0);
    expect(keptDecimals(page, { id: "q" as PointId }, 1)).toBe(0);
    expect(keptDecimals(page, { ...point, precision: 0 }, 1.5)).toBeUndefined();
  });
});
