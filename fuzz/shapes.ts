/**
 * Nasty inputs by their size: what makes parsers look twice at the same character. A shape answers text of about `size` characters (or
 * bytes), and is the same kind of text at every size, so that doubling the size shows how the time grows.
 */
export interface Shape<T> {
  readonly name: string;
  readonly make: (size: number) => T;
}

const repeat = (unit: string, size: number): string => unit.repeat(Math.max(1, Math.floor(size / unit.length)));
const between = (head: string, unit: string, tail: string, size: number): string =>
  head + repeat(unit, size - head.length - tail.length) + tail;
const text = (name: string, head: string, unit: string, tail = ""): Shape<string> => ({
  name,
  make: (size) => between(head, unit, tail, size),
});

/** A list of what `item` makes of its index, as long as fits. */
function listed(size: number, head: string, tail: string, item: (i: number) => string): string {
  const parts: string[] = [];
  let length = head.length + tail.length;
  for (let i = 0; length < size; i++) {
    const part = item(i);
    parts.push(part);
    length += part.length + 1;
  }
  return head + parts.join(",") + tail;
}

const LONG = "1234567890123456";

/** One unit over and over, with and without what breaks the match at the end. */
const RUNS: readonly Shape<string>[] = [
  ...[
    " ",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "0",
    "1",
    "9",
    "-",
    "+",
    ".",
    ",",
    ";",
    ":",
    "/",
    "_",
    "=",
    "%",
    "°",
    "a",
    "E",
    "e1",
    "é",
    "😀",
    "\u0301",
  ],
  ...[
    '"',
    "'",
    "\\",
    '\\"',
    "[",
    "]",
    "{",
    "}",
    "(",
    "<",
    "<a",
    "{{",
    "{%",
    "{#",
    "${",
    "$",
    "@",
    "&",
    "*",
    "#",
    "|",
    "~",
    "!",
    "--",
    "//",
  ],
  ...[
    "1.1",
    "1,1",
    "1.000",
    "1,000",
    "1 ",
    "a ",
    ", ",
    " ,",
    "0x",
    "ab",
    "AA==",
    "%20",
    "nan",
    "on",
    "T00:",
    "00:",
    "2024-",
    "<>",
    "ß",
    "İ",
  ],
].flatMap((unit) => {
  const name = JSON.stringify(unit);
  return [
    text(`run of ${name}`, "", unit),
    text(`1, run of ${name}`, "1", unit),
    text(`run of ${name}, x`, "", unit, "x"),
    text(`1, run of ${name}, !`, "1", unit, "!"),
  ];
});

const DRESSED: readonly Shape<string>[] = [
  text("number, spaces, unit", "21.5", " ", "°C"),
  text("number, near-miss unit", "21.5 ", "°C/"),
  text("pair with spaces", "1", " ", ",2"),
  text("pair, cut off", "52.5,", " ", "13.4x"),
  text("pair of long digits", "52.", "1", ",13."),
  text("geo parameters", "geo:1,2", ";a"),
  text("geo near-miss", "geo:1,2", ";u=1", "\n"),
  text("geo digits", "geo:", "1", ",2"),
  text("date with a long fraction", "2024-01-01T00:00:00.", "1", "Z"),
  text("date, spaces", "2024-01-01", " ", "Z"),
  text("date list", "", "2024-01-01T00:00:00Z,"),
  text("collectd values", "1700000000", ":1"),
  text("collectd near-miss", "1700000000.123", ":1e5", "x"),
  text("base64, wrong at its end", "", "QUJD", "!"),
  text("hex, wrong at its end", "0x", "ab", "g"),
  text("words and digits", "", "abc123 "),
  text("snake", "", "a_b_"),
  text("camel", "", "aB"),
  text("unit name", "_mi_h", "_h", "x"),
];

