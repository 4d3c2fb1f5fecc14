import { describe, expect, it } from "vitest";
import {
  comparedWith,
  pan,
  presetOf,
  presetSpan,
  type Span,
  seenOf,
  selected,
  spanFor,
  spanFromQuery,
  spanToQuery,
  timeRangeOf,
  zoom,
} from "./span";
import { spanWords } from "./spanWords";

const NOW = Date.parse("2026-06-10T12:00:00+02:00");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VIENNA = "Europe/Vienna";
const at = (iso: string): number => Date.parse(iso);

describe("zoom and pan", () => {
  it("halve what is seen around the hand", () =>
    expect(zoom({ kind: "fixed", from: 0, to: 1000_000 }, 0.5, 0.25, NOW)).toEqual({
      kind: "fixed",
      from: 125_000,
      to: 625_000,
    }));
  it("end at now: what reaches there moves with it", () => {
    expect(zoom(presetSpan("1h"), 2, 0.5, NOW)).toEqual({ kind: "last", ms: 2 * HOUR });
    expect(pan({ kind: "fixed", from: NOW - 3 * HOUR, to: NOW - HOUR }, 5, NOW)).toEqual({
      kind: "last",
      ms: 2 * HOUR,
    });
  });
  it("leave now behind when the hand goes to the past", () => {
    expect(pan(presetSpan("24h"), -0.25, NOW)).toEqual({ kind: "fixed", from: NOW - 1.25 * DAY, to: NOW - 0.25 * DAY });
    expect(zoom(presetSpan("24h"), 0.5, 0, NOW)).toEqual({ kind: "fixed", from: NOW - DAY, to: NOW - DAY / 2 });
  });
  it("stop at two seconds and at ten years", () => {
    const near = timeRangeOf(zoom(presetSpan("1h"), 1e-9, 0, NOW), NOW);
    expect(near.to - near.from).toBe(2000);
    const far = timeRangeOf(zoom(presetSpan("1y"), 1e9, 0.5, NOW), NOW);
    expect(far.to - far.from).toBeLessThan(4000 * DAY);
  });
  it("take a selection from either side", () =>
    expect(selected(NOW - HOUR, NOW - 2 * HOUR, NOW)).toEqual({ kind: "fixed", from: NOW - 2 * HOUR, to: NOW - HOUR }));
});

describe("CH-4: seenOf", () => {
  const day = presetSpan("24h");
  it("starts where the data start", () =>
    expect(seenOf(day, [NOW - 600_000], NOW)).toEqual({ kind: "last", ms: 612_000 }));
  it("starts with the line that has the oldest", () =>
    expect(seenOf(day, [NOW - 60_000, NOW - 2 * HOUR], NOW)).toEqual({ kind: "last", ms: 2 * HOUR * 1.02 }));
  it("shows a minute at least", () => expect(seenOf(day, [NOW - 5000], NOW)).toEqual({ kind: "last", ms: 60_000 }));
  it("is the span itself where there was something before it, where there is nothing, and in the past", () => {
    expect(seenOf(day, [undefined, NOW - 60_000], NOW)).toBe(day);
    expect(seenOf(day, [], NOW)).toBe(day);
    const past: Span = { kind: "fixed", from: NOW - 2 * DAY, to: NOW - DAY };
    expect(seenOf(past, [NOW - 1.1 * DAY], NOW)).toBe(past);
  });
});

describe("comparedWith", () => {
  it("takes the span before, of equal length", () =>
    expect(comparedWith({ from: 100, to: 150 }, "before", VIENNA)).toEqual({
      from: 50,
      to: 100,
      shifts: [{ from: 50, by: 50 }],
    }));
  it("takes the same hours of yesterday, also over a change of the clock", () => {
    const sunday = { from: at("2026-03-29T08:00:00+02:00"), to: at("2026-03-29T20:00:00+02:00") };
    expect(comparedWith(sunday, "day", VIENNA)).toMatchObject({
      from: at("2026-03-28T08:00:00+01:00"),
      to: at("2026-03-28T20:00:00+01:00"),
    });
  });
  it("takes the same weekday of last week", () => {
    const monday = { from: at("2026-10-26T00:00:00+01:00"), to: at("2026-10-27T00:00:00+01:00") };
    expect(comparedWith(monday, "week", VIENNA)).toMatchObject({
      from: at("2026-10-19T00:00:00+02:00"),
      to: at("2026-10-20T00:00:00+02:00"),
    });
  });
  it("is nothing where nothing is compared", () =>
    expect(comparedWith({ from: 1, to: 2 }, "none", VIENNA)).toBeUndefined());
});

describe("spanFor", () => {
  it("is the whole of today, and the week from Monday", () => {
    expect(spanFor("day", presetSpan("1h"), NOW, VIENNA)).toEqual({
      kind: "fixed",
      from: at("2026-06-10T00:00:00+02:00"),
      to: at("2026-06-11T00:00:00+02:00"),
    });
    expect(spanFor("week", presetSpan("1h"), at("2026-03-29T23:00:00+02:00"), VIENNA)).toEqual({
      kind: "fixed",
      from: at("2026-03-23T00:00:00+01:00"),
      to: at("2026-03-30T00:00:00+02:00"),
    });
  });
  it("leaves the span alone otherwise", () => {
    const span = presetSpan("7d");
    expect(spanFor("before", span, NOW, VIENNA)).toBe(span);
  });
});

describe("the address", () => {
  it.each<[Span, Record<string, string>]>([
    [presetSpan("30d"), { span: "30d" }],
    [{ kind: "last", ms: 5_400_000 }, { span: "5400000ms" }],
    [
      { kind: "fixed", from: 1000, to: 5000 },
      { from: "1000", to: "5000" },
    ],
  ])("holds %j", (span, query) => {
    expect(spanToQuery(span)).toEqual(query);
    expect(spanFromQuery(new URLSearchParams(query))).toEqual(span);
  });
  it.each(["", "span=3h", "from=5&to=5", "from=x&to=9", "span=-5ms"])("“%s” holds none", (query) =>
    expect(spanFromQuery(new URLSearchParams(query))).toBeUndefined(),
  );
});

describe("spanWords", () => {
  it.each<[Span, string]>([
    [presetSpan("24h"), "the last 24 hours"],
    [{ kind: "last", ms: 90 * 60_000 }, "the last 90 minutes"],
    [{ kind: "fixed", from: NOW - 3 * HOUR, to: NOW }, "10 Jun, 09:00 to 10 Jun, 12:00"],
  ])("of %j", (span, words) => expect(spanWords(span, "en-GB", VIENNA)).toBe(words));
});

it("a preset is known by its length", () => {
  expect(presetOf({ kind: "last", ms: DAY })).toBe("24h");
  expect(presetOf({ kind: "last", ms: DAY + 1 })).toBeUndefined();
});
