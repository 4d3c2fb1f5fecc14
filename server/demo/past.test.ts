import { expect, test } from "vitest";
import type { StoredReading } from "../ports";
import { createDevice } from "./device";
import { devices } from "./devices";
import { makePast } from "./past";

const DAY = 86_400_000;
const TO = Date.UTC(2026, 10, 24, 12);

function past(days: number, seed = 7) {
  const house = devices.filter((spec) => spec.past !== false).map((spec) => createDevice(spec, seed));
  const steps = makePast(house, { from: TO - days * DAY, to: TO, seed });
  const readings: StoredReading[] = [];
  for (;;) {
    const step = steps.next();
    if (step.done) return { readings, left: step.value };
    readings.push(...step.value);
  }
}

const valuesOf = (readings: readonly StoredReading[], point: string) =>
  readings.filter((reading) => reading.point === point).map(({ value }) => value);

test("OP-10: the same seed and span give the same past, reading by reading", () => {
  // As text: 35,000 readings are compared in one step.
  const text = (seed: number) => JSON.stringify(past(1, seed).readings);
  const one = text(7);
  expect(one === text(7)).toBe(true);
  expect(one === text(8)).toBe(false);
});

test("OP-11: every point has readings from the first hours to the last minutes, in the order of their times", () => {
  const { readings } = past(2);
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  for (const { point, at } of readings) {
    if (!first.has(point)) first.set(point, at);
    expect(at).toBeGreaterThanOrEqual(last.get(point) ?? 0);
    last.set(point, at);
  }
  expect(first.size).toBeGreaterThan(40);
  expect(Math.max(...first.values())).toBeLessThan(TO - 2 * DAY + 6 * 3_600_000);
  // The soil sensor is silent for minutes, the front door repeats itself every five.
  expect(Math.min(...last.values())).toBeGreaterThan(TO - 10 * 60_000);
  expect(Math.max(...last.values())).toBeLessThan(TO);
});

test("OP-12: the past is plausible: days and nights, people at the controls, a meter that only counts up", () => {
  const { readings, left } = past(3);
  const total = valuesOf(readings, "meter.total") as number[];
  expect(total.every((value, i) => value >= (total[i - 1] ?? 0))).toBe(true);
  const power = valuesOf(readings, "solar.power") as number[];
  expect(Math.min(...power)).toBe(0);
  expect(Math.max(...power)).toBeGreaterThan(1500);
  expect(new Set(valuesOf(readings, "lamp"))).toEqual(new Set([0, 35, 62]));
  expect(new Set(valuesOf(readings, "setpoint"))).toEqual(new Set([18, 21]));
  expect(valuesOf(readings, "valve")).toContain(true);
  // The house is left as its devices start in life.
  expect(valuesOf(readings, "lamp").at(-1)).toBe(62);
  expect(valuesOf(readings, "valve").at(-1)).toBe(false);
  // And every device that reports goes on doing so.
  const silent = devices.filter(
    (spec) => spec.past !== false && spec.id !== "chime" && !left.get(spec)?.some(({ kind }) => kind === "every"),
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});
