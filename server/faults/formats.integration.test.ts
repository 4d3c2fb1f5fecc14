import { encode as packed } from "@msgpack/msgpack";
import { encode as cborOf } from "cborg";
import protobuf from "protobufjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inWords } from "../../lib/texts/said";
import { type Mosquitto, startMosquitto } from "../testing/mosquitto";
import { startDevices, type TestDevices } from "./devices";
import { startTelltale, type Telltale } from "./telltale";
import { openViewer, type Viewer } from "./viewer";

/** Each format through a real broker, as telltale.yaml describes it. */

const PROTO = 'syntax = "proto3"; package plant; message Reading { float temp = 1; int64 energy = 2; }';
const yaml = (url: string) => `
brokers: [{id: main, url: "${url}"}]
topics:
  - {id: cbor, filter: f/cbor, format: cbor, value: $.temp, unit: °C}
  - {id: cbor-big, filter: f/cbor, format: cbor, value: $.energy}
  - {id: msgpack, filter: f/msgpack, format: msgpack, value: $.temp, unit: °C}
  - id: bytes
    filter: f/bytes
    format: bytes
    struct:
      - {key: temp, at: 0, type: i16be, scale: 0.1}
      - {key: hum, at: 2, type: u8}
      - {key: open, at: 3, type: bit, bit: 1}
    values:
      temp: {value: $.temp, unit: °C}
      hum: {value: $.hum, unit: "%"}
      open: {value: $.open}
  - id: protobuf
    filter: f/protobuf
    format: protobuf
    proto: |
      syntax = "proto3";
      package plant;
      message Reading { float temp = 1; int64 energy = 2; }
    message: plant.Reading
    values:
      temp: {value: $.temp}
      energy: {value: $.energy}
  - {id: base64, filter: f/base64, format: msgpack, encoding: base64, value: $.temp}
  - {id: hex, filter: f/hex, format: cbor, encoding: hex, value: $.temp}
  - {id: kelvin, filter: f/kelvin, transform: payload.t - 273.15, precision: 2}
  - id: tenths
    filter: f/tenths
    type: number
    transform: value / 10
    command: {topic: f/tenths/set, min: 5, max: 30, step: 0.5, transform: value * 10}
`;

let broker: Mosquitto;
let devices: TestDevices;
let telltale: Telltale;
let viewer: Viewer;

beforeAll(async () => {
  broker = await startMosquitto();
  devices = await startDevices(broker.url);
  telltale = await startTelltale({ yaml: yaml(broker.url), env: { TELLTALE_ANONYMOUS: "" } });
  viewer = await openViewer(telltale.url, await telltale.login());
});

afterAll(async () => {
  viewer?.close();
  await telltale?.dispose();
  await devices?.stop();
  await broker?.stop();
});

const shows = (id: string, value: unknown) =>
  viewer.until(`${id} shows ${value}`, () => viewer.points.get(id)?.value === value);

describe("formats through a broker", () => {
  test("DC-40, DC-41, DC-42, DC-43, DC-44: one registration for each gives the right reading", async () => {
    const Reading = protobuf.parse(PROTO).root.lookupType("plant.Reading");
    const document = { temp: 21.5, energy: 9007199254740993n };
    await devices.say("f/cbor", Buffer.from(cborOf(document)));
    await devices.say("f/msgpack", Buffer.from(packed({ temp: -4.1 })));
    await devices.say("f/bytes", Buffer.from([0xff, 0xd7, 63, 0b10]));
    await devices.say(
      "f/protobuf",
      Buffer.from(Reading.encode(Reading.fromObject({ temp: 21.3, energy: "9007199254740993" })).finish()),
    );
    await devices.say("f/base64", Buffer.from(packed({ temp: 7.25 })).toString("base64"));
    await devices.say("f/hex", Buffer.from(cborOf({ temp: 8.5 })).toString("hex"));
    await shows("cbor", 21.5);
    await shows("cbor-big", "9007199254740993");
    await shows("msgpack", -4.1);
    await shows("bytes.temp", -4.1);
    await shows("bytes.hum", 63);
    await shows("bytes.open", true);
    await shows("protobuf.temp", 21.3);
    await shows("protobuf.energy", "9007199254740993");
    await shows("base64", 7.25);
    await shows("hex", 8.5);
  });

  test("DC-115: what runs past the end is a reject that names the field, and the value before stays", async () => {
    await devices.say("f/bytes", Buffer.from([1, 2]));
    const told = await viewer.until("the reject", () => viewer.points.get("bytes.hum")?.status?.reject);
    expect(inWords(told.message)).toBe("the field hum (u8, byte 2) runs past the end: the payload has 2 bytes");
    expect(viewer.points.get("bytes.hum")?.value).toBe(63);
  });

  test("DC-45, DC-46: a transform gives what is shown, or says what went wrong with which expression", async () => {
    await devices.say("f/kelvin", '{"t": 300}');
    await viewer.until("it is °C", () => Math.abs(Number(viewer.points.get("kelvin")?.value) - 26.85) < 1e-9);
    await devices.say("f/kelvin", '{"u": 300}');
    const told = await viewer.until("the reject", () => viewer.points.get("kelvin")?.status?.reject);
    expect(inWords(told.message)).toMatch(/^the transform payload\.t - 273\.15 failed: no such key: t/);
  });

  test("DC-48: a command goes out through the inverse, and its echo confirms it", async () => {
    devices.obey("f/tenths/set", "f/tenths");
    await devices.say("f/tenths", "200");
    await shows("tenths", 20);
    await viewer.command("tenths", 21.5);
    await viewer.until("confirmed", () => viewer.points.get("tenths")?.command?.state === "confirmed");
    await shows("tenths", 21.5);
  });
});
