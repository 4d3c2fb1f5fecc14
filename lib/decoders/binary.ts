import type { Reject } from "../reading";
import { err, ok, type Result } from "../result";
import { type Said, say } from "../texts/said";
import { type Json, MAX_PAYLOAD_BYTES, tooLarge } from "./decoder";
import { MAX_DEPTH } from "./jsonText";

/** Shared by all binary formats: a cursor that never leaves the payload, and the conversion of its values to JSON. */

/** The payload breaks the format's rules. Thrown only inside a decoder; `readWhole` turns it into a reject. */
export class FormatFault extends Error {
  constructor(
    readonly why: Said,
    readonly code: Reject["code"] = "not-format",
  ) {
    super();
  }
}

export interface ByteCursor {
  readonly at: number;
  readonly left: number;
  u8(): number;
  /** Moves past this byte if it is the next one; returns whether it was. */
  skip(byte: number): boolean;
  /** The next bytes, as a view of the payload. */
  take(length: number): Uint8Array;
  view(length: number): DataView;
  /** Big-endian, of 1, 2, 4 or 8 bytes. */
  uint(length: number): bigint;
  /** Called before each value is read: checks its depth and counts it. */
  enter(depth: number): void;
  /** Counts more work: a value that takes five times as long as a plain one counts as five. */
  count(values: number): void;
}

/** More than any device sends. Without a limit, values of one byte each would block the event loop for too long. */
const MAX_VALUES = 50_000;

function createCursor(bytes: Uint8Array): ByteCursor {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let values = 0;
  const advance = (length: number): number => {
    if (!(length <= bytes.length - at))
      throw new FormatFault(say("reject.endsTooEarly", { at, announced: length, left: bytes.length - at }));
    at += length;
    return at - length;
  };
  return {
    get at() {
      return at;
    },
    get left() {
      return bytes.length - at;
    },
    u8: () => bytes[advance(1)] as number,
    skip(byte) {
      if (bytes[at] !== byte) return false;
      at++;
      return true;
    },
    take(length) {
      const from = advance(length);
      return bytes.subarray(from, from + length);
    },
    view(length) {
      const from = advance(length);
      return new DataView(data.buffer, data.byteOffset + from, length);
    },
    uint(length) {
      if (length === 8) return this.view(length).getBigUint64(0);
      let value = 0;
      for (const byte of this.take(length)) value = value * 0x100 + byte;
      return BigInt(value);
    },
    enter(depth) {
      checkDepth(depth);
      this.count(1);
    },
    count(more) {
      values += more;
      if (values > MAX_VALUES) throw new FormatFault(say("reject.tooManyValues", { most: MAX_VALUES }), "too-large");
    },
  };
}

/** Reads one item that must fill the whole payload. `read` may throw FormatFault; `readWhole` itself never throws. */
export function readWhole(format: Said, payload: Uint8Array, read: (cursor: ByteCursor) => Json): Result<Json, Reject> {
  if (payload.length > MAX_PAYLOAD_BYTES) return err(tooLarge(payload.length));
  if (payload.length === 0) return err({ code: "not-format", message: say("reject.empty", { format }) });
  const cursor = createCursor(payload);
  try {
    const value = read(cursor);
    if (cursor.left > 0) throw new FormatFault(say("reject.bytesFollow", { count: cursor.left, at: cursor.at }));
    return ok(value);
  } catch (cause) {
    if (!(cause instanceof FormatFault)) throw cause;
    return err({ code: cause.code, message: say("reject.notFormat", { format, why: cause.why }) });
  }
}

/** Throws when values are nested deeper than any device nests them. */
export function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new FormatFault(say("reject.tooDeep", { levels: MAX_DEPTH }), "too-deep");
}

/** Rejects a count that the remaining bytes cannot hold, before anything is allocated for it. */
export function checkCount(cursor: ByteCursor, count: bigint, bytesEach: number): number {
  if (count * BigInt(bytesEach) > BigInt(cursor.left))
    throw new FormatFault(say("reject.tooManyItems", { count: String(count), at: cursor.at, left: cursor.left }));
  return Number(count);
}

/** Integers beyond ±2^53 become text, because a double would lose digits. */
export const exact = (value: bigint): number | string =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : String(value);

/** JSON has no NaN and no infinity: they become words, which coerce.ts rejects where it expects a number. */
export const finite = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** A float32 rounded to its seven significant digits: 21.3, not 21.299999237060547. */
export const single = (value: number): number | string =>
  Number.isFinite(value) ? Number(value.toPrecision(7)) : String(value);

/** Bytes as lower-case hexadecimal text, as the explorer and most data sheets write them. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Most names are short and ASCII: a loop is faster than a call into TextDecoder, as in decoder.ts. */
const SHORT = 24;

export function utf8Text(bytes: Uint8Array): string {
  if (bytes.length <= SHORT) {
    let text = "";
    for (const byte of bytes) {
      if (byte > 0x7f) break;
      text += String.fromCharCode(byte);
    }
    if (text.length === bytes.length) return text;
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw new FormatFault(say("reject.textNotUtf8"));
  }
}

/** Like JSON.parse: `__proto__` becomes an ordinary member. */
export function putMember(object: { [key: string]: Json }, key: string, value: Json): void {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/** The key of a map as text; numbers and booleans are written out. */
export function memberName(key: Json): string {
  if (typeof key === "object" && key !== null) throw new FormatFault(say("reject.mapKey"));
  return String(key);
}

/** Formatting a time takes as long as reading this many values, so they are counted in addition. */
const TIME_VALUES = 4;

/** `isoOf`, with its cost counted. */
export function timeOf(cursor: ByteCursor, seconds: number): Json {
  cursor.count(TIME_VALUES);
  return isoOf(seconds);
}

/** Seconds since 1970 as ISO 8601, or the bare number where it is beyond the range of a Date. */
export function isoOf(seconds: number): Json {
  const at = Math.round(seconds * 1000);
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : finite(seconds);
}
