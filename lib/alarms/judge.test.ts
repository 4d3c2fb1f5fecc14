import { describe, expect, test } from "vitest";
import type { Value } from "../reading";
import { compileRule, newWindow, type Verdict } from "./judge";
import { AlarmRule } from "./rule";

describe("conditions", () => {
  const verdict = (when: object, value: Value, clear?: object): Verdict =>
    compileRule(AlarmRule.parse({ id: "r", name: "r", points: ["p"], when, clear, level: "notice" })).judge(
      value,
      0,
      newWindow(),
    );

  test.each<[object, Value, object | undefined, Verdict]>([
    [{ above: 95 }, 96, undefined, "holds"],
    [{ above: 95 }, 92, { below: 90 }, "between"],
    [{ above: 95 }, 89, { below: 90 }, "over"],
    [{ above: 95 }, "hot", undefined, "unknown"],
    [{ above: 95 }, null, undefined, "unknown"],
    [{ below: 5 }, 4, undefined, "holds"],
    [{ outside: [10, 20] }, 21, undefined, "holds"],
    [{ outside: [10, 20] }, 19, { inside: [12, 18] }, "between"],
    [{ equals: true }, true, undefined, "holds"],
    [{ equals: true }, false, undefined, "over"],
    [{ equals: "open" }, true, undefined, "unknown"],
    [{ not: "ok" }, "fault", undefined, "holds"],
  ])("AL-4: %j says of %j (clear %j) %s", (when, value, clear, expected) => {
    expect(verdict(when, value, clear)).toBe(expected);
  });

  test("AL-5: a movement is judged within its window, and not denied before the window was looked at", () => {
    const rule = compileRule(
      AlarmRule.parse({
        id: "r",
        name: "r",
        points: ["p"],
        when: { rises: { by: 5, within: "10m" } },
        level: "notice",
      }),
    );
    const window = newWindow();
    const at = (minute: number, value: number) => rule.judge(value, minute * 60_000, window);
    expect([at(0, 20), at(4, 22), at(8, 24.9), at(9, 25), at(12, 25.5), at(30, 25.5)]).toEqual([
      "unknown",
      "unknown",
      "unknown",
      "holds",
      "over",
      "over",
    ]);
  });

  test.each([
    [{ when: { above: 95, below: 5 } }],
    [{ when: {} }],
    [{ clear: { below: 99 } }],
    [{ clear: { above: 99 } }],
    [{ when: { silent: "30m" }, clear: { below: 90 } }],
    [{ when: { outside: [20, 10] } }],
    [{ delay: "soon" }],
    [{ notify: ["house"] }],
  ])("AL-6: %j is refused", (more) => {
    const rule = { id: "r", name: "r", points: ["p"], when: { above: 95 }, level: "critical", ...more };
    expect(AlarmRule.safeParse(rule).success).toBe(false);
  });
});
