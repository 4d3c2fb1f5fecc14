import { asWording, say } from "../../texts/said";
import {
  type ByteCursor,
  checkCount,
  exact,
  FormatFault,
  finite,
  hex,
  memberName,
  putMember,
  readWhole,
  single,
  timeOf,
  utf8Text,
} from "../binary";
import type { Json } from "../decoder";
import type { PlainFormat } from "../format";

/**
 * CBOR (RFC 8949): one item that fills the payload. Bytes become hexadecimal text, times (tags 0 and 1) ISO 8601, integers beyond
 * ±2^53 (tags 2 and 3 too) text. Unknown tags are ignored.
 */
export const cbor: PlainFormat = {
  id: "cbor",
  label: "formats.cbor",
  reads:
    "CBOR (RFC 8949): bytes as hexadecimal, times as ISO 8601, whole numbers beyond 2^53 as text with all their digits",
  type: undefined,
  structured: true,
  decode: (payload) => readWhole(asWording("CBOR"), payload, (cursor) => item(cursor, 0)),
  // Commands cannot send binary payloads yet.
  encode: () => null,
};

/** No measurement needs longer integers, and the time to write one in decimal grows with the square of its length. */
const MAX_BIGNUM_BYTES = 64;
const INDEFINITE = 31;

function item(cursor: ByteCursor, depth: number): Json {
  cursor.enter(depth);
  const first = cursor.u8();
  const major = first >> 5;
  const info = first & 0x1f;
  if (major === 7) return simple(cursor, info);
  if (info === INDEFINITE) return indefinite(cursor, major, depth);
  const argument = argumentOf(cursor, info);
  return MAJORS[major as keyof typeof MAJORS](cursor, argument, depth);
}

function argumentOf(cursor: ByteCursor, info: number): bigint {
  if (info < 24) return BigInt(info);
  if (info > 27) throw new FormatFault(say("reject.cborReserved", { at: cursor.at - 1 }));
  return cursor.uint(1 << (info - 24));
}

const MAJORS = {
  0: (_: ByteCursor, argument: bigint): Json => exact(argument),
  1: (_: ByteCursor, argument: bigint): Json => exact(-1n - argument),
  2: (cursor: ByteCursor, argument: bigint): Json => hex(cursor.take(checkCount(cursor, argument, 1))),
  3: (cursor: ByteCursor, argument: bigint): Json => utf8Text(cursor.take(checkCount(cursor, argument, 1))),
  4(cursor: ByteCursor, argument: bigint, depth: number): Json {
    const length = checkCount(cursor, argument, 1);
    const list: Json[] = [];
    for (let i = 0; i < length; i++) list.push(item(cursor, depth + 1));
    return list;
  },
  5(cursor: ByteCursor, argument: bigint, depth: number): Json {
    const length = checkCount(cursor, argument, 2);
    const map: { [key: string]: Json } = {};
    for (let i = 0; i < length; i++) member(cursor, map, depth);
    return map;
  },
  6: (cursor: ByteCursor, argument: bigint, depth: number): Json =>
    (TAGS[String(argument)] ?? ((inner) => inner))(item(cursor, depth + 1), cursor),
};

function member(cursor: ByteCursor, map: { [key: string]: Json }, depth: number): void {
  const key = memberName(item(cursor, depth + 1));
  putMember(map, key, item(cursor, depth + 1));
}

const SIMPLE: Record<number, Json> = { 20: false, 21: true, 22: null, 23: null };

function simple(cursor: ByteCursor, info: number): Json {
  const known = SIMPLE[info];
  if (known !== undefined) return known;
  if (info === 25) return single(half(cursor.view(2).getUint16(0)));
  if (info === 26) return single(cursor.view(4).getFloat32(0));
  if (info === 27) return finite(cursor.view(8).getFloat64(0));
  throw new FormatFault(info === INDEFINITE ? say("reject.cborBreak") : say("reject.cborSimple", { value: info }));
}

/** IEEE 754 binary16 (RFC 8949, appendix D). */
function half(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (mantissa + 1024) * 2 ** (exponent - 25);
}

function indefinite(cursor: ByteCursor, major: number, depth: number): Json {
  if (major === 2 || major === 3) {
    let text = "";
    // Each chunk counts as a value: an empty one takes a single byte, so a payload can hold very many.
    for (let head = cursor.u8(); head !== 0xff; head = cursor.u8()) {
      if (head >> 5 !== major || (head & 0x1f) === INDEFINITE) throw new FormatFault(say("reject.cborPart"));
      cursor.enter(depth + 1);
      text += MAJORS[major](cursor, argumentOf(cursor, head & 0x1f)) as string;
    }
    return text;
  }
  if (major === 4) {
    const list: Json[] = [];
    while (!cursor.skip(0xff)) list.push(item(cursor, depth + 1));
    return list;
  }
  if (major === 5) {
    const map: { [key: string]: Json } = {};
    while (!cursor.skip(0xff)) member(cursor, map, depth);
    return map;
  }
  throw new FormatFault(say("reject.cborNoLength"));
}

const asBignum = (inner: Json): bigint => {
  if (typeof inner !== "string" || !/^(?:[0-9a-f]{2})*$/.test(inner)) throw new FormatFault(say("reject.cborBignum"));
  if (inner.length > 2 * MAX_BIGNUM_BYTES)
    throw new FormatFault(say("reject.cborBignumTooLong", { bytes: MAX_BIGNUM_BYTES }));
  return inner === "" ? 0n : BigInt(`0x${inner}`);
};

/** RFC 8949 §3.4. The keys are texts, since a tag may have 64 bits. */
const TAGS: Record<string, (inner: Json, cursor: ByteCursor) => Json> = Object.assign(Object.create(null), {
  1: (inner: Json, cursor: ByteCursor) => {
    if (typeof inner !== "number") throw new FormatFault(say("reject.timeNotNumber"));
    return timeOf(cursor, inner);
  },
  2: (inner: Json) => exact(asBignum(inner)),
  3: (inner: Json) => exact(-1n - asBignum(inner)),
  4: (inner: Json) => scaled(inner, 10),
  5: (inner: Json) => scaled(inner, 2),
});

/** [exponent, mantissa]: a decimal fraction or a big float. A decimal one is parsed from text, so that 273.15 stays 273.15. */
function scaled(inner: Json, base: 2 | 10): Json {
  const [exponent, mantissa] = Array.isArray(inner) ? inner : [];
  if (!Array.isArray(inner) || inner.length !== 2 || typeof exponent !== "number" || typeof mantissa !== "number")
    throw new FormatFault(say("reject.cborFraction"));
  return finite(base === 10 ? Number(`${mantissa}e${exponent}`) : mantissa * 2 ** exponent);
}
