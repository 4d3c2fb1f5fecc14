import { err, ok } from "../../result";
import type { PlainFormat } from "../format";
import { writePicture } from "./notation";
import { sniffPicture } from "./sniff";

/**
 * A JPEG or PNG. The value is a text that describes it (`image/png;width=…;height=…;bytes=…;hash=…`); the picture itself stays on the
 * server, at `GET /api/v1/points/{id}/image`.
 */
export const image: PlainFormat = {
  id: "image",
  label: "formats.image",
  reads: "a JPEG or PNG of up to 256 KiB, for the picture tile; history keeps none of it unless `history` says so",
  type: "text",
  structured: false,
  holds: "picture",
  // The text that describes a picture is of no use in the history.
  unrecorded: true,
  proposes: { kind: "topic", nameSuffix: "", alone: true },
  decode(payload) {
    const picture = sniffPicture(payload);
    if (!picture.ok) return err({ code: "not-format", message: picture.error });
    return ok(writePicture({ ...picture.value, bytes: payload.length, hash: hashOf(payload) }));
  },
  encode: () => null,
};

/** A 53-bit hash, enough to distinguish the pictures of one camera. It is no protection against forgery. */
function hashOf(bytes: Uint8Array): string {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b + byte, 0xc2b2ae35) ^ (b >>> 13);
  }
  a ^= b >>> 16;
  b ^= a >>> 15;
  return ((b & 0x1fffff) * 2 ** 32 + (a >>> 0)).toString(16).padStart(14, "0");
}
