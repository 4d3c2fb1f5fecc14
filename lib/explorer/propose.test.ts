import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRegistration } from "../compile";
import { inWords } from "../texts/said";
import { wildcardLevels } from "../topics/match";
import { type Proposal, type ProposeOptions, proposeRegistrations, type Sibling } from "./propose";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const propose = (
  topic: string,
  payload: string | string[],
  siblings: Record<string, string> = {},
  o?: ProposeOptions,
) =>
  proposeRegistrations(
    topic,
    [payload].flat().map(bytes),
    Object.entries(siblings).map(([name, text]) => ({ topic: name, head: bytes(text), bytes: bytes(text).length })),
    o,
  );
const paintedHead = () =>
  Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
    ...[0, 0, 0, 4, 0, 0, 0, 4, 8, 2, 0, 0, 0, 0, 0, 0, 0],
    ...[0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82],
  ]);
const NO_READING = ["-127", "-127.99", "-327.68", "327.67", "-3276.8", "3276.7"];
const only = (proposals: Proposal[]) => {
  expect(proposals).toHaveLength(1);
  return proposals[0]?.registration;
};

describe("proposals", () => {
  test("XP-17: a picture is a picture, and what says where it is may also be a place", () => {
    const png = paintedHead();
    const [picture, ...none] = proposeRegistrations("yard/camera/picture", [png], []);
    expect(picture?.registration).toMatchObject({
      filter: "yard/camera/picture",
      format: "image",
      name: "Camera picture",
    });
    expect(none).toEqual([]);
    const car = propose("cars/red", '{"lat": 52.5, "lon": 13.4, "speed": 50}');
    expect(car.map(({ kind }) => kind)).toEqual(["topic", "place"]);
    expect(car[1]?.registration).toMatchObject({ format: "location", name: "Cars red place" });
    expect(new Set(car.map(({ registration }) => registration.id)).size).toBe(2);
    expect(propose("room/t", '{"t": 21.5}').map(({ kind }) => kind)).toEqual(["topic"]);
  });

  test.each([
    ["batt/voltage_mV", "12600", "mV"],
    ["meter/energy_kWh", "1234.5", "kWh"],
    ["meter/power_kW", "0.3", "kW"],
    ["air/pressure_hPa", "1013.2", "hPa"],
    ["air/pressureHPa", "1013.2", "hPa"],
    ["grid/freq_Hz", "50.01", "Hz"],
    ["radio/signal_dBm", "-70", "dBm"],
    ["mower/battery_percentage", "0.87", undefined],
    ["mower/battery_percentage", "87", "%"],
    ["tank/level_pct", "0", "%"],
  ])("XP-11: of %s %s the unit is %s", (topic, payload, unit) => {
    expect(only(propose(topic, payload))?.unit).toBe(unit);
  });

  test("XP-10: when something was said is not what was said", () => {
    const said = propose("hm/status/Kitchen/STATE", '{"val": true, "ts": 1700000000123, "lc": 1700000000000}');
    expect(only(said)).toMatchObject({ value: "$.val", type: "boolean" });
    expect(
      only(propose("z/lamp", '{"level": 7, "lastSeen": 1700000000123, "last_changed": 1700000000}')),
    ).toMatchObject({
      value: "$.level",
    });
    expect(only(propose("net/eth0", '{"bytes_total": 1700000000123}'))).toMatchObject({ value: "$.bytes_total" });
  });

  test("XP-10: a bare number is one point, called after its last levels", () => {
    expect(only(propose("plant/press3/oil_temperature", ["41.2", "41.9"]))).toEqual({
      id: "press3-oil-temperature",
      filter: "plant/press3/oil_temperature",
      name: "Press3 oil temperature",
      device: "Press3",
      type: "number",
      unit: "°C",
      unknown: NO_READING,
    });
    expect(only(propose("plant/pump", "ON"))).toMatchObject({ id: "plant-pump", type: "boolean" });
    expect(only(propose("plant/mode", "boost"))).toMatchObject({ type: "text" });
    expect(only(propose("plant/weight", "24,5 kg"))).toMatchObject({ type: "number", unit: "kg" });
  });

  test("XP-10: every number of a JSON payload is a value, what numbers or dates the message is none", () => {
    const payload = { ts: 1700000000, id: 7, temperature: 21.5, humidity: 40, rssi: -61, fw: "1.2", in: { "a b": 3 } };
    expect(only(propose("green/north/climate", JSON.stringify(payload)))).toEqual({
      id: "north-climate",
      filter: "green/north/climate",
      name: "North climate",
      device: "Climate",
      values: {
        temperature: { value: "$.temperature", type: "number", unit: "°C", unknown: NO_READING },
        humidity: { value: "$.humidity", type: "number", unit: "%" },
        rssi: { value: "$.rssi", type: "number", unit: "dBm" },
        "a-b": { value: "$.in['a b']", type: "number" },
      },
    });
  });

  test("XP-10: a payload that is no text and wholly a map with names is CBOR or MessagePack; nothing else is guessed", () => {
    const of = (...payload: number[]) => proposeRegistrations("a/b", [Uint8Array.from(payload)], []);
    const letters = (text: string) => [...bytes(text)];
    expect(
      only(of(0xa2, 0x64, ...letters("temp"), 0xf9, 0x4d, 0x60, 0x63, ...letters("hum"), 0x18, 0x3f)),
    ).toMatchObject({
      format: "cbor",
      values: { temp: { value: "$.temp", type: "number", unit: "°C" }, hum: { value: "$.hum" } },
    });
    expect(
      only(of(0x82, 0xa4, ...letters("temp"), 0xca, 0x41, 0xaa, 0x66, 0x66, 0xa3, ...letters("hum"), 0x3f)),
    ).toMatchObject({
      format: "msgpack",
      values: { temp: { value: "$.temp", type: "number" } },
    });
    // A map of numbers, a number, a list, and a map with a byte behind it: bytes that mean something else.
    expect(of(0xa1, 0x01, 0x18, 0xff)).toEqual([]);
    expect(of(0x18, 0xff)).toEqual([]);
    expect(of(0x82, 0x18, 0xff, 0x01)).toEqual([]);
    expect(of(0xa1, 0x61, 0x74, 0x18, 0xff, 0x00)).toEqual([]);
  });

  test("XP-10: one number in JSON needs no key; its unit may stand beside it", () => {
    expect(
      only(propose("plant/office/ambient", '{"ts":"2013-07-16T11:00:00Z","value":70.6,"unit":"°F"}')),
    ).toMatchObject({
      id: "office-ambient",
      value: "$.value",
      unit: "°F",
    });
    expect(only(propose("x/pm", '{"pm25": 4}'))).toMatchObject({ name: "X pm pm25", value: "$.pm25" });
  });

  test("XP-11: a unit is guessed only where name and numbers leave hardly a doubt", () => {
    const unit = (topic: string, payload: string) => only(propose(topic, payload))?.unit;
    expect(unit("a/temperature", "89.2")).toBeUndefined();
    expect(unit("a/color_temp", "40")).toBeUndefined();
    expect(unit("a/pressure", "1013")).toBe("hPa");
    expect(unit("a/pressure", "2.4")).toBeUndefined();
    expect(unit("a/battery", "87")).toBe("%");
    expect(unit("a/battery_voltage", "3.1")).toBeUndefined();
    expect(unit("a/temperature_F", "70")).toBe("°F");
    expect(unit("a/wind_avg_m_s", "3")).toBe("m/s");
    expect(unit("a/c", "3")).toBeUndefined();
    expect(unit("a/load", "33")).toBeUndefined();
  });

  test("XP-12: a field that changes its type is left out, and so is one that a sample cannot be read by", () => {
    const [first] = propose("a/b", ['{"x": 1, "y": 2}', '{"x": "idle", "y": 3}']);
    expect(first?.registration).toMatchObject({ value: "$.y" });
    expect(propose("a/b", "")).toEqual([]);
    expect(propose("a/b", "[1, 2]")).toEqual([]);
    expect(proposeRegistrations("a/b", [new Uint8Array([0xff, 0xd8, 0xff])], [])).toEqual([]);
  });

  test("XP-13: a wildcard where siblings look alike, before the topic alone", () => {
    const climate = '{"t": 20, "h": 40}';
    const proposals = propose("green/north/climate", climate, { "green/south/climate": climate, "other/x": "1" });
    expect(proposals.map(({ kind }) => kind)).toEqual(["wildcard", "topic"]);
    expect(proposals[0]).toMatchObject({
      registration: { filter: "green/+/climate", name: "{1} climate", device: "{1}" },
      covers: ["green/north/climate", "green/south/climate"],
    });
    const rooms = { "h/hall/temperature": "19", "h/bath/temperature": "23", "h/hall/fan": "1" };
    expect(propose("h/attic/temperature", "25", rooms)[0]?.registration).toMatchObject({
      filter: "h/+/temperature",
      name: "{1} temperature",
      unit: "°C",
    });
    const probes = { "rack/probe1": "19", "rack/probe2": "23" };
    expect(propose("rack/probe3", "25", probes)[0]?.registration).toMatchObject({ filter: "rack/+", name: "Rack {1}" });
  });

  test("XP-13: none where one of them says something else, or stands for another quantity", () => {
    expect(propose("h/a/temperature", "25", { "h/b/temperature": "19", "h/c/temperature": '{"t": 1}' })).toHaveLength(
      1,
    );
    expect(propose("h/a/temperature", "25", { "h/a/humidity": "40", "h/a/fan": "3", "h/a/load": "1" })).toHaveLength(1);
    expect(propose("h/a/temperature", "25", { "h/b/temperature": "19" })).toHaveLength(1);
  });

  test("XP-13: of a long sibling whose end was not kept, its beginning counts", () => {
    const long = (t: number) => JSON.stringify({ t, h: 40, note: "x".repeat(2000) });
    const head = bytes(long(21)).subarray(0, 100);
    const siblings: Sibling[] = [{ topic: "a/2/s", head, bytes: 2040 }];
    expect(proposeRegistrations("a/1/s", [bytes(long(20))], siblings)[0]?.registration.filter).toBe("a/+/s");
  });

  test("XP-10: of a long message the first fifty numbers are proposed, and any of the others where it is asked for", () => {
    const long = JSON.stringify(Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`register_${i}`, i])));
    expect(Object.keys(only(propose("meter/all", long))?.values ?? {})).toHaveLength(50);
    expect(only(propose("meter/all", long, {}, { fields: new Set(["$.register_149"]) }))).toMatchObject({
      value: "$.register_149",
    });
  });

  test("XP-14: ids that stand are not proposed again; the chosen fields and broker are kept", () => {
    const options = { taken: new Set(["a-b"]), broker: "attic", fields: new Set(["$.on"]) };
    expect(only(propose("a/b", '{"on": true, "x": 1}', {}, options))).toMatchObject({
      id: "a-b-on",
      broker: "attic",
      value: "$.on",
      type: "boolean",
    });
    expect(only(propose("a/b", "1", {}, { taken: new Set(["a-b"]) }))?.id).toBe("a-b-2");
  });

  test("XP-15: a number written like a code is one where its name or another message says so", () => {
    expect(only(propose("inverter/battery_voltage", "01317"))).toMatchObject({ type: "number" });
    expect(only(propose("meter", '{"energy_wh": "00860", "pin": "00421"}'))).toMatchObject({
      value: "$.energy_wh",
      type: "number",
      unit: "Wh",
    });
    expect(only(propose("gate/last", "00421"))).toMatchObject({ type: "text" });
    expect(only(propose("gate/last", ["09998", "10001"]))).toMatchObject({ type: "number" });
  });

  test("XP-15: the unit may be said by a topic below the value or beside it", () => {
    const unit = (topic: string, siblings: Record<string, string>) =>
      propose(topic, "7.5", siblings).find(({ kind }) => kind === "topic")?.registration.unit;
    expect(unit("well/depth", { "well/depth/unit": "m" })).toBe("m");
    expect(unit("well/depth", { "well/depth/$unit": " m³/h " })).toBe("m³/h");
    expect(unit("well/depth/value", { "well/depth/unit": "m" })).toBe("m");
    expect(unit("well/depth", { "well/unit": "m" })).toBeUndefined();
    expect(unit("well/depth", { "well/depth/unit": '{"a":1}' })).toBeUndefined();
    expect(unit("well/depth", { "well/depth/unit": "12" })).toBeUndefined();
  });

  test("XP-18: messages that speak of different things in turn make one proposal, and none blanks the other", () => {
    const said = ['{"load": 3, "mode": "eco"}', '{"voltage": 230}', '{"load": 4}', '{"mode": "boost"}'];
    expect(only(propose("inverter/out", said))?.values).toMatchObject({
      voltage: { value: "$.voltage" },
      load: { value: "$.load" },
    });
    const single = only(propose("inverter/out", ['{"load": 3}', '{"mode": "eco"}']));
    expect(single).toMatchObject({ value: "$.load", partial: true });
    expect(only(propose("inverter/out", ['{"load": 3}', '{"load": {"a": 1}}']))?.value).toBe("$.load.a");
    expect(only(propose("inverter/out", ['{"load": 3}', '{"load": 5}']))).not.toHaveProperty("partial");
  });

  test("XP-19: of several devices on one topic, the one that spoke last is proposed, and only its messages are read", () => {
    const say = (id: number, t: number, model = "Acurite") => JSON.stringify({ model, id, temperature_C: t });
    const found = only(propose("433/events", [say(3, 20), say(7, -3), say(3, 21), say(7, -4)]));
    expect(found).toMatchObject({ when: "payload.id == 7", name: "7 temperature", value: "$.temperature_C" });
    const two = only(propose("433/events", [say(3, 20), say(3, -3, "Oregon"), say(7, 21), say(7, -4, "Oregon")]));
    expect(two?.when).toBe('payload.model == "Oregon" && payload.id == 7');
    const compiled = compileRegistration(two as NonNullable<typeof two>);
    if (!compiled.ok) throw new Error(inWords(compiled.error.message));
    const read = (text: string) => compiled.value.read(bytes(text), 0).map((one) => one.ok && one.value);
    expect([read(say(7, 5, "Oregon")), read(say(7, 6)), read(say(3, 7, "Oregon"))]).toEqual([[5], [], []]);
    // The number of a message is no device.
    expect(only(propose("a/b", ['{"id": 1, "x": 2}', '{"id": 2, "x": 3}', '{"id": 3, "x": 4}']))).not.toHaveProperty(
      "when",
    );
    expect(only(propose("a/b", ['{"mac": "a", "x": 2}', '{"mac": "b", "x": 3}']))).toMatchObject({
      when: 'payload.mac == "b"',
    });
    expect(only(propose("a/b", ['{"mac": "a", "x": 2}', '{"mac": "a", "x": 3}']))).not.toHaveProperty("when");
    expect(
      only(propose("a/b", ['{"dev id": "x", "device-id": "q\\"", "x": 2}', '{"device-id": "p", "x": 3}'])),
    ).toMatchObject({ when: 'payload["device-id"] == "p"' });
  });

  test("XP-10: what collectd sends is read as such", () => {
    const idle = only(propose("collectd/host/cpu-0/percent-idle", "1700000000.123:42.5\u0000"));
    expect(idle).toMatchObject({ format: "collectd", type: "number" });
    expect(idle).not.toHaveProperty("value");
    expect(only(propose("collectd/host/load/load", "1700000000.123:1:2:3\u0000"))?.values).toMatchObject({
      value1: { value: "$.value1" },
      value3: { value: "$.value3" },
    });
  });

  test("XP-16: whatever the topic and payload, a proposal compiles and reads the sample", () => {
    const level = fc.oneof(
      fc.constantFrom("a", "temperature", "probe1", "", "{1}", "state", "name", "7", "value", "unit"),
      fc.string({ unit: "grapheme" }),
    );
    const topic = fc
      .array(level, { minLength: 1, maxLength: 5 })
      .map((levels) => levels.map((name) => name.replace(/[+#/\0]/g, "")).join("/"))
      .filter((text) => text !== "");
    const key = fc.oneof(
      fc.constantFrom(
        "t",
        "value",
        "__proto__",
        "constructor",
        "a b",
        "a:b",
        "a.b",
        "ünï",
        "'",
        "id",
        "unit",
        "name",
        "device",
        "sn",
      ),
      fc.string({ unit: "binary" }),
    );
    const scalar = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.string(),
      fc.constantFrom("1,5 °C", "ON"),
    );
    const { document } = fc.letrec<{ document: unknown }>((tie) => ({
      document: fc.oneof(
        { depthSize: "small" },
        scalar,
        fc.dictionary(key, tie("document")),
        fc.array(tie("document")),
      ),
    }));
    const payload = fc.oneof(
      document.map((value) => bytes(JSON.stringify(value) ?? "")),
      fc.string().map(bytes),
      fc.uint8Array(),
    );
    const sibling = fc.record({ topic, head: payload, bytes: fc.nat(3000) });
    let proposed = 0;
    fc.assert(
      fc.property(
        topic,
        fc.array(payload, { minLength: 1, maxLength: 3 }),
        fc.array(sibling, { maxLength: 5 }),
        (name, samples, others) => {
          const twins = others.map((other) => ({
            ...other,
            topic: name.replace(/^[^/]*/, other.topic.split("/")[0] ?? ""),
          }));
          for (const { registration } of proposeRegistrations(name, samples, [...others, ...twins])) {
            proposed++;
            const compiled = compileRegistration(registration);
            expect(compiled).toMatchObject({ ok: true });
            if (!compiled.ok) return;
            const levels = wildcardLevels(compiled.value.filter ?? "", name);
            const outcomes = compiled.value.read(samples.at(-1) as Uint8Array, 0);
            // Of what only older messages speak, the newest says nothing.
            if (samples.length === 1) expect(outcomes).toHaveLength(compiled.value.slots.length);
            expect(outcomes.every(({ ok }) => ok)).toBe(true);
            expect(compiled.value.points(levels, name)).toHaveLength(compiled.value.slots.length);
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(proposed).toBeGreaterThan(50);
  });
});

test("DC-131: digits in quotes are proposed as text, unless their name is that of a quantity", () => {
  const of = (payload: string) => proposeRegistrations("plant/tag", [bytes(payload)], [])[0]?.registration;
  expect(of('{"article":"10052349"}')).toMatchObject({ value: "$.article", type: "text" });
  expect(of('{"temperature":"21"}')).toMatchObject({ value: "$.temperature", type: "number" });
  expect(of('"4711"')?.type).toBe("text");
  expect(of("4711")?.type).toBe("number");
});
