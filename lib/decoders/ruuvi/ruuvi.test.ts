import { expect, test } from "vitest";
import { decoders } from "../registry";

const read = (data: string) => {
  const document = decoders.ruuvi.decode(
    new TextEncoder().encode(JSON.stringify({ gw_mac: "AA:BB:CC:DD:EE:FF", rssi: -61, ts: "1653668027", data })),
  );
  return document.ok ? document.value : document.error.code;
};
const five = (own: string): string => `0201061BFF9904${own}`;

// The test vectors of docs.ruuvi.com.
test("DC-151: data format 5 of a RuuviTag, with what is not available as unknown", () => {
  expect(read(five("0512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F"))).toEqual({
    format: 5,
    temperature: 24.3,
    humidity: 53.49,
    pressure: 1000.44,
    acceleration_x: 0.004,
    acceleration_y: -0.004,
    acceleration_z: 1.036,
    battery_voltage: 2.977,
    tx_power: 4,
    movement_counter: 66,
    sequence: 205,
    rssi: -61,
    time: 1653668027,
  });
  expect(read(five("058001000000008001800180010000000000CBB8334C884F"))).toMatchObject({
    temperature: -163.835,
    humidity: 0,
    pressure: 500,
    acceleration_x: -32.767,
    battery_voltage: 1.6,
    tx_power: -40,
  });
  const none = { temperature: null, humidity: null, pressure: null, acceleration_z: null, battery_voltage: null };
  expect(read(five("058000FFFFFFFF800080008000FFFFFFFFFFFFFFFFFFFFFF"))).toMatchObject({
    ...none,
    tx_power: null,
    movement_counter: null,
    sequence: null,
  });
});

test("DC-151: data format 6 of a Ruuvi Air", () => {
  expect(read("020106" + "17FF9904" + "06170C5668C79E007000C90501D900CD004C884F")).toEqual({
    format: 6,
    temperature: 29.5,
    humidity: 55.3,
    pressure: 1011.02,
    pm_2_5: 11.2,
    co2: 201,
    voc: 10,
    nox: 2,
    illuminance: 13026.67,
    sequence: 205,
    calibrating: false,
    rssi: -61,
    time: 1653668027,
  });
  expect(read("17FF9904068000FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")).toMatchObject({
    temperature: null,
    pm_2_5: null,
    co2: null,
    voc: null,
    nox: null,
    illuminance: null,
    calibrating: true,
  });
});
