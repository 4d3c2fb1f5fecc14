import { describe, expect, it } from "vitest";
import { bytes, compiled, said } from "../compile/testing";
import { proposeRegistrations } from "../explorer/propose";
import type { RegistrationInput } from "../registration";
import { filterMatches } from "../topics/match";
import { parseFilter } from "../topics/parse";
import { found, type Messages, run } from "./testing";

/**
 * What devices really say that is easy to get wrong, one test for each. Those of Sparkplug stand in sparkplug.test.ts (SP-1 to SP-6),
 * those of templates in lib/templates/examples.ts, retained values of offline devices in server/core/live (LV-18).
 */

const dev = { ids: "d", name: "D" };
const config = (component: string, id: string, o: object): Messages[number] => [
  `homeassistant/${component}/${id}/config`,
  { name: id, dev, ...o },
];
/** The value of one Home Assistant sensor after these messages. */
const sensor = (o: object, ...messages: Messages[number][]) => found([config("sensor", "S", o), ...messages], "D", "S");
type Bare = Omit<RegistrationInput, "id" | "filter">;
const read = (payload: string, o: Bare = {}): unknown => said(compiled({ filter: "a", ...o }), payload)[""];
const proposal = (topic: string, ...payloads: string[]) =>
  proposeRegistrations(topic, payloads.map(bytes), [])[0]?.registration;

describe("DV-7: numbers and units", () => {
  it("numbers as texts: 12.3, 01317, 00860", () => {
    for (const [text, number] of [
      ["12.3", 12.3],
      ["01317", 1317],
      ["00860", 860],
    ] as const) {
      expect(read(text, { type: "number" })).toBe(number);
      expect(read(`{"v": "${text}"}`, { value: "$.v", unit: "W" })).toBe(number);
      expect(sensor({ stat_t: "s", unit_of_meas: "W" }, ["s", text]).value).toBe(number);
    }
    // Without a type it may as well be a code.
    expect(read("01317")).toBe("01317");
  });

  it("a unit within the value, once: 24 cm", () => {
    expect(proposal("well/depth", "24 cm")).toMatchObject({ type: "number", unit: "cm" });
    expect(read("24 cm", { unit: "cm" })).toBe(24);
    expect(read("24 cm", { unit: "m" })).toBe("<wrong-type>");
  });

  it("a unit in a topic beside: …/unit, $unit", () => {
    const siblings = [{ topic: "well/depth/unit", head: bytes("cm"), bytes: 2 }];
    expect(proposeRegistrations("well/depth", [bytes("24")], siblings)[0]?.registration.unit).toBe("cm");
    const messages: Messages = [
      ["homie/w/$homie", "4.0.0"],
      ["homie/w/$name", "W"],
      ["homie/w/n/p/$name", "Depth"],
      ["homie/w/n/p/$datatype", "float"],
      ["homie/w/n/p/$unit", "cm"],
      ["homie/w/n/p", "24"],
    ];
    expect(found(messages, "W", "Depth")).toMatchObject({ registration: { unit: "cm" }, value: 24 });
  });

  it("a unit in a key beside: {value, unit}", () => {
    expect(proposal("a/t", '{"value": 21.5, "unit": "°C"}')).toMatchObject({ value: "$.value", unit: "°C" });
    expect(read('{"value": 70, "unit": "°F"}', { unit: "°C" })).toBe("<wrong-type>");
  });

  it("Tasmota says the unit of a temperature in its discovery, or in the reading", () => {
    const plug = (unit: string): Messages => [
      [
        "tasmota/discovery/AABBCCDDEEFF/config",
        { dn: "Plug", t: "plug", ft: "%prefix%/%topic%/", tp: ["cmnd", "stat", "tele"], mac: "AABBCCDDEEFF" },
      ],
      ["tasmota/discovery/AABBCCDDEEFF/sensors", { sn: { DS18B20: { Temperature: 70.1 }, TempUnit: unit } }],
      ["tele/plug/SENSOR", { DS18B20: { Temperature: 70.1 } }],
    ];
    expect(found(plug("F"), "Plug", "DS18B20 Temperature")).toMatchObject({
      registration: { unit: "°F" },
      value: 70.1,
    });
    expect(found(plug("C"), "Plug", "DS18B20 Temperature").registration.unit).toBe("°C");
  });

  it("device class power with kWh: the unit that is said counts", () => {
    expect(sensor({ stat_t: "s", dev_cla: "power", unit_of_meas: "kWh" }, ["s", "3"])).toMatchObject({
      registration: { unit: "kWh" },
      value: 3,
    });
  });
});

