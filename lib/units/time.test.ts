import { expect, test } from "vitest";
import { timeFormat } from "./time";

const at = (iso: string): number => Date.parse(iso);
const clock = (timeZone: string, locale = "en-GB") =>
  timeFormat({ hour: "2-digit", minute: "2-digit", timeZone }, locale);

test("CH-1: the hour that comes twice is told apart by the zone's name, other times have none", () => {
  const { format } = clock("Europe/Vienna");
  expect(format(at("2026-10-25T02:30:00+02:00"))).toBe("02:30 CEST");
  expect(format(at("2026-10-25T02:30:00+01:00"))).toBe("02:30 CET");
  expect(format(at("2026-10-25T01:59:00+02:00"))).toBe("01:59");
  expect(format(at("2026-10-25T03:00:00+01:00"))).toBe("03:00");
  expect(format(at("2026-03-29T03:30:00+02:00"))).toBe("03:30");
});

test("CH-1: also where the clock goes back by half an hour, and with a whole date", () => {
  const { format } = clock("Australia/Lord_Howe");
  expect(format(at("2026-04-05T01:45:00+11:00"))).not.toBe(format(at("2026-04-05T01:45:00+10:30")));
  const long = timeFormat({ dateStyle: "medium", timeStyle: "short", timeZone: "America/New_York" }, "en-US");
  const first = at("2026-11-01T01:30:00-04:00");
  expect(long.format(first)).toBe("Nov 1, 2026, 01:30 EDT");
  expect(long.format(first + 3_600_000)).toBe("Nov 1, 2026, 01:30 EST");
});

test("a day without a time of day has no zone", () => {
  const day = timeFormat({ day: "numeric", month: "short", timeZone: "Europe/Vienna" }, "en-GB");
  expect(day.format(at("2026-10-25T02:30:00+02:00"))).toBe("25 Oct");
});
