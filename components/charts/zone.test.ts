import { describe, expect, it } from "vitest";
import { addDays, dayShifts, fromWall, shiftAt, startOfDay } from "./zone";

const at = (iso: string): number => Date.parse(iso);
const VIENNA = "Europe/Vienna";
const HOUR = 3_600_000;

describe("days of a zone", () => {
  it.each([
    ["in winter", "2026-01-15T13:45:00+01:00", "2026-01-15T00:00:00+01:00"],
    ["in summer", "2026-07-15T00:00:00+02:00", "2026-07-15T00:00:00+02:00"],
    ["on the day that summer time begins", "2026-03-29T12:00:00+02:00", "2026-03-29T00:00:00+01:00"],
    ["on the day that it ends", "2026-10-25T12:00:00+01:00", "2026-10-25T00:00:00+02:00"],
  ])("begin at midnight %s", (_when, time, midnight) => expect(startOfDay(at(time), VIENNA)).toBe(at(midnight)));

  it.each([
    [VIENNA, "2026-03-29T00:00:00+01:00", 23],
    [VIENNA, "2026-10-25T00:00:00+02:00", 25],
    [VIENNA, "2026-06-01T00:00:00+02:00", 24],
    ["Australia/Lord_Howe", "2026-10-04T00:00:00+10:30", 23.5],
    ["Asia/Kathmandu", "2026-10-04T00:00:00+05:45", 24],
  ])("in %s the one from %s has %d hours", (zone, midnight, hours) =>
    expect((addDays(at(midnight), 1, zone) - at(midnight)) / HOUR).toBe(hours),
  );

  it("are counted by the clock on the wall: noon stays noon", () => {
    expect(addDays(at("2026-03-28T12:00:00.250+01:00"), 1, VIENNA)).toBe(at("2026-03-29T12:00:00.250+02:00"));
    expect(addDays(at("2026-10-26T12:00:00+01:00"), -7, VIENNA)).toBe(at("2026-10-19T12:00:00+02:00"));
  });
});

describe("fromWall", () => {
  it("is an hour later for a time that is skipped", () =>
    expect(fromWall(Date.UTC(2026, 2, 29, 2, 30), VIENNA)).toBe(at("2026-03-29T03:30:00+02:00")));
  it("is the first of a time that comes twice", () =>
    expect(fromWall(Date.UTC(2026, 9, 25, 2, 30), VIENNA)).toBe(at("2026-10-25T02:30:00+02:00")));
});

describe("CH-3: a day laid over another", () => {
  const day = (iso: string, hours: number) => [at(iso), at(iso) + hours * HOUR] as const;
  const moved = (shifts: ReturnType<typeof dayShifts>, iso: string): string | undefined => {
    const by = shiftAt(shifts, at(iso));
    return by === undefined ? undefined : new Date(at(iso) + by).toISOString();
  };

  it("lies hour over hour on the day that the clock goes forward, and the skipped hour over nothing", () => {
    const shifts = dayShifts(...day("2026-03-28T00:00:00+01:00", 24), 1, VIENNA);
    expect(moved(shifts, "2026-03-28T01:30:00+01:00")).toBe("2026-03-29T00:30:00.000Z");
    expect(moved(shifts, "2026-03-28T02:30:00+01:00")).toBeUndefined();
    expect(moved(shifts, "2026-03-28T12:00:00+01:00")).toBe("2026-03-29T10:00:00.000Z");
  });

  it("lies hour over hour on the day that the clock goes back, and the day behind it too", () => {
    const onto = dayShifts(...day("2026-10-24T00:00:00+02:00", 24), 1, VIENNA);
    expect(moved(onto, "2026-10-24T01:30:00+02:00")).toBe("2026-10-24T23:30:00.000Z");
    expect(moved(onto, "2026-10-24T12:00:00+02:00")).toBe("2026-10-25T11:00:00.000Z");
    const off = dayShifts(...day("2026-10-25T00:00:00+02:00", 25), 1, VIENNA);
    expect(moved(off, "2026-10-25T02:30:00+02:00")).toBe("2026-10-26T01:30:00.000Z");
    expect(moved(off, "2026-10-25T02:30:00+01:00")).toBeUndefined();
    expect(moved(off, "2026-10-25T12:00:00+01:00")).toBe("2026-10-26T11:00:00.000Z");
  });

  it("has one shift where no clock changes", () =>
    expect(dayShifts(...day("2026-06-01T00:00:00+02:00", 24 * 7), 7, VIENNA)).toEqual([
      { from: at("2026-06-01T00:00:00+02:00"), by: 7 * 24 * HOUR },
    ]));
});

it("CH-3: no day later is the same instant, also within the hour that comes twice", () => {
  for (const iso of ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"])
    expect(addDays(at(iso), 0, VIENNA)).toBe(at(iso));
});
