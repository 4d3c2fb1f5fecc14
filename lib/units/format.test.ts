import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalsOf, formatValue, parseEntered } from "./format";

const text = (value: Parameters<typeof formatValue>[0], options: Parameters<typeof formatValue>[1] = {}) =>
  formatValue(value, options).text;

describe("values", () => {
  it("DC-30: at most three decimals unless the registration says how many", () => {
    expect(text(21.4567)).toBe("21.457");
    expect(text(21)).toBe("21");
    expect(text(21.5, { precision: 0 })).toBe("22");
    expect(text(21, { precision: 2 })).toBe("21.00");
  });
  it("DC-30: as the locale writes", () => {
    expect(text(1234567.8, { locale: "de" })).toBe("1.234.567,8");
    expect(text(1234567.8, { locale: "en" })).toBe("1,234,567.8");
  });
  it("DC-75: long whole numbers without a unit are not grouped: an identifier keeps its digits together", () => {
    expect(text(351756051523999)).toBe("351756051523999");
    expect(text(9007199254740991, { locale: "de" })).toBe("9007199254740991");
    expect(text(-10000000000)).toBe("−10000000000");
    expect(text(9999999999)).toBe("9,999,999,999");
    expect(formatValue(351756051523999, { unit: "Wh" })).toEqual({ text: "351,756,051,523,999", unit: "Wh" });
    expect(text(12345678901.5)).toBe("12,345,678,901.5");
  });
  it("DC-31: a small value does not read as zero, nor zero as less than that", () => {
    expect(text(0.0042)).toBe("0.0042");
    expect(text(0.00000012)).toBe("1.2E−7");
    expect(text(-0.001, { precision: 1 })).toBe("0.0");
    expect(text(-3)).toBe("−3");
    expect(text(2.5e20)).toBe("2.5E20");
  });
  it("DC-32: unknown is never a number, and has no unit", () => {
    expect(formatValue(null, { unit: "°C" })).toEqual({ text: "–", unit: "" });
    expect(formatValue(undefined, { unknown: "unknown" })).toEqual({ text: "unknown", unit: "" });
  });
  it("DC-54: a word stands for a value, without a unit; what has none is written as ever", () => {
    const words = { "1": "Idle", "-2.5": "Cold", eco: "Economy", on: "Open" };
    const said = (value: Parameters<typeof text>[0]) => formatValue(value, { words, unit: "°C", locale: "en" });
    expect(said(1)).toEqual({ text: "Idle", unit: "" });
    expect(said(-2.5)).toEqual({ text: "Cold", unit: "" });
    expect(said(2)).toEqual({ text: "2", unit: "°C" });
    expect(said("eco")).toEqual({ text: "Economy", unit: "" });
    expect(said(true)).toEqual({ text: "Open", unit: "" });
    expect(said("constructor")).toEqual({ text: "constructor", unit: "" });
    expect(said(null).text).toBe("–");
  });

  it("DC-30: words for a boolean, texts as they are, units only behind numbers", () => {
    expect(text(true)).toBe("On");
    expect(text(false, { words: { on: "Open", off: "Closed" } })).toBe("Closed");
    expect(text(true, { words: { off: "Closed" } })).toBe("On");
    expect(formatValue("01317", { unit: "x" })).toEqual({ text: "01317", unit: "" });
    expect(formatValue(3, { unit: "°C" })).toEqual({ text: "3", unit: "°C" });
  });
  it("DC-30: formatting never throws, whatever the value and the locale", () => {
    const value = fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null));
    const options = fc.record({
      locale: fc.oneof(fc.string(), fc.constantFrom("de", "en-GB", "ar-EG", "xx", "")),
      precision: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(value, options, (v, o) => {
        expect(typeof text(v, o)).toBe("string");
      }),
    );
  });
});

describe("decimals", () => {
  it.each([
    [101, 0],
    [101.1, 1],
    [-0.25, 2],
    [1.0005, 3],
    [1.00004, 0],
    [0.1 + 0.2, 1],
    [0, 0],
    [0.0042, 0],
    [1e15, 0],
    [Number.NaN, 0],
  ])("UI-8: %d is written with %i", (value, decimals) => expect(decimalsOf(value)).toBe(decimals));
  it("UI-8: a figure keeps the digits that it was told to keep", () => {
    const options = { least: 2, locale: "en" };
    expect([101, 101.1, 101.123, 0.004].map((value) => formatValue(value, options).text)).toEqual([
      "101.00",
      "101.10",
      "101.123",
      "0.004",
    ]);
  });
});

describe("entered numbers", () => {
  it.each([
    ["21.5", "en", 21.5],
    ["21,5", "en", 21.5],
    ["21,5", "de", 21.5],
    ["−3", "de", -3],
    [" +3 ", "en", 3],
    ["1 200", "fr", 1200],
    ["1.234,5", "de", 1234.5],
    ["1,234.5", "en", 1234.5],
    ["1,234", "de", 1.234],
    ["1.234", "en", 1.234],
    ["0,123", "en", 0.123],
    [".5", "en", 0.5],
    ["1,234", "en", undefined],
    ["1.234", "de", undefined],
    ["1.2.3", "en", undefined],
    ["", "en", undefined],
    ["-", "en", undefined],
    ["1e5", "en", undefined],
    ["12 3", "en", undefined],
    ["Infinity", "en", undefined],
    ["twelve", "en", undefined],
  ])("DC-34: %j typed in %s is %j", (typed, locale, expected) => {
    expect(parseEntered(typed, locale)).toBe(expected);
  });
  it("DC-34: what is shown can be typed back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -99_999_999, max: 99_999_999 }),
        fc.constantFrom("en", "de", "fr", "sv"),
        (n, locale) => {
          const shown = text(n / 100, { locale, precision: 2 });
          expect(parseEntered(shown, locale)).toBe(n / 100);
        },
      ),
    );
  });
});