describe("DV-7: on and off", () => {
  it.each([
    ["1", "0"],
    ["on", "off"],
    ["ON", "OFF"],
    ["true", "false"],
    ["True", "False"],
    ["Online", "Offline"],
  ])("%s and %s", (on, off) => {
    expect([read(on, { type: "boolean" }), read(off, { type: "boolean" })]).toEqual([true, false]);
  });

  it('"True - 1/False - 0"', () => {
    const words = { type: "boolean", payloads: { on: "True - 1", off: "False - 0" } } as const;
    expect([read("True - 1", words), read("False - 0", words)]).toEqual([true, false]);
    // mpp-solar says it under unit, beside a 1 or a 0.
    const unit = "True - 1/False - 0";
    const { registration, value } = sensor({ stat_t: "s", unit_of_meas: unit }, ["s", "1"]);
    expect([registration.unit, value]).toEqual([undefined, true]);
    const siblings = [{ topic: "inverter/is_load_on/unit", head: bytes(unit), bytes: unit.length }];
    const beside = proposeRegistrations("inverter/is_load_on/value", [bytes("0")], siblings)[0]?.registration;
    expect(beside).toMatchObject({ type: "boolean" });
    expect(beside).not.toHaveProperty("unit");
    const within = `{"value": 1, "unit": "${unit}"}`;
    expect(read(within, proposal("inverter/is_load_on", within))).toBe(true);
  });

  it("payload_on as JSON true", () => {
    const messages: Messages = [
      config("switch", "S", {
        stat_t: "s",
        cmd_t: "s/set",
        pl_on: true,
        pl_off: false,
        val_tpl: "{{ value_json.on }}",
      }),
      ["s", { on: true }],
    ];
    const { value, compiled: ready } = found(messages, "D", "S");
    expect(value).toBe(true);
    // As Home Assistant makes a text of it.
    expect(ready.points([], "s")[0]?.actuator?.encode(false)).toMatchObject({ ok: true, value: { payload: "False" } });
  });
});

describe("DV-7: what a message does not say", () => {
  it("partial messages blank no other key: BLE, LoRaWAN, Shelly's NotifyStatus", () => {
    const ble: Messages = [
      ["home/g/BTtoMQTT/AABBCCDDEEFF", { id: "AA:BB:CC:DD:EE:FF", model_id: "TH1", tempc: 20, hum: 40 }],
      ["home/g/BTtoMQTT/AABBCCDDEEFF", { id: "AA:BB:CC:DD:EE:FF", model_id: "TH1", tempc: 21 }],
    ];
    expect(found(ble, "TH1 DDEEFF", "Humidity").value).toBe(40);
    const up = (object: object): Messages[number] => [
      "application/1/device/0011223344556677/event/up",
      { deviceInfo: { deviceName: "Field" }, object },
    ];
    expect(found([up({ temperature: 20, humidity: 40 }), up({ temperature: 21 })], "Field", "Humidity").value).toBe(40);
    const shelly: Messages = [
      ["shellyplus1-aabb/online", "true"],
      ["shellyplus1-aabb/status/switch:0", { id: 0, output: true, temperature: { tC: 40 } }],
      [
        "shellyplus1-aabb/events/rpc",
        { src: "shellyplus1-aabb", method: "NotifyStatus", params: { "switch:0": { id: 0, temperature: { tC: 41 } } } },
      ],
    ];
    const [device] = run(shelly).devices();
    const relay = device?.entities.find(({ kind }) => kind === "switch");
    expect(found(shelly, device?.name ?? "", relay?.name ?? "").value).toBe(true);
  });

  it("null is unknown, zero is zero", () => {
    const o = { stat_t: "s", val_tpl: "{{ value_json.t }}", unit_of_meas: "W" };
    expect(sensor(o, ["s", { t: 3 }], ["s", { t: null }]).value).toBeNull();
    expect(sensor(o, ["s", { t: 3 }], ["s", { t: 0 }]).value).toBe(0);
    expect([read("null", { type: "number" }), read("0", { type: "number" })]).toEqual([null, 0]);
  });

  it("DC-125: what thermometers say without a reading is none: 327.67, -127.99", () => {
    const o = { stat_t: "s", unit_of_meas: "°C" };
    for (const none of ["327.67", "-127.99", "-127", "-327.68"])
      expect(sensor(o, ["s", "20"], ["s", none]).value).toBeNull();
    // Elsewhere these are numbers like any other.
    expect(sensor({ stat_t: "s", unit_of_meas: "W" }, ["s", "327.67"]).value).toBe(327.67);
    const up: Messages = [
      [
        "application/1/device/0011223344556677/event/up",
        { deviceInfo: { deviceName: "Field" }, object: { soil: { value: -327.68, unit: "°C", displayName: "Soil" } } },
      ],
    ];
    expect(found(up, "Field", "Soil").value).toBeNull();
  });

  it("retained payloads of 228 kB are read", () => {
    const many = Array.from({ length: 300 }, (_, i) => ({
      ieee_address: `0x${i}`,
      friendly_name: `bulb ${i}`,
      definition: {
        description: "x".repeat(600),
        exposes: [{ type: "numeric", access: 1, name: "t", property: "t", label: "T" }],
      },
    }));
    const list = JSON.stringify(many);
    expect(list.length).toBeGreaterThan(200_000);
    expect(
      found(
        [
          ["zigbee2mqtt/bridge/devices", list],
          ["zigbee2mqtt/bulb 299", { t: 5 }],
        ],
        "bulb 299",
        "T",
      ).value,
    ).toBe(5);
    const long = JSON.stringify({ t: 5, pad: "x".repeat(228_000) });
    expect(read(long, { value: "$.t" })).toBe(5);
  });
});

