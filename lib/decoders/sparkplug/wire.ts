import { type Said, say } from "../../texts/said";

/**
 * The wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/), as far as Sparkplug and the format protobuf
 * need it. The work of reading is bounded by the message's size. Reading throws only WireFault.
 */
export class WireFault extends Error {
  constructor(readonly why: Said) {
    super();
  }
}

/** A varint as a bigint; fixed32, fixed64 and length-delimited fields as bytes. */
export type FieldValue = bigint | Uint8Array;
export interface Field {
  readonly number: number;
  readonly wire: 0 | 1 | 2 | 5;
  readonly value: FieldValue;
}

export function* readFields(bytes: Uint8Array): IterableIterator<Field> {
  let at = 0;
  /** A fast path for varints of up to four bytes, which most are: arithmetic with bigints takes ten times as long. */
  function short(): number | undefined {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      const byte = bytes[at + i];
      if (byte === undefined) return undefined;
      value |= (byte & 0x7f) << (7 * i);
      if (byte >= 0x80) continue;
      at += i + 1;
      return value;
    }
    return undefined;
  }
  function varint(): bigint {
    const small = short();
    if (small !== undefined) return BigInt(small);
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new WireFault(say("reject.wireNumberCut"));
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new WireFault(say("reject.wireNumberTooLong"));
  }
  function take(length: number): Uint8Array {
    if (!(length <= bytes.length - at)) throw new WireFault(say("reject.wireFieldCut"));
    at += length;
    return bytes.subarray(at - length, at);
  }
  function key(): [number: number, wire: number] {
    const small = short();
    if (small !== undefined) return [small >>> 3, small & 7];
    const long = varint();
    return [Number(long >> 3n), Number(long & 7n)];
  }
  while (at < bytes.length) {
    const [number, wire] = key();
    if (number === 0) throw new WireFault(say("reject.wireFieldZero"));
    if (wire === 0) yield { number, wire, value: varint() };
    else if (wire === 1) yield { number, wire, value: take(8) };
    else if (wire === 2) yield { number, wire, value: take(short() ?? Number(varint())) };
    else if (wire === 5) yield { number, wire, value: take(4) };
    else throw new WireFault(say("reject.wireType", { type: wire }));
  }
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const asBigint = ({ value }: Field): bigint => {
  if (typeof value !== "bigint") throw new WireFault(say("reject.wireNoNumber"));
  return value;
};
export const asBytes = ({ value }: Field): Uint8Array => {
  if (typeof value === "bigint") throw new WireFault(say("reject.wireNoBytes"));
  return value;
};
export const asFloat = (field: Field): number => {
  if (field.wire !== 5) throw new WireFault(say("reject.wireNoFloat"));
  return view(asBytes(field)).getFloat32(0, true);
};
export const asDouble = (field: Field): number => {
  if (field.wire !== 1) throw new WireFault(say("reject.wireNoDouble"));
  return view(asBytes(field)).getFloat64(0, true);
};
const utf8 = new TextDecoder("utf-8");
export const asText = (field: Field): string => utf8.decode(asBytes(field));

/** Builds a message field by field, in the order of the calls. */
export interface Writer {
  varint(number: number, value: bigint): Writer;
  float(number: number, value: number): Writer;
  double(number: number, value: number): Writer;
  bytes(number: number, value: Uint8Array): Writer;
  text(number: number, value: string): Writer;
  finish(): Uint8Array;
}

export function createWriter(): Writer {
  const made: number[] = [];
  const raw = (value: bigint): void => {
    let rest = BigInt.asUintN(64, value);
    while (rest >= 0x80n) {
      made.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    made.push(Number(rest));
  };
  const key = (number: number, wire: number): void => raw(BigInt(number * 8 + wire));
  const writer: Writer = {
    varint(number, value) {
      key(number, 0);
      raw(value);
      return writer;
    },
    float(number, value) {
      key(number, 5);
      made.push(...new Uint8Array(new Float32Array([value]).buffer));
      return writer;
    },
    double(number, value) {
      key(number, 1);
      made.push(...new Uint8Array(new Float64Array([value]).buffer));
      return writer;
    },
    bytes(number, value) {
      key(number, 2);
      raw(BigInt(value.length));
      for (const byte of value) made.push(byte);
      return writer;
    },
    text: (number, value) => writer.bytes(number, new TextEncoder().encode(value)),
    finish: () => Uint8Array.from(made),
  };
  return writer;
}
