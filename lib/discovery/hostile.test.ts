import { describe, expect, it } from "vitest";
import { compileRegistration } from "../compile";
import { Registration } from "../registration";
import { inWords } from "../texts/said";
import { LIMITS } from "./book";
import { createDiscovery } from "./discovery";
import { bytes, NOW } from "./testing";

/** How much work one message may be, at most. */
const LONGEST_MS = 250;

/** Time of this process's own work: on a machine that is busy with something else the wall clock says nothing. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** A fifth of what a broker may have, so that a flood of all of it stays a quick test. */
const CAPS = { ...LIMITS, entities: LIMITS.entities / 5 };

/** A discovery that notes the slowest message. */
function world() {
  const discovery = createDiscovery({ limits: CAPS });
  const seen = { slowest: 0 };
  return {
    discovery,
    seen,
    say(topic: string, payload: unknown): void {
      const made = bytes(payload);
      const from = cpuMs();
      discovery.handle(topic, made, NOW, true);
      seen.slowest = Math.max(seen.slowest, cpuMs() - from);
    },
    names: () => discovery.devices().map(({ name }) => name),
    counted: () => discovery.counters().find((one) => one.convention === "homeassistant"),
  };
}
const sensor = (of: object): object => ({ name: "N", stat_t: "s", dev: { ids: "d", name: "D" }, ...of });

describe("hostile announcements", () => {
  it("DV-6: more entities than anybody has stop at the caps; what is there follows, and others are still found", () => {
    const { discovery, seen, say, names, counted } = world();
    say("homeassistant/sensor/mine/config", sensor({ name: "Mine", dev: { ids: "mine", name: "Mine" } }));
    for (let i = 0; i < 2000; i++) say(`homeassistant/sensor/one${i}/config`, sensor({ stat_t: `s/${i}` }));
    for (let i = 0; i < CAPS.entities + 5000; i++)
      say(
        `homeassistant/sensor/x${i}/config`,
        sensor({ stat_t: `x/${i}`, dev: { ids: `d${i % 900}`, name: `D${i % 900}` } }),
      );
    say("homeassistant/sensor/mine/config", sensor({ name: "Mine too", dev: { ids: "mine", name: "Mine" } }));
    say("zigbee2mqtt/bridge/devices", [
      {
        ieee_address: "0x1",
        friendly_name: "bulb",
        definition: { exposes: [{ type: "numeric", access: 1, name: "t", property: "t" }] },
      },
    ]);
    const devices = discovery.devices();
    expect(devices.flatMap(({ entities }) => entities).length).toBe(CAPS.entities + 1);
    expect(devices.find(({ name }) => name === "D")?.entities).toHaveLength(LIMITS.entitiesPerDevice);
    expect(devices.find(({ name }) => name === "Mine")?.entities.map(({ name }) => name)).toEqual(["Mine too"]);
    expect(names()).toContain("bulb");
    // Whatever is not there was counted.
    expect(counted()).toMatchObject({ capped: 2000 + 5000 + 1, failed: 0 });
    expect(seen.slowest).toBeLessThan(LONGEST_MS);
  });

  it("DV-6: a device with a million components in one announcement is refused, one with thousands is cut", () => {
    const { discovery, seen, say, counted } = world();
    const cmps = (count: number, name: (i: number) => string): object =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, { p: "sensor", stat_t: name(i) }]));
    const whole = (o: object): object => ({ dev: { ids: "m", name: "M" }, o: { name: "x" }, cmps: o });
    say("homeassistant/device/big/config", whole(cmps(40_000, (i) => `a/${i}`)));
    expect(discovery.devices()).toEqual([]);
    expect(counted()?.refused).toBe(1);
    say("homeassistant/device/m/config", whole(cmps(1500, (i) => `${i}`)));
    expect(discovery.devices()[0]?.entities).toHaveLength(LIMITS.entitiesPerDevice);
    expect(counted()?.capped).toBe(500);
    expect(seen.slowest).toBeLessThan(LONGEST_MS * 4);
  });

  it("DV-6: JSON nested a thousand deep and texts of a megabyte cost nobody a moment", () => {
    const { discovery, seen, say, counted } = world();
    const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
    for (const topic of [
      "homeassistant/sensor/x/config",
      "tele/x/SENSOR",
      "x/status/switch:0",
      "application/a/device/b/event/up",
    ])
      for (const payload of [deep, "[".repeat(60_000), `{"name":"${"x".repeat(1 << 20)}"}`]) say(topic, payload);
    say("x/bridge/devices", "[".repeat(4_000_000));
    expect(discovery.devices()).toEqual([]);
    expect(counted()?.refused).toBe(3);
    expect(discovery.counters().every(({ failed }) => failed === 0)).toBe(true);
    expect(seen.slowest).toBeLessThan(LONGEST_MS);
  });

  it("DV-6: templates that loop, nest or blow up are stopped when they are read, and the value stays", () => {
    const { discovery, say } = world();
    const nested = `${"{% for a in range(9999) %}".repeat(5)}x${"{% endfor %}".repeat(5)}`;
    const templates = {
      loop: "{% for a in range(999999999) %}{{ a }}{% endfor %}",
      nested,
      big: `{{ "x" * 999999999 }}`,
      square: `{% set s = "x" * 9999 %}${"{% set s = s ~ s %}".repeat(40)}{{ s }}`,
      deep: `{{ ${"(".repeat(5000)}1${")".repeat(5000)} }}`,
      self: "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
      regex: `{{ value | regex_replace("(a+)+$", "") }}`,
    };
    for (const [id, val_tpl] of Object.entries(templates))
      say(`homeassistant/sensor/${id}/config`, sensor({ name: id, val_tpl }));
    const parts = discovery.devices().flatMap(({ entities }) => entities.flatMap((entity) => entity.parts));
    for (const { registration } of parts) {
      const made = compileRegistration(Registration.parse(registration));
      if (!made.ok) throw new Error(inWords(made.error.message));
      const from = cpuMs();
      const outcomes = made.value.read(bytes(`${"a".repeat(60)}!`), NOW);
      expect([registration.name, cpuMs() - from < LONGEST_MS]).toEqual([registration.name, true]);
      for (const outcome of outcomes) if (outcome.ok) expect(String(outcome.value).length).toBeLessThan(100_000);
    }
  });

  it("DV-6: markup in a name is text, and stays as it is", () => {
    const { discovery, say } = world();
    const name = `<img src=x onerror="alert(1)">`;
    say("homeassistant/sensor/x/config", sensor({ name, dev: { ids: "d", name, mf: name, mdl: name, sa: name } }));
    expect(discovery.devices()[0]).toMatchObject({ name, maker: name, model: name, area: name, entities: [{ name }] });
  });
});