describe("DV-7: names and shapes", () => {
  it("lists and objects as sensors: ENERGY.Total", () => {
    const meter = (Total: unknown): Messages => [
      [
        "tasmota/discovery/AABBCCDDEEFF/config",
        { dn: "Meter", t: "m", ft: "%prefix%/%topic%/", tp: ["cmnd", "stat", "tele"], mac: "AABBCCDDEEFF" },
      ],
      ["tasmota/discovery/AABBCCDDEEFF/sensors", { sn: { ENERGY: { Total } } }],
      ["tele/m/SENSOR", { ENERGY: { Total } }],
    ];
    const values = (Total: unknown) => {
      const [device] = run(meter(Total)).devices();
      return (device?.entities ?? [])
        .filter(({ name }) => /total/i.test(name))
        .map(({ name }) => found(meter(Total), "Meter", name).value);
    };
    expect(values(7.5)).toEqual([7.5]);
    expect(values([1.2, 3.4])).toEqual([1.2, 3.4]);
    expect(values({ Phase1: 1.2, Phase2: 3.4 })).toEqual([1.2, 3.4]);
    expect(read('{"l": [1.2, 3.4]}', { value: "$.l[1]" })).toBe(3.4);
    expect(read('{"l": [1.2, 3.4]}', { value: "$.l" })).toBe("<ambiguous>");
  });

  it("keys with a space, a colon, a dot", () => {
    const payload = '{"switch:0": {"output": true}, "pv2watt:": 812, "wind speed": 3, "a.b": 4}';
    expect(read(payload, { value: "$['switch:0'].output" })).toBe(true);
    const values = proposal("inverter", payload)?.values ?? {};
    expect(Object.values(values).map(({ value }) => read(payload, { value }))).toEqual([812, 3, 4]);
  });

  it("topics with a space, an é, a leading slash", () => {
    for (const topic of ["living room/light", "café/température", "/devices/x", "a//b"]) {
      const made = proposal(topic, "21");
      expect(made?.filter).toBe(topic);
      expect(filterMatches(topic, topic)).toBe(true);
      expect(sensor({ stat_t: topic }, [topic, "5"]).value).toBe(5);
    }
  });

  it("a state topic below homeassistant/ is a state, and no config", () => {
    const topic = "homeassistant/sensor/mpp_1/state";
    expect(sensor({ stat_t: topic, unit_of_meas: "V" }, [topic, "230"]).value).toBe(230);
    expect(run([[topic, "230"]]).devices()).toEqual([]);
    expect(
      run([[topic, "230"]])
        .counters()
        .find((one) => one.convention === "homeassistant"),
    ).toMatchObject({ refused: 0 });
  });

  it("of two equal JSON keys the last counts, as in SUPLA's configs", () => {
    const topic = "homeassistant/sensor/S/config";
    const text = '{"name": "S", "stat_t": "wrong", "dev": {"ids": "d", "name": "D"}, "stat_t": "s"}';
    expect(
      found(
        [
          [topic, text],
          ["s", "5"],
        ],
        "D",
        "S",
      ),
    ).toMatchObject({ registration: { filter: "s" }, value: 5 });
    expect(read('{"t": 1, "t": 2}', { value: "$.t" })).toBe(2);
  });

  it("name null is the device itself", () => {
    const [device] = run([config("switch", "S", { name: null, stat_t: "s", cmd_t: "s/set" })]).devices();
    expect(device?.entities.map(({ name }) => name)).toEqual(["D"]);
  });

  it("abbreviations, and ~ within lists too", () => {
    const { registration } = sensor({
      "~": "base/x",
      stat_t: "~/s",
      avty: [{ t: "~/lwt" }, { t: "bridge/~" }],
      avty_mode: "any",
    });
    expect(registration).toMatchObject({
      filter: "base/x/s",
      availability: [{ filter: "base/x/lwt" }, { filter: "bridge/base/x" }],
      availabilityMode: "any",
    });
  });

  it("what collectd sends: epoch:value and a NUL", () => {
    expect(read("1700000000.123:42.5\u0000", { format: "collectd" })).toBe(42.5);
    expect(read("1700000000.123:1:2\u0000", { format: "collectd", value: "$.value2" })).toBe(2);
    expect(proposal("collectd/h/cpu/idle", "1700000000.123:42.5\u0000")).toMatchObject({ format: "collectd" });
  });
});

