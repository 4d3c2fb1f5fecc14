import { expect, test } from "vitest";
import { Words } from "../registration";
import { legalWords, wordsOfClass, wordsOfProperty } from "./words";

test("a door that is on is open, a contact that is on is closed", () => {
  expect(wordsOfClass("door")).toEqual({ on: "Open", off: "Closed" });
  expect(wordsOfClass("lock")).toEqual({ on: "Unlocked", off: "Locked" });
  expect(wordsOfProperty("contact", { on: "false", off: "true" })).toEqual({ on: "Closed", off: "Open" });
  expect(wordsOfClass("power")).toBeUndefined();
  expect(wordsOfClass("constructor")).toBeUndefined();
});

test("a device's own words are taken where they say more than on and off", () => {
  expect(wordsOfProperty("child_lock", { on: "LOCK", off: "UNLOCK" })).toEqual({ on: "Lock", off: "Unlock" });
  expect(wordsOfProperty("state", { on: "ON", off: "OFF" })).toBeUndefined();
  expect(wordsOfProperty("led", { on: "1", off: "0" })).toBeUndefined();
  expect(wordsOfProperty("x", { on: '{"a":1}', off: "b" })).toBeUndefined();
});

test("whatever a device calls its values, a registration can have it", () => {
  const words = legalWords([
    ["1", " Heating =\n now "],
    ["2", "x".repeat(100)],
    ["eco", "eco"],
    ["true", "Yes"],
    [" 3", "Three"],
    ["4", ""],
    ["5", undefined],
  ]);
  expect(words).toEqual({ "1": "Heating now", "2": "x".repeat(40) });
  expect(Words.safeParse(words).success).toBe(true);
  expect(legalWords([])).toBeUndefined();
});
