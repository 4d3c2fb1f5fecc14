import type { Reject } from "../reading";
import type { PayloadEncoding } from "../registration";
import { err, ok, type Result } from "../result";
import { type SaidText, say } from "../texts/said";
import { type Decoder, textOf } from "./decoder";

/** Wraps a decoder for payloads sent as base64 (RFC 4648, both alphabets, padded or not) or hexadecimal text, with or without quotes. */
export function unwrapped(encoding: PayloadEncoding, decoder: Decoder): Decoder {
  return {
    ...decoder,
    decode(payload) {
      const bytes = unwrap(encoding, payload);
      return bytes.ok ? decoder.decode(bytes.value) : bytes;
    },
    ...(decoder.document && {
      document(payload) {
        const bytes = unwrap(encoding, payload);
        return bytes.ok ? (decoder.document?.(bytes.value) ?? decoder.decode(bytes.value)) : bytes;
      },
    }),
    // The encoding applies to states only; commands define their own payloads.
    encode: () => null,
  };
}

/** Decodes base64 or hexadecimal text to bytes. */
export function unwrap(encoding: PayloadEncoding, payload: Uint8Array): Result<Uint8Array, Reject> {
  const text = textOf(payload);
  return text.ok ? READERS[encoding](text.value.replace(/^\s*"|"\s*$|\s+/g, "")) : text;
}

const refuse = (message: SaidText): Result<Uint8Array, Reject> => err({ code: "not-format", message });

const READERS: Record<PayloadEncoding, (text: string) => Result<Uint8Array, Reject>> = {
  base64(text) {
    const bare = text.replace(/={1,2}$/, "");
    const wrong = /[^A-Za-z0-9+/_-]/.exec(bare);
    if (wrong)
      return refuse(say("reject.base64Character", { character: JSON.stringify(wrong[0]), at: wrong.index + 1 }));
    if (bare.length % 4 === 1) return refuse(say("reject.base64Short"));
    const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4));
    let bits = 0;
    let held = 0;
    let at = 0;
    for (let i = 0; i < bare.length; i++) {
      bits = ((bits << 6) | sextet(bare.charCodeAt(i))) & 0xffff;
      held += 6;
      if (held < 8) continue;
      held -= 8;
      bytes[at++] = (bits >> held) & 0xff;
    }
    return ok(bytes);
  },
  hex(text) {
    const bare = text.replace(/^0x/i, "").replaceAll(":", "").replaceAll("-", "");
    const wrong = /[^0-9a-fA-F]/.exec(bare);
    if (wrong) return refuse(say("reject.hexCharacter", { character: JSON.stringify(wrong[0]) }));
    if (bare.length % 2) return refuse(say("reject.hexOdd"));
    const bytes = new Uint8Array(bare.length / 2);
    for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(bare.slice(2 * i, 2 * i + 2), 16);
    return ok(bytes);
  },
};

/** The value of one valid base64 character; `-` and `_` belong to the URL-safe alphabet. */
function sextet(code: number): number {
  if (code >= 97) return code - 71;
  if (code === 95) return 63;
  if (code >= 65) return code - 65;
  if (code >= 48) return code + 4;
  return code === 43 || code === 45 ? 62 : 63;
}
