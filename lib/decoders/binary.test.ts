import { encode as packed } from "@msgpack/msgpack";
import { encode as cborOf } from "cborg";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PayloadEncoding } from "../registration";
import { inWords } from "../texts/said";
import { saying } from "../texts/said.harness";
import { bytesDecoder, sizeOf } from "./bytes";
import type { StructField } from "./bytes/struct";
import type { Json } from "./decoder";
import { decoders } from "./registry";
import { unwrapped } from "./unwrap";

const document = fc
  .letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, true, false),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Number.isInteger(n)),
      fc.string({ unit: "grapheme" }),
      fc.array(tie("json"), { maxLength: 5 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie("json"), { maxKeys: 5 }),
    ),
  }))
  .json.filter((json) => !JSON.stringify(json).includes("__proto__"));
const plain = (json: Json): unknown => JSON.parse(JSON.stringify(json));

describe("DC-40, DC-41, DC-113: what another library wrote is read as it was", () => {
  it.each([
    ["cbor", (json: unknown) => cborOf(json, { float64: true })],
    ["msgpack", (json: unknown) => packed(json)],
  ] as const)("%s", (id, write) => {
    fc.assert(
      fc.property(document, (json) => {
        const read = decoders[id].decode(write(plain(json)));
        expect(read).toEqual({ ok: true, value: plain(json) });
      }),
    );
  });
  it("whole numbers beyond 2^53 keep their digits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }), (n) => {
        expect(decoders.cbor.decode(cborOf({ n }))).toEqual({ ok: true, value: { n: String(n) } });
        expect(decoders.msgpack.decode(packed({ n }, { useBigInt64: true }))).toEqual({
          ok: true,
          value: { n: String(n) },
        });
      }),
    );
  });
  it("DC-114: a cut payload is refused wherever it is cut", () => {
    const whole = packed({ t: 21.5, list: [1, "a", null] });
    for (let length = 1; length < whole.length; length++)
      expect(decoders.msgpack.decode(whole.subarray(0, length)).ok).toBe(false);
    const cbor = cborOf({ t: 21.5, list: [1, "a", null] });
    for (let length = 1; length < cbor.length; length++)
      expect(decoders.cbor.decode(cbor.subarray(0, length)).ok).toBe(false);
  });
});

describe("DC-42: raw bytes by a description", () => {
  const read = (fields: StructField[], bytes: number[]) => bytesDecoder(fields).decode(Uint8Array.from(bytes));

  it("each type, in both orders", () => {
    const bytes = [0xff, 0xfe, 0x12, 0x80];
    const one = (type: StructField["type"], more: Partial<StructField> = {}) => {
      const made = read([{ key: "x", at: 0, type, ...more }], bytes);
      return made.ok ? (made.value as { x: Json }).x : inWords(made.error.message);
    };
    expect(one("u8")).toBe(255);
    expect(one("i8")).toBe(-1);
    expect(one("u16be")).toBe(0xfffe);
    expect(one("u16le")).toBe(0xfeff);
    expect(one("i16be")).toBe(-2);
    expect(one("u24be")).toBe(0xfffe12);
    expect(one("u24le")).toBe(0x12feff);
    expect(one("i24be")).toBe(-494);
    expect(one("u32be")).toBe(0xfffe1280);
    expect(one("i32le")).toBe(-2146238721);
    expect(one("bool")).toBe(true);
    expect(one("bit", { bit: 0, at: 3 })).toBe(false);
    expect(one("bit", { bit: 7, at: 3 })).toBe(true);
    expect(one("hex", { length: 3 })).toBe("fffe12");
    expect(one("text", { length: 2 })).toContain("the field x (text at byte 0) is not UTF-8 text");
  });
  it("scale and add, without the noise of binary fractions", () => {
    expect(read([{ key: "t", at: 0, type: "i16be", scale: 0.1 }], [0, 3])).toEqual({ ok: true, value: { t: 0.3 } });
    expect(read([{ key: "t", at: 0, type: "u8", scale: 0.5, add: -40 }], [130])).toEqual({
      ok: true,
      value: { t: 25 },
    });
    expect(read([{ key: "t", at: 0, type: "f32le" }], [0x66, 0x66, 0xaa, 0x41])).toEqual({
      ok: true,
      value: { t: 21.3 },
    });
  });
  it("a long integer keeps its digits, and a text loses its padding", () => {
    expect(read([{ key: "n", at: 0, type: "u64be" }], Array(8).fill(255))).toEqual({
      ok: true,
      value: { n: "18446744073709551615" },
    });
    expect(read([{ key: "s", at: 1, type: "text", length: 4 }], [0, 0x6f, 0x6b, 0, 0])).toEqual({
      ok: true,
      value: { s: "ok" },
    });
  });
  it("says which field runs past the end", () => {
    const made = read(
      [
        { key: "temp", at: 0, type: "i16be" },
        { key: "hum", at: 2, type: "u16be" },
      ],
      [0, 1, 2],
    );
    expect(made).toMatchObject({
      error: { message: saying("the field hum (u16be, bytes 2 to 3) runs past the end: the payload has 3 bytes") },
    });
  });
  it("reads any bytes or refuses them", () => {
    const field = fc.record({
      key: fc.constantFrom("a", "__proto__"),
      at: fc.nat(12),
      type: fc.constantFrom<StructField["type"]>("u8", "i24le", "i64be", "f32be", "f64le", "bit", "text", "hex"),
      length: fc.integer({ min: 1, max: 6 }),
      bit: fc.nat(7),
    });
    fc.assert(
      fc.property(
        fc.array(field, { minLength: 1, maxLength: 3 }),
        fc.uint8Array({ maxLength: 16 }),
        (fields, bytes) => {
          const made = bytesDecoder(fields).decode(bytes);
          const fits = fields.every((one) => one.at + sizeOf(one) <= bytes.length);
          if (!fits) expect(made.ok).toBe(false);
        },
      ),
    );
  });
});

describe("DC-43: base64 and hexadecimal around a format", () => {
  const read = (encoding: PayloadEncoding, text: string) =>
    unwrapped(encoding, bytesDecoder([{ key: "x", at: 0, type: "hex", length: 3 }])).decode(
      new TextEncoder().encode(text),
    );

  it("reads what is written, in either alphabet, padded or not", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const fields: StructField[] = [{ key: "x", at: 0, type: "hex", length: bytes.length }];
        const buffer = Buffer.from(bytes);
        for (const [encoding, text] of [
          ["base64", buffer.toString("base64")],
          ["base64", buffer.toString("base64url")],
          ["base64", `"${buffer.toString("base64")}"\n`],
          ["hex", buffer.toString("hex").toUpperCase()],
        ] as const)
          expect(unwrapped(encoding, bytesDecoder(fields)).decode(new TextEncoder().encode(text))).toEqual({
            ok: true,
            value: { x: buffer.toString("hex") },
          });
      }),
    );
  });
  it("DC-116: refuses what is neither, and names the character", () => {
    expect(read("base64", "AQI*")).toMatchObject({ error: { message: saying('"*" at character 4') } });
    expect(read("base64", "AQIDB")).toMatchObject({ error: { code: "not-format" } });
    expect(read("hex", "0x01:02:03")).toEqual({ ok: true, value: { x: "010203" } });
    expect(read("hex", "012")).toMatchObject({ error: { message: saying("odd number") } });
    expect(read("hex", "zz")).toMatchObject({ error: { message: saying('"z"') } });
  });
});
