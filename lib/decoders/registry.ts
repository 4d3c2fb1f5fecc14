import type { Value } from "../reading";
import type { FieldFacts } from "../registration/field";
import { say } from "../texts/said";
import { auto } from "./auto";
import { boolean } from "./boolean";
import { bytes } from "./bytes";
import { cbor } from "./cbor";
import { type Coerced, makeCoerce, type Want } from "./coerce";
import { collectd } from "./collectd";
import { isQuotedText, withNothing } from "./decoder";
import type { PlainFormat } from "./format";
import { image } from "./image";
import { influx } from "./influx";
import { json } from "./json";
import { location } from "./location";
import { msgpack } from "./msgpack";
import { number } from "./number";
import { protobuf } from "./protobuf";
import { ruuvi } from "./ruuvi";
import { text } from "./text";

/**
 * Every payload format by its id, in the order of the form and of the documentation. Outside a format's folder, only this list names
 * it. README.md in this folder says how to add one.
 */
export const formats = {
  auto,
  json,
  text,
  number,
  boolean,
  cbor,
  msgpack,
  collectd,
  influx,
  ruuvi,
  bytes,
  protobuf,
  image,
  location,
};

export type DecoderId = keyof typeof formats;
export const decoderIds = Object.keys(formats) as DecoderId[];

type Format = (typeof formats)[DecoderId];
/** Formats that need no description. */
export type PlainDecoderId = {
  [Id in DecoderId]: (typeof formats)[Id] extends PlainFormat ? Id : never;
}[DecoderId];

const isPlain = (format: Format): format is Extract<Format, PlainFormat> => "decode" in format;

/** The decoders of plain formats. Those of described formats are made for each registration, by `decoderFor` in lib/compile. */
export const decoders = Object.fromEntries(
  Object.entries(formats).flatMap(([id, format]) =>
    isPlain(format) ? [[id, { ...format, ...withNothing(format) }] as const] : [],
  ),
) as Record<PlainDecoderId, PlainFormat>;
export const plainDecoderIds = Object.keys(decoders) as PlainDecoderId[];

/** The formats that a registration describes. */
export const describedFormats = Object.values(formats).flatMap((format) => (isPlain(format) ? [] : [format]));

type Both<Union> = (Union extends { fields: infer Fields } ? (fields: Fields) => void : never) extends (
  fields: infer All,
) => void
  ? All
  : never;
type OfFormat<All> = { [Name in keyof All]: All[Name] & { level: "registration"; effect: "anew"; section: "source" } };
/** The fields that described formats add to a registration; each applies to its format only. */
export const formatFields: OfFormat<Both<Format>> = Object.assign(
  {},
  ...describedFormats.map(({ id, fields }) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => {
        const applies = ({ format }: FieldFacts) => format === id;
        return [name, { ...field, level: "registration", effect: "anew", section: "source", wide: true, applies }];
      }),
    ),
  ),
);

/** The options of the form's select. */
export const formatChoices = decoderIds.map((value) => ({ value, label: formats[value].label }));

/** A whole payload read as one value, without a registration: for examples, previews and availability. Never throws. */
export function decodeValue(id: PlainDecoderId, payload: Uint8Array, want: Partial<Want> = {}): Coerced {
  const decoder = decoders[id];
  const document = decoder.decode(payload);
  if (!document.ok) return { ok: false, reject: document.error };
  return makeCoerce({ where: say("reject.thePayload"), ...want, type: want.type ?? decoder.type })(document.value, {
    quoted: isQuotedText(decoder, payload),
  });
}

/** An example in a format's folder: the payload gives this value, or is rejected with this code. */
export interface DecoderExample {
  name: string;
  payload: string | readonly number[];
  want?: Partial<Want>;
  gives: { value: Value; unit?: string } | { reject: string };
}
