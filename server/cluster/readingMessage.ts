import type { BrokerId, PointId } from "../../lib/ids";
import type { Value } from "../../lib/reading";
import type { InboundMessage, StoredReading } from "../ports";
import { payloadHash } from "./recordingBook";

export type Heard = Pick<InboundMessage, "topic" | "payload" | "receivedAt">;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Two times stand before the value, and are not part of what is compared: its own, and when it was heard. */
const TIMES = 16;
/** A device's own time lies further than this from when the reading was heard, or does not depend on which node heard it. */
const OWN_MS = 2000;

/**
 * A reading as the ring and the marks keep it: its point as the topic, its value and times as the payload. Two nodes give one reading equal
 * values and times that differ as their clocks do.
 */
export function encodeReading(broker: BrokerId, { point, value, at }: StoredReading, heardAt: number): InboundMessage {
  const text = encoder.encode(JSON.stringify(value));
  const payload = new Uint8Array(TIMES + text.byteLength);
  const times = new DataView(payload.buffer);
  times.setFloat64(0, at);
  times.setFloat64(8, heardAt);
  payload.set(text, TIMES);
  return { broker, topic: point, payload, retained: false, receivedAt: heardAt };
}

const valuePart = (payload: Uint8Array): Uint8Array => payload.subarray(TIMES);

/** Of the value, which both nodes read alike; their times differ. */
export const readingHash = (payload: Uint8Array): string => payloadHash(valuePart(payload));

/** `receivedAt` may lie later than when it was heard: no reading is put before the last stored one (CL-15). */
export function decodeReading({ topic, payload, receivedAt }: Heard): StoredReading {
  const times = new DataView(payload.buffer, payload.byteOffset, TIMES);
  const [at, heardAt] = [times.getFloat64(0), times.getFloat64(8)];
  const later = Math.abs(at - heardAt) <= OWN_MS ? receivedAt - heardAt : 0;
  const value = JSON.parse(decoder.decode(valuePart(payload))) as Value;
  return { point: topic as PointId, value, at: at + later };
}
