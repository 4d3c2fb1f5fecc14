import { expect, test } from "vitest";
import type { Command, CommandFate } from "../../../lib/command";
import { createFakeClock } from "../../testing/fakeClock";
import { createRecentCommands } from "./recentCommands";

const fate = (id: string) => ({ id, point: "lamp", value: true }) as CommandFate;

test("FA-109: ids are kept for ten minutes, and no longer where the clock was set back", () => {
  const clock = createFakeClock();
  const recent = createRecentCommands(clock);
  const answer = new Promise<Command>(() => undefined);
  recent.add(fate("a"), "ann", answer);
  clock.setBack(3_600_000);
  clock.advance(600_000);
  recent.add(fate("b"), "ann", answer);
  expect(recent.has("a")).toBe(true);
  clock.advance(1);
  recent.add(fate("c"), "ann", answer);
  expect([recent.has("a"), recent.has("b")]).toEqual([false, true]);
});
