import type { Json } from "../decoder";

/** Data formats 5 and 6 (https://docs.ruuvi.com/communication/bluetooth-advertisements). All fields have the most significant byte first. */

const MANUFACTURER = 0x0499;
const MANUFACTURER_DATA = 0xff;

/** The manufacturer's data of an advertisement in hexadecimal digits; undefined if it is not Ruuvi's. */
export function ruuviData(hex: string): DataView | undefined {
  if (hex.length < 10 || hex.length > 600 || hex.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(hex)) return undefined;
  const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  for (let at = 0; at + 1 < bytes.length; ) {
    const length = bytes[at] as number;
    if (length === 0 || at + 1 + length > bytes.length) return undefined;
    const own = bytes.subarray(at + 2, at + 1 + length);
    // The number of the manufacturer alone has the least significant byte first.
    if (
      bytes[at + 1] === MANUFACTURER_DATA &&
      own.length > 2 &&
      (own[0] as number) + (own[1] as number) * 256 === MANUFACTURER
    )
      return new DataView(own.buffer, own.byteOffset + 2, own.length - 2);
    at += 1 + length;
  }
  return undefined;
}

type Fields = Readonly<Record<string, Json>>;

/** Undefined: another format, or it is cut off. What a sensor has no reading of is null. */
export function fieldsOf(data: DataView): Fields | undefined {
  const format = data.getUint8(0);
  if (format === 5 && data.byteLength >= 24) return { format, ...air(data), ...tag(data) };
  if (format === 6 && data.byteLength >= 20) return { format, ...air(data), ...monitor(data) };
  return undefined;
}

/** A decimal number without the noise of binary fractions. */
const scaled = (raw: number, none: number, scale: number, add: number, digits: number): number | null =>
  raw === none ? null : Number((raw * scale + add).toFixed(digits));

const air = (data: DataView): Fields => ({
  temperature: scaled(data.getInt16(1), -0x8000, 0.005, 0, 3),
  humidity: scaled(data.getUint16(3), 0xffff, 0.0025, 0, 4),
  pressure: scaled(data.getUint16(5), 0xffff, 0.01, 500, 2),
});

function tag(data: DataView): Fields {
  const power = data.getUint16(13);
  return {
    acceleration_x: scaled(data.getInt16(7), -0x8000, 0.001, 0, 3),
    acceleration_y: scaled(data.getInt16(9), -0x8000, 0.001, 0, 3),
    acceleration_z: scaled(data.getInt16(11), -0x8000, 0.001, 0, 3),
    battery_voltage: scaled(power >> 5, 0x7ff, 0.001, 1.6, 3),
    tx_power: scaled(power & 0x1f, 0x1f, 2, -40, 0),
    movement_counter: scaled(data.getUint8(15), 0xff, 1, 0, 0),
    sequence: scaled(data.getUint16(16), 0xffff, 1, 0, 0),
  };
}

/** The light level is logarithmic: 254 is 65,535 lux. */
const LUX_STEP = Math.log(65_536) / 254;

function monitor(data: DataView): Fields {
  const flags = data.getUint8(16);
  const light = data.getUint8(13);
  return {
    pm_2_5: scaled(data.getUint16(7), 0xffff, 0.1, 0, 1),
    co2: scaled(data.getUint16(9), 0xffff, 1, 0, 0),
    voc: scaled(data.getUint8(11) * 2 + ((flags >> 6) & 1), 0x1ff, 1, 0, 0),
    nox: scaled(data.getUint8(12) * 2 + ((flags >> 7) & 1), 0x1ff, 1, 0, 0),
    illuminance: light === 0xff ? null : Number((Math.exp(light * LUX_STEP) - 1).toFixed(2)),
    sequence: data.getUint8(15),
    calibrating: (flags & 1) === 1,
  };
}
