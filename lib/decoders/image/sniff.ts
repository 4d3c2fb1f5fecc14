import { err, ok, type Result } from "../../result";
import { type SaidText, say } from "../../texts/said";

/** What the header of a picture says; its pixels are not read. */
export interface Picture {
  type: "image/jpeg" | "image/png";
  width: number;
  height: number;
}

/** No camera sends more pixels, and more would fill a browser's memory. */
const MAX_PIXELS = 100_000_000;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Recognises JPEG (ITU-T T.81) and PNG (W3C PNG, 5.2) by their first bytes. */
export function sniffPicture(bytes: Uint8Array): Result<Picture, SaidText> {
  const size = PNG.every((byte, i) => bytes[i] === byte) ? pngSize(bytes) : jpegSize(bytes);
  if (!size.ok) return size;
  const { type, width, height } = size.value;
  if (width === 0 || height === 0) return err(say("reject.pictureEmpty"));
  if (width * height > MAX_PIXELS) return err(say("reject.pictureTooLarge", { width, height }));
  if (!endsWith(bytes, ENDS[type])) return err(say("reject.pictureCut"));
  return size;
}

/** The last marker: the chunk type IEND, and EOI. */
const ENDS: Record<Picture["type"], readonly number[]> = {
  "image/png": [0x49, 0x45, 0x4e, 0x44],
  "image/jpeg": [0xff, 0xd9],
};
/** Some cameras append padding, up to this many bytes. */
const FILLED = 64;

function endsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  for (let at = bytes.length - mark.length; at >= 0 && at >= bytes.length - FILLED; at--)
    if (mark.every((byte, i) => bytes[at + i] === byte)) return true;
  return false;
}

/** The first chunk is IHDR, with 13 bytes. */
function pngSize(bytes: Uint8Array): Result<Picture, SaidText> {
  if (bytes.length < 33) return err(say("reject.pngCut"));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452) return err(say("reject.pngNoHeader"));
  return ok({ type: "image/png", width: view.getUint32(16), height: view.getUint32(20) });
}

/** Walks the markers up to the frame header (SOF0 … SOF15; C4, C8 and CC are not frame headers). */
function jpegSize(bytes: Uint8Array): Result<Picture, SaidText> {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return err(say("reject.notPicture"));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return err(say("reject.jpegDamaged"));
    const marker = bytes[at + 1] as number;
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (at + 9 > bytes.length) break;
      return ok({ type: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) });
    } else if (marker === 0xda || marker === 0xd9) return err(say("reject.jpegNoHeader"));
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return err(say("reject.jpegCut"));
}
