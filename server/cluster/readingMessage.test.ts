import fc from "fast-check";
import { expect, test } from "vitest";
import type { BrokerId, PointId } from "../../lib/ids";
import type { Value } from "../../lib/reading";
import { decodeReading, encodeReading, readingHash } from "./readingMessage";

const MAIN = "main" as BrokerId;
const reading = (value: Value, at: number) => ({ point: "boiler/ü" as PointId, value, at });

test("CL-14: a reading is the same before and after it was kept, whatever its value", () => {
  const values = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.string(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1e13, noNaN: true }), fc.nat(), (value, at, heardAt) => {
      // JSON has no negative zero, and neither has what stores it.
      fc.pre(!Object.is(value, -0));
      expect(decodeReading(encodeReading(MAIN, reading(value, at), heardAt))).toEqual(reading(value, at));
    }),
  );
});

test("CL-15: the same reading on two nodes has one hash, another value another", () => {
  const hash = (value: Value, at: number, heardAt: number) =>
    readingHash(encodeReading(MAIN, reading(value, at), heardAt).payload);
  expect(hash(1, 1000, 1001)).toBe(hash(1, 1400, 1405));
  expect(hash(1, 1000, 1001)).not.toBe(hash(true, 1000, 1001));
  expect(hash("1", 1000, 1001)).not.toBe(hash(1, 1000, 1001));
});

test("CL-15: a reading that is moved behind the last stored one keeps its device's own time", () => {
  const moved = (at: number) => decodeReading({ ...encodeReading(MAIN, reading(1, at), 5000), receivedAt: 5400 }).at;
  expect(moved(4999)).toBe(5399);
  expect(moved(1000)).toBe(1000);
});
