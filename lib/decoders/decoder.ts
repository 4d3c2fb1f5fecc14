import type { PointInfo } from "../point";
import type { Reject, Value } from "../reading";
import type { ValueType } from "../registration";
import { err, ok, type Result } from "../result";
import { say } from "../texts/said";

/** What a payload holds before a path is looked up in it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * How bytes become a document, and a value becomes bytes. Makes no guess about the value: what a text such as "21,5 °C" means
 * depends on what the registration says of it, and is decided in coerce.ts for all formats alike.
 */
export interface Decoder {
  /** The id of its format. */
  readonly id: string;
  /** The type that this format always gives; undefined where it can give any. */
  readonly type: ValueType | undefined;
  /** Whether a JSONPath can look into it. */
  readonly structured: boolean;
  /** A text may be the whole payload without quotes, though the format knows structure. */
  readonly bareTexts?: boolean;
  /** A command without a template goes out as JSON, as the state comes in. */
  readonly sendsJson?: boolean;
  /** What its values describe, where a tile shows more than the value itself. */
  readonly holds?: PointInfo["holds"];
  /** History keeps its values only where the registration says so. */
  readonly unrecorded?: boolean;
  /** Messages of other kinds share its topics: one that it cannot read is no fault where the registration is `partial`. */
  readonly skipsOthers?: boolean;
  decode(payload: Uint8Array): Result<Json, Reject>;
  /** Of a format that makes one value of the whole: the message around it, in which a condition or a time is looked up. */
  document?(payload: Uint8Array): Result<Json, Reject>;
  /** The payload that says this value, such that `decode` and coerce read it back. Null where the format has no word for it. */
  encode(value: Exclude<Value, null>): string | null;
}

/** Larger payloads are refused unread. */
export const MAX_PAYLOAD_BYTES = 256 * 1024;
export const tooLarge = (bytes: number): Reject => ({
  code: "too-large",
  message: say("reject.tooLarge", { bytes, most: MAX_PAYLOAD_BYTES }),
});

/** Zero bytes are no reading in any format: they are what clears a retained topic. */
export const withNothing = (decoder: Decoder): Decoder => ({
  ...decoder,
  decode: (payload) => (payload.length === 0 ? ok(null) : decoder.decode(payload)),
  ...(decoder.document && {
    document: (payload) => (payload.length === 0 ? ok(null) : (decoder.document?.(payload) ?? ok(null))),
  }),
});

const QUOTE = 0x22;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Whether a text that is the whole document was written as a text: in quotes, or by a format that knows types. */
export function isQuotedText(decoder: Decoder, payload: Uint8Array): boolean {
  if (!decoder.bareTexts) return decoder.structured;
  const first = payload.findIndex((byte) => !SPACES.has(byte));
  return payload[first] === QUOTE;
}

/** Up to here a loop over the bytes is quicker than the call into TextDecoder; most readings are this short. */
const SHORT = 24;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Payload as text: strict UTF-8, a byte order mark is dropped. */
export function textOf(payload: Uint8Array): Result<string, Reject> {
  const { length } = payload;
  if (length > MAX_PAYLOAD_BYTES) return err(tooLarge(length));
  if (length <= SHORT) {
    let text = "";
    let i = 0;
    for (; i < length; i++) {
      const byte = payload[i] as number;
      if (byte > 0x7f) break;
      text += String.fromCharCode(byte);
    }
    if (i === length) return ok(text);
  }
  try {
    return ok(utf8.decode(payload));
  } catch {
    return err({ code: "not-utf8", message: say("reject.notUtf8") });
  }
}
