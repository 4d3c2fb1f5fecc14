import { readPicture } from "../../../lib/decoders/image/notation";
import { unwrap } from "../../../lib/decoders/unwrap";
import type { PointId } from "../../../lib/ids";
import type { Value } from "../../../lib/reading";
import type { Registration } from "../../../lib/registration";
import type { StoredPicture } from "../../ports";

/** All pictures together. Of a point only the newest is kept; the one put longest ago goes first. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface Pictures {
  /** `value`: what the decoder made of it. */
  put(id: PointId, registration: Registration, payload: Uint8Array, value: Value): void;
  get(id: PointId): StoredPicture | undefined;
}

/** The bytes behind the words of points that hold pictures. */
export function createPictures(maxBytes = MAX_BYTES): Pictures {
  const all = new Map<PointId, StoredPicture>();
  let held = 0;

  function drop(id: PointId): void {
    held -= all.get(id)?.bytes.length ?? 0;
    all.delete(id);
  }

  return {
    put(id, { encoding }, payload, value) {
      const picture = readPicture(value);
      const bytes = encoding === undefined ? payload : unwrap(encoding, payload);
      if (!picture || ("ok" in bytes && !bytes.ok)) return;
      drop(id);
      // Copied: a payload is a view into what came from the socket at once.
      const own = new Uint8Array("ok" in bytes ? bytes.value : bytes);
      all.set(id, { type: picture.type, hash: picture.hash, bytes: own });
      held += own.length;
      for (const oldest of all.keys()) {
        if (held <= maxBytes) break;
        drop(oldest);
      }
    },
    get: (id) => all.get(id),
  };
}
