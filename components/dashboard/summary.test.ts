import { expect, it } from "vitest";
import { countStates, shownKeys } from "./summary";

it("UI-10: counts each tile once, an alarm by its level, and leaves out what there is none of", () => {
  const counts = countStates([
    { state: "live", level: undefined },
    { state: "alarm", level: "warning" },
    { state: "alarm", level: "critical" },
    { state: "alarm", level: "critical" },
    { state: "offline", level: undefined },
    { state: "unknown", level: undefined, note: { kind: "no-state" } },
  ]);
  expect(shownKeys(counts).map((key) => `${counts[key]} ${key}`)).toEqual([
    "1 live",
    "1 warning",
    "2 critical",
    "1 offline",
    "1 without state",
  ]);
});