const CLOSED: readonly Shape<string>[] = [
  text("string of escapes", '{"a":"', "\\u00e9", '"}'),
  text("string of quotes", '{"a":"', '\\"', '"}'),
  text("string of backslashes", '{"a":"', "\\\\", '"}'),
  text("string of letters", '{"value":"', "a", '"}'),
  text("string of digits", '{"value":"', "1", '"}'),
  text("string of spaces", '{"value":"1', " ", 'x"}'),
  text("long key", '{"', "k", '":1}'),
  text("long key of quotes", '{"', "'", '":1}'),
  text("long number", '{"value":', "1", "}"),
  text("long fraction", '{"value":1.', "1", "}"),
  text("long exponent", '{"value":1e', "1", "}"),
  text("spaces in JSON", '{"a":', " ", "1}"),
  text("same keys", "{", '"a":1,', '"a":2}'),
  text("same long integers", "[", `${LONG},`, "1]"),
  text("long integers in strings", "[", `"${LONG}",`, "1]"),
  text("numbers", "[", "1,", "1]"),
  text("floats", "[", "1.5e-7,", "1]"),
  text("nulls", "[", "null,", "1]"),
  text("empty strings", "[", '"",', "1]"),
  text("empty lists", "[", "[],", "1]"),
  text("empty objects", "[", "{},", "1]"),
  text("objects", "[", '{"value":1,"unit":"°C"},', "1]"),
  text("texts with units", "[", '"21,5 °C",', "1]"),
  text("deep lists", "[", `${"[".repeat(60)}1${"]".repeat(60)},`, "1]"),
  text("deep objects", "[", `${'{"a":'.repeat(60)}1${"}".repeat(60)},`, "1]"),
  { name: "keys", make: (size) => listed(size, "{", "}", (i) => `"k${i}":${i}`) },
  { name: "number keys", make: (size) => listed(size, "{", "}", (i) => `"${i * 7919}":1`) },
  {
    name: "proto keys",
    make: (size) => listed(size, "{", "}", (i) => (i % 2 ? '"__proto__":{}' : `"constructor${i}":1`)),
  },
  { name: "keys with texts", make: (size) => listed(size, "{", "}", (i) => `"temperature_${i}_c":"${i} °C"`) },
  { name: "keys of objects", make: (size) => listed(size, "{", "}", (i) => `"k${i}":{"value":${i},"unit":"V"}`) },
  { name: "long integer keys", make: (size) => listed(size, "{", "}", (i) => `"k${i}":${LONG}${i}`) },
  { name: "pairs", make: (size) => listed(size, "[", "]", (i) => `[${i},${i}]`) },
];

/** Cut off, so that every parser finds out late. */
const OPEN: readonly Shape<string>[] = [
  text("open string of escaped quotes, long number", `{"a":${LONG},"b":"`, '\\"'),
  text("open string of backslashes, long number", `{"a":${LONG},"b":"`, "\\\\"),
  text("open string, long number", `{"a":${LONG},"b":"`, "a"),
  text("open strings", `[${LONG}`, ',"a'),
  text("quotes after a long number", `[${LONG},`, '"'),
  text("escaped quotes after a long number", `[${LONG},`, '\\"'),
  text("open object", "{", '"a":1,'),
  text("open list", "[", "1,"),
  text("open nesting", "", '{"a":['),
  text("spaces, then nothing", "[", " "),
];

export const TEXTS: readonly Shape<string>[] = [...RUNS, ...DRESSED, ...CLOSED, ...OPEN];

const bytes = (
  name: string,
  head: readonly number[],
  unit: readonly number[],
  tail: readonly number[] = [],
): Shape<Uint8Array> => ({
  name,
  make(size) {
    const times = Math.max(1, Math.floor((size - head.length - tail.length) / unit.length));
    const made = new Uint8Array(head.length + times * unit.length + tail.length);
    made.set(head);
    for (let i = 0; i < times; i++) made.set(unit, head.length + i * unit.length);
    made.set(tail, made.length - tail.length);
    return made;
  },
});

/** The head of a CBOR or MessagePack item that counts what follows is written by `counted`. */
const counted = (
  name: string,
  head: (count: number) => readonly number[],
  unit: readonly number[],
): Shape<Uint8Array> => ({
  name,
  make(size) {
    const times = Math.max(1, Math.floor((size - 5) / unit.length));
    return bytes(name, head(times), unit).make(times * unit.length + head(times).length);
  },
});
const u32 = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const big = (tag: number, length: number): number[] => [tag, 0x58, length, ...Array<number>(length).fill(0xff)];
const ascii = (s: string): number[] => [...s].map((c) => c.charCodeAt(0));
const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);