describe("DV-7: whose message it is", () => {
  it("several devices on one topic: Meshtastic, rtl_433, mpp-solar", () => {
    const mesh = (from: number, battery_level: number): Messages[number] => [
      "msh/EU/2/json/LongFast/!00000001",
      { from, type: "telemetry", payload: { battery_level } },
    ];
    const nodes = [mesh(2, 88), mesh(3, 11)];
    expect([found(nodes, "!00000002", "Battery").value, found(nodes, "!00000003", "Battery").value]).toEqual([88, 11]);
    // The stream of all radio messages is no device.
    const events: Messages = [["rtl_433/attic/events", { model: "A", id: 1, temperature_C: 20 }]];
    expect(
      run(events)
        .devices()
        .flatMap(({ entities }) => entities.map(({ name }) => name)),
    ).not.toContain("Temperature");
    const say = (id: number, watts: number): string => JSON.stringify({ serial: id, ac_output_w: watts });
    const one = proposal("mpp-solar", say(1, 100), say(2, 200), say(1, 110));
    if (!one) throw new Error("nothing is proposed");
    expect([said(compiled(one), say(1, 120)), said(compiled(one), say(2, 210))]).toEqual([{ "": 120 }, {}]);
  });

  it("a parent's state overrules its child's: Zigbee2MQTT's bridge, Homie 5", () => {
    const zigbee: Messages = [
      [
        "zigbee2mqtt/bridge/devices",
        [
          {
            ieee_address: "0x1",
            friendly_name: "bulb",
            definition: { exposes: [{ type: "numeric", access: 1, name: "t", property: "t", label: "T" }] },
          },
        ],
      ],
    ];
    expect(found(zigbee, "bulb", "T").registration).toMatchObject({
      availability: [{ filter: "zigbee2mqtt/bulb/availability" }, { filter: "zigbee2mqtt/bridge/state" }],
      availabilityMode: "all",
    });
    const nodes = { n: { properties: { p: { name: "P", datatype: "float" } } } };
    const homie: Messages = [
      ["homie/5/child/$description", { name: "Child", root: "bridge", parent: "bridge", nodes }],
    ];
    expect(found(homie, "Child", "P").registration).toMatchObject({
      availability: [{ filter: "homie/5/child/$state" }, { filter: "homie/5/bridge/$state" }],
      availabilityMode: "all",
    });
  });

  it("DV-20: what is no place moves nothing, the last will on the topic of the values included: OwnTracks", () => {
    const place = { _type: "location", lat: 51.5, lon: -0.1, batt: 80 };
    const messages: Messages = [
      ["owntracks/jo/phone", place],
      ["owntracks/jo/phone", { _type: "transition", event: "leave", lat: 1, lon: 2, tst: 1760000000 }],
      ["owntracks/jo/phone", { _type: "waypoint", desc: "Home", lat: 1, lon: 2, rad: 50 }],
      ["owntracks/jo/phone", { _type: "cmd", action: "reportLocation" }],
      ["owntracks/jo/phone", { _type: "lwt", tst: 1760000000 }],
    ];
    const battery = found(messages, "jo/phone", "Battery");
    expect(battery.value).toBe(80);
    expect(found(messages, "jo/phone", "Location").value).toBe(51.5);
    const [availability] = battery.compiled.availability([]);
    expect([availability?.read(bytes('{"_type":"lwt"}')), availability?.read(bytes(JSON.stringify(place)))]).toEqual([
      "offline",
      "online",
    ]);
  });

  it("$SYS is not matched by #, nor by + at the first level", () => {
    expect(filterMatches("#", "$SYS/broker/uptime")).toBe(false);
    expect(filterMatches("+/broker/uptime", "$SYS/broker/uptime")).toBe(false);
    expect(filterMatches("$SYS/#", "$SYS/broker/uptime")).toBe(true);
    expect(parseFilter("$SYS/#").ok).toBe(true);
  });
});
