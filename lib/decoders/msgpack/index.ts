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
 * MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md): one item that fills the payload. Bytes and unknown extensions
 * become hexadecimal text, timestamps ISO 8601, integers beyond ±2^53 text.
 */
export const msgpack: PlainFormat = {
  id: "msgpack",
  label: "formats.msgpack",
  reads: "MessagePack, likewise",
  type: undefined,
  structured: true,
  decode: (payload) => readWhole(asWording("MessagePack"), payload, (cursor) => item(cursor, 0)),
  // Commands cannot send binary payloads yet.
  encode: () => null,
};

function item(cursor: ByteCursor, depth: number): Json {
  cursor.enter(depth);
  const head = cursor.u8();
  if (head < 0x80) return head;
  if (head >= 0xe0) return head - 0x100;
  if (head < 0x90) return map(cursor, BigInt(head & 0x0f), depth);
  if (head < 0xa0) return list(cursor, BigInt(head & 0x0f), depth);
  if (head < 0xc0) return text(cursor, BigInt(head & 0x1f));
  const read = HEADS[head];
  if (!read) throw new FormatFault(say("reject.msgpackByte", { byte: `0x${head.toString(16)}`, at: cursor.at - 1 }));
  return read(cursor, depth);
}

const signed = (cursor: ByteCursor, length: number): Json => exact(BigInt.asIntN(length * 8, cursor.uint(length)));
const text = (cursor: ByteCursor, length: bigint): Json => utf8Text(cursor.take(checkCount(cursor, length, 1)));
const binary = (cursor: ByteCursor, length: bigint): Json => hex(cursor.take(checkCount(cursor, length, 1)));

function list(cursor: ByteCursor, length: bigint, depth: number): Json {
  const count = checkCount(cursor, length, 1);
  const items: Json[] = [];
  for (let i = 0; i < count; i++) items.push(item(cursor, depth + 1));
  return items;
}

function map(cursor: ByteCursor, length: bigint, depth: number): Json {
  const count = checkCount(cursor, length, 2);
  const members: { [key: string]: Json } = {};
  for (let i = 0; i < count; i++) {
    const key = memberName(item(cursor, depth + 1));
    putMember(members, key, item(cursor, depth + 1));
  }
  return members;
}

const TIMESTAMP = -1;
const NANOSECONDS = 1e9;

function extension(cursor: ByteCursor, length: bigint): Json {
  const type = cursor.view(1).getInt8(0);
  const size = checkCount(cursor, length, 1);
  if (type !== TIMESTAMP) return hex(cursor.take(size));
  if (size === 4) return timeOf(cursor, Number(cursor.uint(4)));
  if (size === 8) {
    const packed = cursor.uint(8);
    return timeOf(cursor, Number(packed & 0x3ffffffffn) + Number(packed >> 34n) / NANOSECONDS);
  }
  if (size === 12) {
    const nanoseconds = Number(cursor.uint(4));
    return timeOf(cursor, Number(BigInt.asIntN(64, cursor.uint(8))) + nanoseconds / NANOSECONDS);
  }
  throw new FormatFault(say("reject.timeLength"));
}

type Reader = (cursor: ByteCursor, depth: number) => Json;

const HEADS: Record<number, Reader> = {
  192: () => null,
  194: () => false,
  195: () => true,
  196: (cursor) => binary(cursor, cursor.uint(1)),
  197: (cursor) => binary(cursor, cursor.uint(2)),
  198: (cursor) => binary(cursor, cursor.uint(4)),
  199: (cursor) => extension(cursor, cursor.uint(1)),
  200: (cursor) => extension(cursor, cursor.uint(2)),
  201: (cursor) => extension(cursor, cursor.uint(4)),
  202: (cursor) => single(cursor.view(4).getFloat32(0)),
  203: (cursor) => finite(cursor.view(8).getFloat64(0)),
  204: (cursor) => exact(cursor.uint(1)),
  205: (cursor) => exact(cursor.uint(2)),
  206: (cursor) => exact(cursor.uint(4)),
  207: (cursor) => exact(cursor.uint(8)),
  208: (cursor) => signed(cursor, 1),
  209: (cursor) => signed(cursor, 2),
  210: (cursor) => signed(cursor, 4),
  211: (cursor) => signed(cursor, 8),
  212: (cursor) => extension(cursor, 1n),
  213: (cursor) => extension(cursor, 2n),
  214: (cursor) => extension(cursor, 4n),
  215: (cursor) => extension(cursor, 8n),
  216: (cursor) => extension(cursor, 16n),
  217: (cursor) => text(cursor, cursor.uint(1)),
  218: (cursor) => text(cursor, cursor.uint(2)),
  219: (cursor) => text(cursor, cursor.uint(4)),
  220: (cursor, depth) => list(cursor, cursor.uint(2), depth),
  221: (cursor, depth) => list(cursor, cursor.uint(4), depth),
  222: (cursor, depth) => map(cursor, cursor.uint(2), depth),
  223: (cursor, depth) => map(cursor, cursor.uint(4), depth),
};
