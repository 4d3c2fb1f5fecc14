import type { Reject } from "../../reading";
import { err, ok, type Result } from "../../result";
import { say } from "../../texts/said";
import { exact, finite, hex, putMember, single } from "../binary";
import { type Decoder, type Json, MAX_PAYLOAD_BYTES, tooLarge } from "../decoder";
import type { DescribedFormat, FormatFields } from "../format";
import { Struct, type StructField } from "./struct";

const fields = {
  struct: {
    schema: Struct.optional(),
    title: "fields.struct",
    about: "about.struct",
    help: "fields.structHelp",
    control: { is: "struct" },
  },
} as const satisfies FormatFields;

export const bytes: DescribedFormat<typeof fields> = {
  id: "bytes",
  label: "formats.bytes",
  reads: "raw bytes, by a description: `struct: [{key: temp, at: 0, type: i16be, scale: 0.1}]`",
  fields,
  needs: { struct: "schema.needsStruct" },
  decoderFor: ({ struct }) => ok(bytesDecoder(struct ?? [])),
};

/** Reads raw bytes into an object, field by field: `{key: temp, at: 0, type: i16be, scale: 0.1}`. */
export function bytesDecoder(fields: readonly StructField[]): Decoder {
  const read = fields.map(compileField);
  return {
    id: "bytes",
    type: undefined,
    structured: true,
    decode(payload) {
      if (payload.length > MAX_PAYLOAD_BYTES) return err(tooLarge(payload.length));
      const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
      const document: { [key: string]: Json } = {};
      for (const [i, field] of fields.entries()) {
        const value = read[i]?.(view);
        if (value === undefined || !value.ok) return err(value ? value.error : pastEnd(field, payload.length));
        putMember(document, field.key, value.value);
      }
      return ok(document);
    },
    // Commands cannot send binary payloads yet.
    encode: () => null,
  };
}

/** Undefined: the field reaches past the end. */
type ReadField = (view: DataView) => Result<Json, Reject> | undefined;

function compileField(field: StructField): ReadField {
  const size = sizeOf(field);
  const read = TYPES[baseOf(field.type)].read;
  const little = field.type.endsWith("le");
  return (view) => {
    if (field.at + size > view.byteLength) return undefined;
    const raw = read(view, field, little);
    if (typeof raw === "string" || typeof raw === "boolean") {
      if (raw === NOT_TEXT)
        return err({ code: "not-utf8", message: say("reject.fieldNotUtf8", { field: field.key, at: field.at }) });
      return ok(raw);
    }
    return ok(scaled(raw, field));
  };
}

/** Rounds a scaled number to 15 digits, which removes the noise of binary fractions (3 × 0.1). An unscaled one keeps its digits. */
function scaled(raw: number | bigint, { type, scale, add }: StructField): Json {
  const whole = typeof raw === "bigint" ? exact(raw) : type.startsWith("f32") ? single(raw) : finite(raw);
  if (scale === undefined && add === undefined) return whole;
  const number = Number(whole) * (scale ?? 1) + (add ?? 0);
  return Number.isFinite(number) ? Number(number.toPrecision(15)) : String(number);
}

type Base =
  | "u8"
  | "i8"
  | "u16"
  | "i16"
  | "u24"
  | "i24"
  | "u32"
  | "i32"
  | "u64"
  | "i64"
  | "f32"
  | "f64"
  | "bool"
  | "bit"
  | "text"
  | "hex";

const baseOf = (type: StructField["type"]): Base => type.replace(/[bl]e$/, "") as Base;

/** The length of a field in bytes. */
export const sizeOf = (field: StructField): number => TYPES[baseOf(field.type)].size ?? field.length ?? 0;

// not a text: no payload holds it
const NOT_TEXT = "\uFFFF not text";
const utf8 = new TextDecoder("utf-8", { fatal: true });
const viewBytes = (view: DataView, at: number, length: number) =>
  new Uint8Array(view.buffer, view.byteOffset + at, length);

type Read = (view: DataView, field: StructField, little: boolean) => number | bigint | boolean | string;

const u24: Read = (view, { at }, little) =>
  little ? view.getUint16(at, true) | (view.getUint8(at + 2) << 16) : (view.getUint16(at) << 8) | view.getUint8(at + 2);

const TYPES: Record<Base, { size?: number; read: Read }> = {
  u8: { size: 1, read: (view, { at }) => view.getUint8(at) },
  i8: { size: 1, read: (view, { at }) => view.getInt8(at) },
  u16: { size: 2, read: (view, { at }, little) => view.getUint16(at, little) },
  i16: { size: 2, read: (view, { at }, little) => view.getInt16(at, little) },
  u24: { size: 3, read: u24 },
  i24: { size: 3, read: (view, field, little) => ((u24(view, field, little) as number) << 8) >> 8 },
  u32: { size: 4, read: (view, { at }, little) => view.getUint32(at, little) },
  i32: { size: 4, read: (view, { at }, little) => view.getInt32(at, little) },
  u64: { size: 8, read: (view, { at }, little) => view.getBigUint64(at, little) },
  i64: { size: 8, read: (view, { at }, little) => view.getBigInt64(at, little) },
  f32: { size: 4, read: (view, { at }, little) => view.getFloat32(at, little) },
  f64: { size: 8, read: (view, { at }, little) => view.getFloat64(at, little) },
  bool: { size: 1, read: (view, { at }) => view.getUint8(at) !== 0 },
  bit: { size: 1, read: (view, { at, bit }) => ((view.getUint8(at) >> (bit ?? 0)) & 1) === 1 },
  text: {
    read(view, { at, length }) {
      try {
        // Texts of a fixed length are padded with zeros.
        return utf8.decode(viewBytes(view, at, length ?? 0)).replace(/\0+$/, "");
      } catch {
        return NOT_TEXT;
      }
    },
  },
  hex: { read: (view, { at, length }) => hex(viewBytes(view, at, length ?? 0)) },
};

function pastEnd(field: StructField, length: number): Reject {
  const { key, type, at } = field;
  const size = sizeOf(field);
  const place = { type, size, from: at, to: at + size - 1 };
  return { code: "not-format", message: say("reject.fieldPastEnd", { field: key, ...place, length }) };
}
