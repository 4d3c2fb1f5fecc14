import type { TopicMark } from "../ports";

/** What is behind it does not tell two messages of one topic apart: images and archives differ in their heads. */
const HASHED = 4096;

/**
 * 64 bits of a payload's length and beginning. It only has to tell a topic's messages of a few seconds apart, and a take-over hashes many
 * of them in one turn: a digest of node:crypto takes three times as long.
 */
export function payloadHash(payload: Uint8Array): string {
  const length = Math.min(payload.length, HASHED);
  let [a, b] = [0x9e3779b1 ^ payload.length, 0x85ebca77];
  for (let i = 0; i < length; i++) {
    const byte = payload[i] as number;
    a = Math.imul(a ^ byte, 0x9e3779b1);
    b = Math.imul(b ^ byte, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}

export interface RecordedPart {
  /** Everything that was received before is in this flush or an earlier one. */
  until: number;
  marks: TopicMark[];
}

export interface RecordingBook {
  note(message: { topic: string; payload: Uint8Array; receivedAt: number }): void;
  /** The broker's connection is lost: what is flushed later was still received before. */
  disconnected(at: number): void;
  connected(): void;
  /** For the flush of everything that was noted so far. */
  take(now: number): RecordedPart;
  /** That flush did not come about, and the next one is to carry it as well. */
  putBack(part: RecordedPart): void;
  /** A copy that the recorder before has stored and that may still come; true: this is it. */
  await(copies: readonly { topic: string; hash: string; until: number }[]): void;
  isAwaited(message: { topic: string; payload: Uint8Array; receivedAt: number }): boolean;
}

/** What the next flush of a broker's recorder says about itself, so that a standby can go on behind it. */
export function createRecordingBook(hash = payloadHash): RecordingBook {
  let last = new Map<string, { payload: Uint8Array; at: number } | TopicMark>();
  let lostAt: number | undefined;
  const awaited = new Map<string, { hash: string; until: number }>();

  return {
    note({ topic, payload, receivedAt }) {
      last.set(topic, { payload, at: receivedAt });
    },
    disconnected(at) {
      lostAt ??= at;
    },
    connected() {
      lostAt = undefined;
    },
    take(now) {
      const marks = [...last].map(([topic, one]) =>
        "hash" in one ? one : { topic, hash: hash(one.payload), at: one.at },
      );
      last = new Map();
      return { until: Math.min(now, lostAt ?? now), marks };
    },
    putBack({ marks }) {
      for (const mark of marks) if (!last.has(mark.topic)) last.set(mark.topic, mark);
    },
    await(copies) {
      for (const { topic, hash, until } of copies) awaited.set(topic, { hash, until });
    },
    isAwaited({ topic, payload, receivedAt }) {
      const copy = awaited.size > 0 ? awaited.get(topic) : undefined;
      if (!copy) return false;
      if (receivedAt > copy.until) awaited.delete(topic);
      else if (hash(payload) === copy.hash) {
        awaited.delete(topic);
        return true;
      }
      return false;
    },
  };
}