const CBOR: readonly Shape<Uint8Array>[] = [
  bytes("cbor: bignums", [0x9f], big(0xc2, 64), [0xff]),
  bytes("cbor: negative bignums", [0x9f], big(0xc3, 64), [0xff]),
  bytes("cbor: small bignums", [0x9f], [0xc2, 0x41, 0xff], [0xff]),
  bytes("cbor: empty bignums", [0x9f], [0xc2, 0x40], [0xff]),
  bytes("cbor: long bignum", [0xc2, 0x5f], [0x41, 0xff], [0xff]),
  bytes("cbor: 64-bit integers", [0x9f], [0x1b, 255, 255, 255, 255, 255, 255, 255, 255], [0xff]),
  bytes("cbor: parts of a text", [0x7f], [0x61, 0x61], [0xff]),
  bytes("cbor: empty parts of a text", [0x7f], [0x60], [0xff]),
  bytes("cbor: parts of bytes", [0x5f], [0x41, 0xff], [0xff]),
  bytes("cbor: empty texts", [0x9f], [0x60], [0xff]),
  bytes("cbor: short texts", [0x9f], [0x61, 0x61], [0xff]),
  bytes("cbor: texts of two bytes", [0x9f], [0x62, 0xc3, 0xa9], [0xff]),
  bytes("cbor: texts of many bytes", [0x9f], [0x78, 28, ...Array<number>(28).fill(0x61)], [0xff]),
  bytes("cbor: texts that are no UTF-8", [0x9f], [0x62, 0xc3, 0x28], [0xff]),
  bytes("cbor: byte strings", [0x9f], [0x41, 0x61], [0xff]),
  bytes("cbor: times", [0x9f], [0xc1, 0x1a, 0x65, 0x53, 0xf1, 0], [0xff]),
  bytes("cbor: short times", [0x9f], [0xc1, 0], [0xff]),
  bytes("cbor: far times", [0x9f], [0xc1, 0xfb, 0x7f, 0xe0, 0, 0, 0, 0, 0, 0], [0xff]),
  bytes("cbor: fractions", [0x9f], [0xc4, 0x82, 0x21, 0x19, 0x6a, 0xb3], [0xff]),
  bytes("cbor: long fractions", [0x9f], [0xc4, 0x82, 0x39, 0xff, 0xff, 0x19, 0x6a, 0xb3], [0xff]),
  bytes("cbor: halfs", [0x9f], [0xf9, 0x3c, 0], [0xff]),
  bytes("cbor: singles", [0x9f], [0xfa, 0x3f, 0x9d, 0xf3, 0xb6], [0xff]),
  bytes("cbor: tags of 64 bits", [0x9f], [0xdb, 255, 255, 255, 255, 255, 255, 255, 255, 0], [0xff]),
  bytes("cbor: nulls", [0x9f], [0xf6], [0xff]),
  bytes("cbor: empty maps", [0x9f], [0xa0], [0xff]),
  bytes("cbor: same keys", [0xbf], [0x61, 0x61, 0], [0xff]),
  bytes("cbor: deep", [0x9f], [...Array<number>(60).fill(0x81), 0], [0xff]),
  bytes("cbor: never closed", [0x9f], [0x9f]),
  counted("cbor: counted list", (n) => [0x9a, ...u32(n)], [0xf9, 0x3c, 0]),
  counted("cbor: counted bytes", (n) => [0x5a, ...u32(n)], [0xff]),
  counted("cbor: counted text", (n) => [0x7a, ...u32(n)], [0x61]),
];

const MSGPACK: readonly Shape<Uint8Array>[] = [
  counted("msgpack: nulls", (n) => [0xdd, ...u32(n)], [0xc0]),
  counted("msgpack: 64-bit integers", (n) => [0xdd, ...u32(n)], [0xcf, 255, 255, 255, 255, 255, 255, 255, 255]),
  counted("msgpack: signed integers", (n) => [0xdd, ...u32(n)], [0xd3, 128, 0, 0, 0, 0, 0, 0, 0]),
  counted("msgpack: bytes of one", (n) => [0xdd, ...u32(n)], [0xd0, 0x80]),
  counted("msgpack: empty texts", (n) => [0xdd, ...u32(n)], [0xa0]),
  counted("msgpack: short texts", (n) => [0xdd, ...u32(n)], [0xa1, 0x61]),
  counted("msgpack: texts of two bytes", (n) => [0xdd, ...u32(n)], [0xa2, 0xc3, 0xa9]),
  counted("msgpack: empty maps", (n) => [0xdd, ...u32(n)], [0x80]),
  counted("msgpack: singles", (n) => [0xdd, ...u32(n)], [0xca, 0x3f, 0x9d, 0xf3, 0xb6]),
  counted("msgpack: times", (n) => [0xdd, ...u32(n)], [0xd6, 0xff, 0x65, 0x53, 0xf1, 0]),
  counted("msgpack: extensions", (n) => [0xdd, ...u32(n)], [0xd4, 1, 2]),
  counted("msgpack: empty extensions", (n) => [0xdd, ...u32(n)], [0xc7, 0, 1]),
  counted("msgpack: same keys", (n) => [0xdf, ...u32(n)], [0xa1, 0x61, 0]),
  counted("msgpack: deep", (n) => [0xdd, ...u32(n)], [...Array<number>(60).fill(0x91), 0]),
  counted("msgpack: bytes", (n) => [0xc6, ...u32(n)], [0xff]),
  counted("msgpack: text", (n) => [0xdb, ...u32(n)], [0x61]),
];

