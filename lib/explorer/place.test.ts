import { describe, expect, test } from "vitest";
import { compileRegistration } from "../compile";
import { proposeRegistrations } from "./propose";
import { siblingTopics } from "./rows";
import { createTopicTree } from "./tree";

type Messages = readonly (readonly [topic: string, payload: unknown])[];
const bytes = (payload: unknown): Uint8Array =>
  new TextEncoder().encode(typeof payload === "string" ? payload : JSON.stringify(payload));

/** What the explorer proposes for each topic alone after these messages, as the server shows it: device, names, values with units. */
function proposed(messages: Messages) {
  const tree = createTopicTree(0);
  for (const [topic, payload] of messages) tree.hear(topic, bytes(payload), true, 0);
  const topics = new Map<string, Uint8Array[]>();
  for (const [topic, payload] of messages) topics.set(topic, [...(topics.get(topic) ?? []), bytes(payload)]);
  return Object.fromEntries(
    [...topics].flatMap(([topic, samples]) => {
      const siblings = siblingTopics(tree, topic).map(({ path, own }) => ({
        topic: path,
        head: own?.head ?? new Uint8Array(),
        bytes: own?.bytes ?? 0,
      }));
      const found = proposeRegistrations(topic, samples, siblings).find(({ kind }) => kind === "topic");
      if (!found) return [];
      const compiled = compileRegistration(found.registration);
      if (!compiled.ok) throw new Error("it does not compile");
      const points = compiled.value.points([], topic);
      const read = compiled.value.read(samples.at(-1) as Uint8Array, 0);
      return [
        [
          topic,
          {
            device: found.registration.device,
            values: points.map(({ info }, i) => {
              const outcome = read.find((one) => one.slot.index === i);
              return [info.name, outcome?.ok ? outcome.value : undefined, info.unit].filter((one) => one !== undefined);
            }),
          },
        ],
      ];
    }),
  );
}

