import type { Value } from "../reading";
import type { PlainDecoderId } from "../registration";
import { auto } from "./auto";
import { boolean } from "./boolean";
import { cbor } from "./cbor";
import { type Coerced, makeCoerce, type Want } from "./coerce";
import { collectd } from "./collectd";
import { type Decoder, isQuotedText, withNothing } from "./decoder";
import { image } from "./image";
import { json } from "./json";
import { location } from "./location";
import { msgpack } from "./msgpack";
import { number } from "./number";
import { text } from "./text";

/**
 * Every format that needs nothing but the bytes, by the id that a registration names it with; `decoderFor` in lib/compile makes the
 * others. How to add one: README.md beside this file.
 */
export const decoders: Record<PlainDecoderId, Decoder> = {
  auto: withNothing(auto),
  json: withNothing(json),
  text: withNothing(text),
  number: withNothing(number),
  boolean: withNothing(boolean),
  cbor: withNothing(cbor),
  msgpack: withNothing(msgpack),
  collectd: withNothing(collectd),
  image: withNothing(image),
  location: withNothing(location),
};

/** A whole payload read as one value, without a registration: for examples, previews and availability. Never throws. */
export function decodeValue(id: PlainDecoderId, payload: Uint8Array, want: Partial<Want> = {}): Coerced {
  const decoder = decoders[id];
  const document = decoder.decode(payload);
  if (!document.ok) return { ok: false, reject: document.error };
  return makeCoerce({ where: "the payload", ...want, type: want.type ?? decoder.type })(document.value, {
    quoted: isQuotedText(decoder, payload),
  });
}

/** What an example in a decoder's folder says: these bytes give this value, or are refused with this code. */
export interface DecoderExample {
  name: string;
  payload: string | readonly number[];
  want?: Partial<Want>;
  gives: { value: Value; unit?: string } | { reject: string };
}
