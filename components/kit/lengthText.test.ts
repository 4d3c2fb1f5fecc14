import { expect, test } from "vitest";
import { lengthText } from "./lengthText";

test.each([
  [-5, "0 s"],
  [0, "0 s"],
  [999, "0 s"],
  [3200, "3 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [840_000, "14 min"],
  [7_199_999, "1 h"],
  [7_300_000, "2 h"],
  [200_000_000, "2 d"],
])("%d ms is %s", (ms, text) => expect(lengthText(ms)).toBe(text));