/** A field of Protocol Buffers that holds all that fits. */
const held = (name: string, field: number, unit: readonly number[]): Shape<Uint8Array> => ({
  name,
  make(size) {
    const inner = bytes(name, [], unit).make(size - 6);
    const made = new Uint8Array([field * 8 + 2, ...varint(inner.length), ...inner]);
    return made;
  },
});

/** The numbers of the fields are those of PROTO in decoders.ts, and of Sparkplug's payload. */
const PROTOBUF: readonly Shape<Uint8Array>[] = [
  bytes("protobuf: varints", [], [0x08, 1]),
  bytes("protobuf: long varints", [], [0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]),
  bytes("protobuf: unknown fields", [0x08, 1], [0x78, 1]),
  bytes("protobuf: unknown texts", [0x08, 1], [0x7a, 0]),
  bytes("protobuf: varint without end", [], [0xff]),
  bytes("protobuf: groups", [0x08, 1], [0x0b, 0x0c]),
  bytes("protobuf: texts", [], [0x12, 1, 0x61]),
  bytes("protobuf: empty messages", [], [0x22, 0]),
  bytes("protobuf: messages", [], [0x22, 2, 0x08, 1]),
  bytes("protobuf: map entries", [], [0x2a, 5, 0x0a, 1, 0x61, 0x10, 1]),
  bytes("protobuf: empty map entries", [], [0x2a, 0]),
  bytes("protobuf: doubles", [], [0x31, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]),
  bytes("protobuf: times", [], [0x42, 2, 0x08, 1]),
  held("protobuf: packed varints", 3, [1]),
  held("protobuf: packed long varints", 3, [255, 255, 255, 255, 255, 255, 255, 255, 255, 1]),
  held("protobuf: packed fixed", 7, [1, 2, 3, 4, 5, 6, 7, 8]),
  held("protobuf: bytes", 9, [255]),
  held("protobuf: enums", 10, [1]),
  bytes("sparkplug: empty metrics", [0x08, 1], [0x12, 0]),
  bytes("sparkplug: aliases", [0x08, 1], [0x12, 4, 0x10, 1, 0x50, 1]),
  bytes("sparkplug: names and values", [0x08, 1], [0x12, 7, 0x0a, 1, 0x61, 0x20, 3, 0x50, 1]),
  bytes("sparkplug: floats", [0x08, 1], [0x12, 10, 0x0a, 1, 0x61, 0x20, 9, 0x65, 0, 0, 0x80, 0x3f]),
  bytes("sparkplug: property sets", [0x08, 1], [0x12, 10, 0x0a, 1, 0x61, 0x4a, 5, 0x0a, 1, 0x62, 0x12, 0]),
  bytes("sparkplug: templates", [0x08, 1], [0x12, 11, 0x0a, 1, 0x61, 0x92, 1, 5, 0x12, 3, 0x0a, 1, 0x62]),
];

const PICTURES: readonly Shape<Uint8Array>[] = [
  bytes("jpeg: fill bytes", [0xff, 0xd8], [0xff]),
  bytes("jpeg: lone markers", [0xff, 0xd8], [0xff, 0xd0]),
  bytes("jpeg: empty segments", [0xff, 0xd8], [0xff, 0xe0, 0, 2]),
  bytes("jpeg: frame, then zeros", [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 1, 0, 1, 0], [0], [0xff, 0xd9]),
  bytes(
    "png: header, then zeros",
    [
      0x89,
      0x50,
      0x4e,
      0x47,
      0x0d,
      0x0a,
      0x1a,
      0x0a,
      0,
      0,
      0,
      13,
      ...ascii("IHDR"),
      0,
      0,
      1,
      0,
      0,
      0,
      1,
      0,
      8,
      2,
      0,
      0,
      0,
    ],
    [0],
    ascii("IEND"),
  ),
];

const RAW: readonly Shape<Uint8Array>[] = [
  bytes("zeros", [], [0]),
  bytes("0x80", [], [0x80]),
  bytes("0x9f", [], [0x9f]),
  bytes(
    "every byte",
    [],
    Array.from({ length: 256 }, (_, i) => i),
  ),
  bytes("hex with spaces", [], ascii("ab cd\n")),
];

const utf8 = new TextEncoder();
/** Everything that a payload can be. */
export const PAYLOADS: readonly Shape<Uint8Array>[] = [
  ...TEXTS.map(({ name, make }) => ({ name, make: (size: number) => utf8.encode(make(size)).subarray(0, size) })),
  ...CBOR,
  ...MSGPACK,
  ...PROTOBUF,
  ...PICTURES,
  ...RAW,
];
