import { deflateRawSync, inflateRawSync } from "node:zlib";

/** What stands before the bytes: how to read them. In the database for good. */
const PLAIN = 0;
const DEFLATED = 1;

/** zlib allocates so much for each call, 16 kB unless told; nearly all that is stored here is smaller. */
const CHUNK = { chunkSize: 4096 };

/** Compressed where that makes it smaller. */
export function compress(bytes: Uint8Array): Buffer {
  const deflated = deflateRawSync(bytes, CHUNK);
  const smaller = deflated.length < bytes.length;
  return Buffer.concat([Buffer.of(smaller ? DEFLATED : PLAIN), smaller ? deflated : bytes]);
}

/** Throws when the bytes are not what `compress` made. */
export function decompress(bytes: Uint8Array): Uint8Array {
  const body = bytes.subarray(1);
  if (bytes[0] === PLAIN) return body;
  if (bytes[0] === DEFLATED) return inflateRawSync(body, CHUNK);
  throw new RangeError("a block of history cannot be read: it is damaged, or was written by a newer Telltale");
}