describe("XP-50: a name that stands beside", () => {
  test("names the device of all below it, at any depth", () => {
    expect(
      proposed([
        ["plantsrv/units/31/name", "Cold store north"],
        ["plantsrv/units/31/firmware", "1.8.4"],
        ["plantsrv/units/31/status/running", "1"],
      ]),
    ).toMatchObject({
      "plantsrv/units/31/name": { device: "Cold store north" },
      "plantsrv/units/31/firmware": { device: "Cold store north", values: [["Firmware", "1.8.4"]] },
      "plantsrv/units/31/status/running": { device: "Cold store north", values: [["Running", 1]] },
    });
    expect(
      proposed([
        ["cars/fleet/2/display_name", "Blue van"],
        ["cars/fleet/2/battery_level", "71"],
        ["cars/fleet/2/tires/front/left", "2.5"],
        ["cars/fleet/3/battery_level", "44"],
      ]),
    ).toMatchObject({
      "cars/fleet/2/battery_level": { device: "Blue van", values: [["Battery level", 71, "%"]] },
      "cars/fleet/2/tires/front/left": { device: "Blue van", values: [["Tires front left", 2.5]] },
      "cars/fleet/3/battery_level": { device: "Fleet 3", values: [["Fleet 3 battery level", 44, "%"]] },
    });
    expect(
      proposed([
        ["ups/office/status", "OL"],
        ["ups/office/load", "31"],
        ["ups/attic/status", "OB"],
        ["ups/cellar/name", "Rack"],
        ["ups/cellar/state", "OL"],
      ]),
    ).toMatchObject({
      "ups/office/status": { device: "Office", values: [["Office status", "OL"]] },
      "ups/attic/status": { device: "UPS", values: [["UPS attic", "OB"]] },
      "ups/cellar/state": { device: "Rack", values: [["Rack state", "OL"]] },
    });
    // A document beside its name; the nearest name counts.
    expect(
      proposed([
        ["kiln/title", "Pottery"],
        ["kiln/zone/a/caption", "Upper zone"],
        ["kiln/zone/a", { temp: 812, set: 900 }],
        ["kiln/door/state", "open"],
      ]),
    ).toMatchObject({
      "kiln/zone/a": { device: "Upper zone" },
      "kiln/door/state": { device: "Pottery", values: [["Door", "open"]] },
    });
  });

  test("a number or a container is never a device's name nor the first word of a point's", () => {
    expect(
      proposed([
        ["plantsrv/units/31/firmware", "1.8.4"],
        ["plantsrv/units/31/status/running", "1"],
        ["meters/17/0/power", "5"],
        ["house/1/2/3", "5"],
        ["state/value", "5"],
      ]),
    ).toMatchObject({
      "plantsrv/units/31/firmware": { device: "Units 31", values: [["Units 31 firmware", "1.8.4"]] },
      "plantsrv/units/31/status/running": { device: "Units 31", values: [["Units 31 running", 1]] },
      "meters/17/0/power": { device: "Meters 0" },
    });
    expect(proposed([["house/1/2/3", "5"]])["house/1/2/3"]?.values[0]?.[0]).toMatch(/^\p{L}/u);
    for (const { device, values } of Object.values(
      proposed([
        ["31/status/x", "1"],
        ["7", "2"],
        ["status/31", "4"],
      ]),
    )) {
      expect(device ?? "none").not.toMatch(/^(\d+|status|state|value|device)$/i);
      expect(values).toHaveLength(1);
    }
  });

  test("stays silent where the payload is no name, where it is long, or stands elsewhere", () => {
    const device = (payload: unknown, topic = "shop/pump/name") =>
      proposed([
        [topic, payload],
        ["shop/pump/flow", "5"],
      ])["shop/pump/flow"]?.device;
    for (const payload of ["12", "true", "OFF", "unknown", "{}", { de: "Pumpe" }, "x".repeat(61), "-", ""])
      expect([payload, device(payload)]).toEqual([payload, "Pump"]);
    expect(
      proposed([
        ["hifi/title", "So What"],
        ["hifi/artist", "Miles Davis"],
        ["hifi/volume", "33"],
      ])["hifi/volume"]?.device,
    ).toBe("Hifi");
    expect(device("Fountain")).toBe("Fountain");
    expect(device("Fountain", "shop/filter/name")).toBe("Pump");
    expect(device("Fountain", "shop/pump/flow/name")).toBe("Pump");
    expect(device("Fountain", "shop/pump/firstname")).toBe("Pump");
    expect(device("Evil {1} \u0000", "shop/pump/name")).not.toMatch(/[{}]/);
  });
});

describe("XP-51: a quantity with its value and its unit below it", () => {
  test("is of the device above it, and a number that is filled up with zeros is one", () => {
    expect(
      proposed([
        ["inv-roof/status/grid_voltage/value", "231.4"],
        ["inv-roof/status/grid_voltage/unit", "V"],
        ["inv-roof/status/ac_output/value", "00742"],
        ["inv-roof/status/ac_output/unit", "W"],
      ]),
    ).toMatchObject({
      "inv-roof/status/grid_voltage/value": { device: "Inv roof", values: [["Grid voltage", 231.4, "V"]] },
      "inv-roof/status/ac_output/value": { device: "Inv roof", values: [["AC output", 742, "W"]] },
    });
    expect(
      proposed([
        ["home/well/pump2/data/flow_rate/value", "0012.50"],
        ["home/well/pump2/data/flow_rate/unit", "l/min"],
        ["home/well/pump2/data/mode/value", "boost"],
        ["home/well/pump2/data/mode/unit", ""],
      ]),
    ).toMatchObject({
      "home/well/pump2/data/flow_rate/value": { device: "Pump2", values: [["Flow rate", 12.5, "l/min"]] },
      "home/well/pump2/data/mode/value": { device: "Pump2", values: [["Pump2 mode", "boost"]] },
    });
    expect(
      proposed([
        ["scale/7/weight/reading", "00042"],
        ["scale/7/weight/units", "kg"],
      ]),
    ).toMatchObject({ "scale/7/weight/reading": { device: "Scale 7", values: [["Weight", 42, "kg"]] } });
  });

  test("without a unit, digits that begin with zeros stay a code", () => {
    expect(
      proposed([
        ["till/last/value", "00742"],
        ["till/other/unit", "W"],
      ])["till/last/value"]?.values,
    ).toEqual([["Till last", "00742"]]);
    expect(
      proposed([
        ["till/last/value", "AB12"],
        ["till/last/unit", "W"],
      ])["till/last/value"]?.values,
    ).toEqual([["Last", "AB12"]]);
  });
});

