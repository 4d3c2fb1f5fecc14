import { expect, test } from "vitest";
import { saying } from "../texts/said.harness";
import { parseJson } from "./jsonText";
import { decoders } from "./registry";
import { decodePayload } from "./sparkplug/payload";

/** A quadratic reader takes seconds for these, a linear one a millisecond: the limit of the test is between, on any machine. */
const QUICK = 500;

test.each([
  ["an open string", `{"a":1234567890123456,"b":"${'\\"'.repeat(128_000)}`],
  ["quotes", `[1234567890123456,${'"'.repeat(256_000)}`],
  ["backslashes", `{"a":1234567890123456,"b":"${"\\".repeat(256_001)}`],
])("HB-3: long integers are looked for once at each character, also in %s", (_, text) => {
  const cpu = process.cpuUsage();
  expect(parseJson(text)).toMatchObject({ ok: false, error: { code: "not-json" } });
  expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(QUICK);
});

test.each([
  ['{"a":1234567890123456789,"b":"1234567890123456789"}', { a: "1234567890123456789", b: "1234567890123456789" }],
  [
    "[-12345678901234567890,1234567890123456,1e20,1234567890123456e1,0.1234567890123456]",
    ["-12345678901234567890", 1234567890123456, 1e20, 1234567890123456e1, 0.1234567890123456],
  ],
  ['{"k\\"12345678901234567890":12345678901234567890}', { 'k"12345678901234567890': "12345678901234567890" }],
  ["[ 9007199254740993 , 9007199254740991 ]", ["9007199254740993", 9007199254740991]],
])("HB-3: an integer beyond ±2^53 becomes text, and only there: %s", (text, value) => {
  expect(parseJson(text)).toEqual({ ok: true, value });
});

test("HB-4: a pair of degrees has at most 100 characters, a geo URI 500", () => {
  const cpu = process.cpuUsage();
  const read = (text: string) => decoders.location.decode(new TextEncoder().encode(text));
  expect(read(`1${" ".repeat(200_000)}`).ok).toBe(false);
  expect(read(`geo:1,2${";a".repeat(100_000)}`).ok).toBe(false);
  expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(QUICK);
  expect(read(" 52.52 ,  13.405 ")).toEqual({ ok: true, value: "geo:52.52,13.405" });
});

test.each([
  ["cbor", [0x9f, ...Array<number>(50_001).fill(0), 0xff]],
  ["cbor", [0x7f, ...Array<number>(50_001).fill(0x60), 0xff]],
  ["msgpack", [0xdd, 0, 0, 0xc3, 0x51, ...Array<number>(50_001).fill(0)]],
] as const)("HB-12: a %s payload of more than 50,000 values is refused", (format, payload) => {
  const read = decoders[format].decode(Uint8Array.from(payload));
  expect(read).toMatchObject({
    ok: false,
    error: { code: "too-large", message: saying("50000 values") },
  });
});

test.each([
  ["cbor", [0xc1, 0x1a, 1, 2, 3, 4]],
  ["msgpack", [0xd6, 0xff, 1, 2, 3, 4]],
] as const)("HB-12: a time in %s counts as several values, since it takes as long", (format, time) => {
  const times = (count: number): Uint8Array => {
    const head = format === "cbor" ? [0x9a, 0, 0] : [0xdd, 0, 0];
    return Uint8Array.from([...head, count >> 8, count & 0xff, ...Array.from({ length: count }, () => time).flat()]);
  };
  expect(decoders[format].decode(times(8000)).ok).toBe(true);
  expect(decoders[format].decode(times(12_000))).toMatchObject({ ok: false, error: { code: "too-large" } });
});

test("HB-12: 40,000 values are read", () => {
  const payload = Uint8Array.from([0x9f, ...Array<number>(40_000).fill(1), 0xff]);
  const read = decoders.cbor.decode(payload);
  expect(read.ok && (read.value as unknown[]).length).toBe(40_000);
});

test("HB-13: a Sparkplug payload has at most 8,000 metrics, those within templates counted", () => {
  const metric = [0x12, 4, 0x10, 1, 0x50, 1];
  const payload = (count: number): Uint8Array => Uint8Array.from(Array.from({ length: count }, () => metric).flat());
  expect(decodePayload(payload(8000)).ok).toBe(true);
  expect(decodePayload(payload(8001))).toEqual({
    ok: false,
    error: "the payload is not Sparkplug B: it has too many metrics",
  });
  const template = [0x12, 9, 0x92, 1, 6, 0x12, 4, 0x10, 1, 0x50, 1];
  expect(decodePayload(Uint8Array.from(Array.from({ length: 4001 }, () => template).flat())).ok).toBe(false);
});
