import { describe, expect, test } from "vitest";
import { hasWildcard } from "../../lib/topics/parse";
import { ROOMS } from "./devices/rooms";
import { demoHouse } from "./house";
import { seededRandom, seedFor } from "./random";

const config = demoHouse("mqtt://127.0.0.1:18830");

/** The ids that these registrations can yield, as lib/ids.ts derives them. */
function pointIds(): Set<string> {
  const ids = new Set<string>();
  for (const r of config.topics) {
    const levels = r.filter && hasWildcard(r.filter) ? ROOMS.map((room) => `/${room.name}`) : [""];
    const keys = r.values ? Object.keys(r.values).map((key) => `.${key}`) : [""];
    for (const level of levels) for (const key of keys) ids.add(`${r.id}${level}${key}`);
  }
  return ids;
}

describe("the demo house as configuration", () => {
  test("every tile shows a point that a registration yields", () => {
    const ids = pointIds();
    const lost = config.dashboards.flatMap((d) => d.tiles.filter((t) => !ids.has(t.point ?? "")).map((t) => t.point));
    expect(lost).toEqual([]);
  });

  test("the house shows every kind of tile that the dashboard knows", () => {
    const kinds = new Set(config.dashboards.flatMap((d) => d.tiles.map((t) => t.kind)));
    expect([...kinds].sort()).toEqual([
      "button",
      "gauge",
      "number",
      "select",
      "slider",
      "status",
      "switch",
      "text",
      "value",
    ]);
  });

  test("the same seed is the same house, another seed another", () => {
    const take = (seed: number) => Array.from({ length: 5 }, seededRandom(seedFor(seed, "boiler")));
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
  });
});
