import type { Reject } from "../reading";
import { err, ok, type Result } from "../result";
import { type Said, say } from "../texts/said";
import { type Json, MAX_PAYLOAD_BYTES, tooLarge } from "./decoder";
import { MAX_DEPTH } from "./jsonText";

/** What all binary formats have in common: a cursor that never leaves the payload, and how its values stand in a document. */

/** Why bytes are not what the format says. Thrown inside a decoder only; `readWhole` makes a reject of it. */
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
  /** Whether this byte is next; then it is passed. */
  skip(byte: number): boolean;
  /** The next bytes, as a view of the payload. */
  take(length: number): Uint8Array;
  view(length: number): DataView;
  /** Big-endian, of 1, 2, 4 or 8 bytes. */
  uint(length: number): bigint;
  /** Counts one more value and refuses too deep a one, before it is read. */
  enter(depth: number): void;
  /** Counts more of what one value makes: a value that takes the time of five counts as five. */
  count(values: number): void;
}

/** More than any device sends. Values of one byte each would take the event loop for longer than a message may. */
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

/** Reads one item that must fill the whole payload. `read` may throw FormatFault; the answer never throws. */
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

/** Refuses what is nested deeper than any device does. */
export function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new FormatFault(say("reject.tooDeep", { levels: MAX_DEPTH }), "too-deep");
}

/** A count that the bytes left cannot hold is a bomb, refused before anything is made of it. */
export function checkCount(cursor: ByteCursor, count: bigint, bytesEach: number): number {
  if (count * BigInt(bytesEach) > BigInt(cursor.left))
    throw new FormatFault(say("reject.tooManyItems", { count: String(count), at: cursor.at, left: cursor.left }));
  return Number(count);
}

/** Beyond ±2^53 a number would lose digits: it stays text, digit for digit. */
export const exact = (value: bigint): number | string =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : String(value);

/** No document holds NaN or an infinity: as words they are refused where a number is wanted (coerce.ts). */
export const finite = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** In the seven digits that a single has: 21.3, not 21.299999237060547. */
export const single = (value: number): number | string =>
  Number.isFinite(value) ? Number(value.toPrecision(7)) : String(value);

/** Bytes within a document, as the explorer and most data sheets write them. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Names are short and ASCII: quicker by a loop than by a call into TextDecoder, as in decoder.ts. */
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

/** As JSON.parse has it: a member called `__proto__` is a member. */
export function putMember(object: { [key: string]: Json }, key: string, value: Json): void {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/** What stands as the key of a map: a text, or a number or boolean as its text. */
export function memberName(key: Json): string {
  if (typeof key === "object" && key !== null) throw new FormatFault(say("reject.mapKey"));
  return String(key);
}

/** How many values a time counts as beside its own: writing it takes as long as reading them. */
const TIME_VALUES = 4;

/** A time of a payload as `isoOf` writes it, counted. */
export function timeOf(cursor: ByteCursor, seconds: number): Json {
  cursor.count(TIME_VALUES);
  return isoOf(seconds);
}

/** Seconds since 1970 as ISO 8601, or the bare number where no date can be that far. */
export function isoOf(seconds: number): Json {
  const at = Math.round(seconds * 1000);
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : finite(seconds);
}
