/**
 * MQTT 3.1.1 has no way to refuse a large packet, and MQTT.js buffers a packet whole before it looks at it: one payload of 200 MB held
 * 540 MB. This reads the fixed headers (MQTT 5 §2.1) of a stream in front of the parser, so that the connection can be closed when a
 * packet announces itself as too large, before any of it is buffered.
 */

export interface Oversize {
  bytes: number;
  /** Of a PUBLISH whose topic arrived together with its header. */
  topic: string | undefined;
}

const PUBLISH = 3;
/** A remaining length has four bytes at most (MQTT 5 §1.5.5); more is the parser's to reject. */
const MAX_LENGTH_BITS = 28;

/** Feed it each chunk of the stream in order. `onOversize` is called once, then nothing is looked at any more. */
export function createPacketGuard(maxBytes: number, onOversize: (oversize: Oversize) => void) {
  let over = false;
  /** Bytes of the current packet that are still to come. */
  let rest = 0;
  let type: number | undefined;
  let length = 0;
  let shift = 0;

  return (chunk: Buffer): void => {
    let at = 0;
    while (!over && at < chunk.length) {
      if (rest > 0) {
        const skipped = Math.min(rest, chunk.length - at);
        rest -= skipped;
        at += skipped;
        continue;
      }
      const byte = chunk[at++] as number;
      if (type === undefined) {
        type = byte >> 4;
        length = 0;
        shift = 0;
        continue;
      }
      length += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (byte & 0x80) {
        over = shift >= MAX_LENGTH_BITS;
        continue;
      }
      if (length > maxBytes) {
        over = true;
        onOversize({ bytes: length, topic: type === PUBLISH ? topicAt(chunk, at) : undefined });
        return;
      }
      rest = length;
      type = undefined;
    }
  };
}

function topicAt(chunk: Buffer, at: number): string | undefined {
  if (chunk.length < at + 2) return undefined;
  const end = at + 2 + chunk.readUInt16BE(at);
  return chunk.length < end ? undefined : chunk.toString("utf8", at + 2, end);
}
