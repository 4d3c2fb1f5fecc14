import type { Json } from "../decoders/decoder";
import { isQuotedText } from "../decoders/decoder";
import { parseNumeric } from "../decoders/numeric";
import { decoders, type PlainDecoderId, plainDecoderIds } from "../decoders/registry";
import { evidentBoolean, isUnknownWord } from "../decoders/words";
import { memberStep } from "../jsonPath";

/** What a payload consists of, as far as points can be made of it. */

export type FieldType = "number" | "boolean" | "text";

export interface Field {
  /** JSONPath; "" where the payload itself is the value. */
  path: string;
  /** Its own name; "" for the payload itself. */
  key: string;
  /** The names above it. */
  above: readonly string[];
  type: FieldType;
  /** Present for a number, and for a text of digits: a code, or a number that a meter fills up with zeros or puts in quotes. */
  number?: number;
  /** Said by the payload: behind the number, or by a neighbour called "unit". */
  unit?: string;
}

export interface Shape {
  format: PlainDecoderId;
  /** An object or list, whose fields have paths. */
  structured: boolean;
  fields: readonly Field[];
}

/** As many as a registration can have values. */
export const MAX_FIELDS = 200;
const MAX_DEPTH = 4;

/** Formats that see structure in bytes; text is tried first, as it is by far the most common. */
const STRUCTURED = (["auto", ...plainDecoderIds] as const).filter(
  (id, i, ids) => ids.indexOf(id) === i && decoders[id].structured,
);

/** A format that the bytes hardly leave a doubt of comes first. */
function formatsFor(payload: Uint8Array): readonly PlainDecoderId[] {
  const likely = STRUCTURED.filter((id) => decoders[id].isLikely?.(payload));
  return likely.length > 0 ? [...likely, ...STRUCTURED] : STRUCTURED;
}

/** A payload read once, for all who look into it: a long one costs milliseconds each time. */
export interface Looked {
  shape: Shape;
  document: Json;
}

/** undefined: nothing that a point could show. */
export const shapeOf = (payload: Uint8Array): Shape | undefined => lookAt(payload)?.shape;

export function lookAt(payload: Uint8Array): Looked | undefined {
  if (payload.length === 0) return undefined;
  for (const format of formatsFor(payload)) {
    const document = decoders[format].decode(payload);
    if (!document.ok) continue;
    const branch = typeof document.value === "object" && document.value !== null;
    // Any bytes are some CBOR number: what is no text must at least be a map with names to be believed.
    if (format !== "auto" && !isMap(document.value)) continue;
    const quoted = isQuotedText(decoders[format], payload);
    const fields = branch ? fieldsOf(document.value) : scalarOf(document.value, quoted);
    return { shape: { format, structured: branch, fields }, document: document.value };
  }
  return undefined;
}

/** Keys that are numbers are more likely a misreading, in two formats that take nearly any byte for an item. */
const isMap = (document: Json): boolean =>
  typeof document === "object" &&
  document !== null &&
  !Array.isArray(document) &&
  Object.keys(document).length > 0 &&
  Object.keys(document).every((key) => /^[^\d\p{Cc}-][^\p{Cc}]*$/u.test(key));

function scalarOf(value: Json, quoted: boolean): Field[] {
  const field = fieldOf("", "", [], value, quoted);
  return field ? [field] : [];
}

/** In quotes: a serial number, or what a device counts and writes as text. */
const BARE_DIGITS = /^\+?\d{1,15}$/;

function fieldsOf(document: Json): Field[] {
  const fields: Field[] = [];
  const walk = (node: Json, path: string, above: readonly string[]): void => {
    if (typeof node !== "object" || node === null || above.length >= MAX_DEPTH) return;
    // A list of readings grows and shrinks: its places are no names.
    if (Array.isArray(node)) return;
    const unit = Object.hasOwn(node, "unit") && typeof node.unit === "string" ? node.unit : undefined;
    // Keys alone: of many members few are looked at.
    for (const key of Object.keys(node)) {
      if (fields.length >= MAX_FIELDS) return;
      const value = node[key] as Json;
      const at = path + memberStep(key);
      const field = fieldOf(at, key, above, value, true);
      if (field) fields.push(key === "value" && field.type === "number" && unit ? { ...field, unit } : field);
      else walk(value, at, [...above, key]);
    }
  };
  walk(document, "$", []);
  return fields;
}

const PADDED = /^0\d{1,14}(?:\.\d+)?$/;

function fieldOf(path: string, key: string, above: readonly string[], value: Json, quoted: boolean): Field | undefined {
  if (typeof value === "number")
    return Number.isFinite(value) ? { path, key, above, type: "number", number: value } : undefined;
  if (typeof value === "boolean") return { path, key, above, type: "boolean" };
  if (typeof value !== "string" || isUnknownWord(value)) return undefined;
  if (quoted && BARE_DIGITS.test(value)) return { path, key, above, type: "text", number: Number(value) };
  const numeric = parseNumeric(value, "guess");
  if (numeric)
    return { path, key, above, type: "number", number: numeric.value, ...(numeric.unit && { unit: numeric.unit }) };
  if (PADDED.test(value)) return { path, key, above, type: "text", number: Number(value) };
  return { path, key, above, type: evidentBoolean(value) === undefined ? "text" : "boolean" };
}

/** Whether two payloads say the same kind of thing: the same single type, or mostly the same fields. */
export function alike(a: Shape, b: Shape): boolean {
  if (a.structured !== b.structured || a.format !== b.format) return false;
  if (!a.structured) return a.fields[0]?.type === b.fields[0]?.type && a.fields[0]?.unit === b.fields[0]?.unit;
  const ofA = new Set(a.fields.map((field) => field.path));
  const shared = b.fields.filter((field) => ofA.has(field.path)).length;
  const union = ofA.size + b.fields.length - shared;
  return shared > 0 && shared / union >= 0.6;
}

/** The same judgement from the beginning of a long JSON payload, whose end is missing: by the names that stand in it. */
export function beginsAlike(shape: Shape, head: string): boolean {
  if (!shape.structured || !head.trimStart().startsWith("{")) return false;
  const names = new Set([...head.matchAll(/"([^"\\]{1,80})"\s*:/g)].map((m) => m[1]));
  const known = new Set(shape.fields.flatMap((field) => [field.key, ...field.above]));
  const shared = [...names].filter((name) => known.has(name as string)).length;
  return names.size > 0 && shared / names.size >= 0.6;
}
