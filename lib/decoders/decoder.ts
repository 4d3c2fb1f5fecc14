import type { PointInfo } from "../point";
import type { Reject, Value } from "../reading";
import type { ValueType } from "../registration";
import { err, ok, type Result } from "../result";
import { say } from "../texts/said";

/** A decoded payload, before a JSONPath selects a value from it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * Decodes bytes to a document and encodes a value as a payload. It does not interpret the value: whether a text such as "21,5 °C" is a
 * number depends on the registration, and coerce.ts decides that for all formats alike.
 */
export interface Decoder {
  /** The format's id. */
  readonly id: string;
  /** The type of all its values; undefined where they can have any type. */
  readonly type: ValueType | undefined;
  /** Whether a JSONPath can select from its documents. */
  readonly structured: boolean;
  /** A structured format in which a text without quotes may also be the whole payload. */
  readonly bareTexts?: boolean;
  /** Commands without a template are sent as JSON, since the state is received as JSON. */
  readonly sendsJson?: boolean;
  /** What its values describe, for tiles that show more than the value itself. */
  readonly holds?: PointInfo["holds"];
  /** Its values are recorded only where the registration sets `history`. */
  readonly unrecorded?: boolean;
  /** Its topics carry other kinds of messages too: with `partial`, a message that it cannot read is skipped, not rejected. */
  readonly skipsOthers?: boolean;
  decode(payload: Uint8Array): Result<Json, Reject>;
  /** For a format that reads the whole message as one value: the document in which `when` and `time` are evaluated. */
  document?(payload: Uint8Array): Result<Json, Reject>;
  /** The payload for this value, which `decode` and coerce read back as the same value. Null where the format cannot express it. */
  encode(value: Exclude<Value, null>): string | null;
}

/** Larger payloads are rejected without being decoded. */
export const MAX_PAYLOAD_BYTES = 256 * 1024;
export const tooLarge = (bytes: number): Reject => ({
  code: "too-large",
  message: say("reject.tooLarge", { bytes, most: MAX_PAYLOAD_BYTES }),
});

/** An empty payload is null in every format: it clears a retained message and is not a reading. */
export const withNothing = (decoder: Decoder): Decoder => ({
  ...decoder,
  decode: (payload) => (payload.length === 0 ? ok(null) : decoder.decode(payload)),
  ...(decoder.document && {
    document: (payload) => (payload.length === 0 ? ok(null) : (decoder.document?.(payload) ?? ok(null))),
  }),
});

const QUOTE = 0x22;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Whether a text that is the whole document was marked as a text: by quotes, or by a format that has types. */
export function isQuotedText(decoder: Decoder, payload: Uint8Array): boolean {
  if (!decoder.bareTexts) return decoder.structured;
  const first = payload.findIndex((byte) => !SPACES.has(byte));
  return payload[first] === QUOTE;
}

/** For payloads up to this length, which most are, a loop over the bytes is faster than a call into TextDecoder. */
const SHORT = 24;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The payload as text: strict UTF-8, without a byte order mark. */
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