describe("XP-52: one JSON message with many values", () => {
  test("is of the device that a member names, or of the last level of its topic", () => {
    expect(
      proposed([
        [
          "power/heatmeter",
          { device: "HM-7731", time: "2024-02-03T10:00:00", values: { flow: 412, supply_temp: 61.2 } },
        ],
      ]),
    ).toEqual({
      "power/heatmeter": {
        device: "Heatmeter HM-7731",
        values: [
          ["Power heatmeter flow", 412],
          ["Power heatmeter supply temp", 61.2],
        ],
      },
    });
    expect(
      proposed([
        ["yard/scale/data", { name: "Cow scale", payload: { weight_kg: 512.5, battery: 71 } }],
        ["lab/bench/4/state", { sn: 77120, t: { in: 21.5, out: 19 } }],
        ["shed/dryer", { load: 3, hours: 12 }],
      ]),
    ).toMatchObject({
      "yard/scale/data": {
        device: "Cow scale",
        values: [
          ["Yard scale weight", 512.5, "kg"],
          ["Yard scale battery", 71, "%"],
        ],
      },
      "lab/bench/4/state": { device: "Bench 4 77120" },
      "shed/dryer": { device: "Dryer" },
    });
  });

  test("a name that changes from message to message, or names one value, is no device's", () => {
    const device = (...payloads: unknown[]) =>
      proposed(payloads.map((payload) => ["hall/board", payload] as const))["hall/board"]?.device;
    expect(device({ name: "intro", a: 1, b: 2 }, { name: "outro", a: 1, b: 2 }, { a: 1, b: 3 })).toBe("Board");
    expect(device({ name: "temperature", value: 21 })).toBe("Hall");
    expect(device({ name: "12", a: 1, b: 2 })).toBe("Board");
    expect(device({ device: { id: 3 }, a: 1, b: 2 })).toBe("Board");
    expect(device({ device: "<b>\u202e", a: 1, b: 2 })).toBe("Board");
  });
});

test("XP-53: the device stands in the level in which topics that are alike differ", () => {
  const line = (n: string): Messages => [[`plant/${n}/motor/temp`, "40"]];
  expect(proposed([...line("line1"), ...line("line2"), ...line("line3")])["plant/line2/motor/temp"]).toMatchObject({
    device: "Line2",
  });
  expect(proposed(line("line1"))["plant/line1/motor/temp"]?.device).toBe("Motor");
  // Of two such levels the nearer one is the device's.
  const halls = ["hall1", "hall2", "hall3"].flatMap(
    (hall): Messages => ["press1", "press2", "press3"].map((press) => [`plant/${hall}/${press}/temp`, "40"] as const),
  );
  expect(proposed(halls)["plant/hall2/press3/temp"]).toMatchObject({
    device: "Press3",
    values: [["Press3 temp", 40, "°C"]],
  });
  const units = ["31", "32", "33"].map((unit) => [`srv/units/${unit}/fan/speed`, "900"] as const);
  expect(proposed(units)["srv/units/32/fan/speed"]).toMatchObject({
    device: "Units 32",
    values: [["Units 32 fan speed", 900]],
  });
  const climate = { t: 20, h: 40 };
  expect(
    proposed([
      ["green/north/climate", climate],
      ["green/south/climate", climate],
    ])["green/north/climate"]?.device,
  ).toBe("North");
});
