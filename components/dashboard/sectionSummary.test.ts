import { expect, it } from "vitest";
import { type Summed, sectionSummary } from "./sectionSummary";

const point = (
  icon: string,
  value: Summed["value"],
  more: Partial<Summed["info"]> = {},
  state: Summed["state"] = LIVE,
): Summed => ({
  info: { icon, ...more },
  value,
  state,
});
const LIVE = { state: "live", level: undefined } as const;
const air = (value: number) => point("thermometer", value, { unit: "°C", precision: 1 });
const said = (...points: Summed[]) => sectionSummary(points, "en").join(" · ");

it.each<[string, Summed[]]>([
  ["", []],
  ["", [point("pump", true), point("lightbulb", false)]],
  ["21.2 °C", [air(21.2)]],
  ["4.7–21.2 °C", [air(21.2), air(4.7), air(18)]],
  ["", [point("snowflake", -18, { unit: "°C" })]],
  [
    "2 lamps on",
    [point("lamp", 62, { unit: "%" }), point("lightbulb/sofa", true), point("ceiling-light", 0, { unit: "%" })],
  ],
  [
    "1 lamp on",
    [
      point("lightbulb", true, { part: { kind: "light", role: "power", of: "a" } }),
      point("lightbulb", 66, { unit: "%", part: { kind: "light", role: "brightness", of: "a" } }),
    ],
  ],
  ["2 open", [point("door", true), point("window-closed-variant", true), point("door", false)]],
  [
    "1 critical · 1 offline",
    [
      point("fire", 240, {}, { state: "alarm", level: "critical" }),
      point("lightbulb", true, {}, { state: "offline", level: undefined }),
    ],
  ],
  ["", [point("lightbulb", true, {}, { state: "stale", level: undefined })]],
])("LK-20: a section says %j of what is so now", (line, points) => expect(said(...points)).toBe(line));
