import { describe, expect, test } from "vitest";
import type { PointCommand } from "../../../lib/point";
import { saying } from "../../../lib/texts/said.harness";
import { harnessForEachTest, refusal, session } from "./commandService.harness";

const h = harnessForEachTest();

const moving: PointCommand = { kind: "number", assumed: false, send: "moving", confirmMs: 5000 };

describe("a slider that sends while it moves", () => {
  test("CM-25: a newer value of the same person supersedes, another person's is busy", async () => {
    h.world.command = moving;
    await h.press(1);
    await h.clock.advanceAsync(100);
    await h.press(2);
    expect(h.states()).toEqual(["unconfirmed", "acked"]);
    expect(h.shown.find((c) => c.value === 1 && c.state === "unconfirmed")).toMatchObject({
      reason: saying(/^superseded by a newer value$/),
    });
    expect(refusal(await h.press(3, {}, session("Bo")))).toBe("busy");
    await h.report(1);
    await h.report(2);
    expect(h.states()).toEqual(["unconfirmed", "confirmed"]);
  });

  test("CM-26: ten a second go, the last one always", async () => {
    h.world.command = moving;
    const states: string[] = [];
    for (let i = 0; i < 30; i++) {
      states.push(refusal(await h.press(i)));
      await h.clock.advanceAsync(100);
    }
    expect(new Set(states)).toEqual(new Set(["acked"]));
    const burst: string[] = [];
    for (let i = 0; i < 12; i++) burst.push(refusal(await h.press(i)));
    expect(burst.slice(0, 10)).not.toContain("too-fast");
    expect(burst.at(-1)).toBe("too-fast");
  });

  test("CM-100: a value whose audit comes behind a newer one's is never published", async () => {
    h.world.command = moving;
    const gates: (() => void)[] = [];
    h.world.openCommand = async (record) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return h.store.openCommand(record);
    };
    const first = h.send(h.request(1));
    await h.settle();
    const second = h.send(h.request(2));
    await h.settle();
    gates[1]?.();
    expect(refusal(await second)).toBe("acked");
    gates[0]?.();
    expect(refusal(await first)).toBe("busy");
    expect(h.published.map((p) => p.payload)).toEqual(["2"]);
  });
});
