import { describe, expect, test } from "vitest";
import { compileRegistration } from "../../lib/compile";
import { tilesIn } from "../../lib/dashboard/tilesIn";
import { inWords } from "../../lib/texts/said";
import { tilePoints } from "../../lib/tilePoints";
import { ROOMS } from "./devices/rooms";
import { demoHouse } from "./house";
import { seededRandom, seedFor } from "./random";

const config = demoHouse("mqtt://127.0.0.1:18830");

/** Every registration, ready for the live path. */
const compiled = config.topics.map((registration) => {
  const result = compileRegistration(registration);
  if (!result.ok) throw new Error(`${registration.id}${result.error.pointer}: ${inWords(result.error.message)}`);
  return result.value;
});

const points = compiled.flatMap((c) =>
  (c.wildcard ? ROOMS.map((room) => [room.name]) : [[]]).flatMap((levels) => [...c.points(levels, undefined)]),
);

describe("the demo house as configuration", () => {
  test("every tile shows a point that a registration yields", () => {
    const ids = new Set<string>(points.map((p) => p.id));
    const shown = config.dashboards.flatMap((d) => tilesIn(d).flatMap(tilePoints));
    const lost = shown.filter((id) => !ids.has(id));
    expect(lost).toEqual([]);
  });

  test("CF-101: it reads from its own broker only, whichever broker is the default one", () => {
    expect([...new Set(config.topics.map((t) => t.broker))]).toEqual(["demo"]);
  });

  test("the house shows every kind of tile that the dashboard knows", () => {
    const kinds = new Set(config.dashboards.flatMap((d) => tilesIn(d).map((t) => t.kind)));
    expect([...kinds].sort()).toEqual([
      "button",
      "chart",
      "climate",
      "cover",
      "fan",
      "gauge",
      "light",
      "map",
      "number",
      "picture",
      "select",
      "slider",
      "status",
      "switch",
      "text",
      "value",
    ]);
  });

  test("every point has a name of its own", () => {
    const names = points.map((p) => p.info.name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test("each control is of the kind that its tile operates", () => {
    const kinds = Object.fromEntries(
      points.flatMap((p) => (p.info.command ? [[p.id as string, p.info.command.kind]] : [])),
    );
    expect(kinds).toEqual({
      pump: "switch",
      setpoint: "number",
      lamp: "number",
      fan: "select",
      display: "text",
      valve: "switch",
      "workshop-light": "switch",
      "garage-heater": "switch",
      chime: "button",
      "reading-lamp.power": "switch",
      "reading-lamp.brightness": "number",
      "reading-lamp.warmth": "number",
      "reading-lamp.effect": "select",
      "blind-position": "number",
      "blind-open": "button",
      "blind-stop": "button",
      "blind-close": "button",
      "office-thermostat.target": "number",
      "office-thermostat.mode": "select",
      "office-thermostat.preset": "select",
      "tower-fan.power": "switch",
      "tower-fan.speed": "number",
      "tower-fan.oscillate": "switch",
      "tower-fan.direction": "select",
    });
  });

  test("the same seed is the same house, another seed another", () => {
    const take = (seed: number) => Array.from({ length: 5 }, seededRandom(seedFor(seed, "boiler")));
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
  });
});
