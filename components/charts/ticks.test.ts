import { describe, expect, it } from "vitest";
import { momentText, tickText, timeTicks } from "./ticks";

const at = (iso: string): number => Date.parse(iso);
const VIENNA = "Europe/Vienna";
const texts = (from: string, to: string, count: number, zone = VIENNA): string[] => {
  const { t, step } = timeTicks(at(from), at(to), count, zone);
  return t.map((tick) => tickText(tick, step, "en-GB", zone));
};

describe("marks on the axis of time", () => {
  it.each<[string, string, string, number, string[]]>([
    ["minutes", "2026-06-01T10:02:00+02:00", "2026-06-01T10:21:00+02:00", 4, ["10:05", "10:10", "10:15", "10:20"]],
    [
      "hours, with the day where one begins",
      "2026-06-01T13:00:00+02:00",
      "2026-06-02T13:00:00+02:00",
      5,
      ["18:00", "Tue 2", "06:00", "12:00"],
    ],
    ["days", "2026-06-01T10:00:00+02:00", "2026-06-05T10:00:00+02:00", 5, ["2 Jun", "3 Jun", "4 Jun", "5 Jun"]],
    [
      "weeks from Monday",
      "2026-06-02T00:00:00+02:00",
      "2026-06-30T00:00:00+02:00",
      5,
      ["8 Jun", "15 Jun", "22 Jun", "29 Jun"],
    ],
    [
      "months, with the year where one begins",
      "2025-09-10T00:00:00+02:00",
      "2026-09-10T00:00:00+02:00",
      5,
      ["Oct", "2026", "Apr", "Jul"],
    ],
    [
      "wall hours over the day that is an hour short",
      "2026-03-29T00:00:00+01:00",
      "2026-03-30T00:00:00+02:00",
      5,
      ["Sun 29", "06:00", "12:00", "18:00", "Mon 30"],
    ],
    [
      "wall hours over the day that is an hour long",
      "2026-10-25T00:00:00+02:00",
      "2026-10-26T00:00:00+01:00",
      5,
      ["Sun 25", "06:00", "12:00", "18:00", "Mon 26"],
    ],
    [
      "minutes within the hour that comes twice",
      "2026-10-25T02:05:00+01:00",
      "2026-10-25T02:35:00+01:00",
      3,
      ["02:10 CET", "02:20 CET", "02:30 CET"],
    ],
  ])("are whole %s", (_what, from, to, count, expected) => expect(texts(from, to, count)).toEqual(expected));

  it("CH-2: the hour that comes twice has two marks, and no two marks are further apart than their step", () =>
    expect(texts("2026-10-25T00:30:00+02:00", "2026-10-25T04:30:00+01:00", 6)).toEqual([
      "01:00",
      "02:00 CEST",
      "02:00 CET",
      "03:00",
      "04:00",
    ]));

  it("belong to the zone of whoever looks", () =>
    expect(texts("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", 4, "Asia/Kathmandu")).toEqual(
      ["06:00", "12:00", "18:00", "Tue 2"].slice(0, 4),
    ));
});

describe("momentText", () => {
  const moment = at("2026-06-01T10:02:03+02:00");
  it.each([
    [60_000, "1 Jun, 10:02:03"],
    [86_400_000, "1 Jun, 10:02"],
    [366 * 86_400_000, "1 Jun 2026, 10:02"],
  ])("is as exact as a width of %d ms asks for", (width, text) =>
    expect(momentText(moment, width, "en-GB", VIENNA)).toBe(text),
  );
});
