import { expect, test } from "vitest";
import { secondsText } from "./secondsText";

test.each([
  [0, "0.1 s"],
  [1, "0.1 s"],
  [49, "0.1 s"],
  [100, "0.1 s"],
  [101, "0.2 s"],
  [940, "1.0 s"],
  [1000, "1.0 s"],
  [30_049, "30.1 s"],
])("AC-81: %i ms are told as %s", (ms, text) => {
  expect(secondsText(ms)).toBe(text);
});
