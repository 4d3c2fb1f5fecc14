import { expect, test } from "vitest";
import { isStoreHeldUp } from "./storeHeldUp";

const withCode = (code: string) => Object.assign(new Error("no"), { code });

test("PG-6: what a database says when it is locked, full, gone or restarting may pass", () => {
  for (const code of ["SQLITE_BUSY", "SQLITE_IOERR_WRITE", "57P01", "53100", "08006", "25006", "ECONNREFUSED"])
    expect([code, isStoreHeldUp(withCode(code))]).toEqual([code, true]);
  for (const text of [
    "Query read timeout",
    "Connection terminated unexpectedly",
    "timeout exceeded when trying to connect",
  ])
    expect([text, isStoreHeldUp(new Error(text))]).toEqual([text, true]);
  expect(isStoreHeldUp(new AggregateError([withCode("ECONNREFUSED")]))).toBe(true);
});

test("PG-6: a mistake of Telltale's own does not pass", () => {
  for (const code of ["SQLITE_CONSTRAINT_UNIQUE", "23505", "42P01", "ENOENT"])
    expect([code, isStoreHeldUp(withCode(code))]).toEqual([code, false]);
  expect(isStoreHeldUp(new TypeError("x is not a function"))).toBe(false);
  expect(isStoreHeldUp(undefined)).toBe(false);
});
