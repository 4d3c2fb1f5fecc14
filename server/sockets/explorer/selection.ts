import type { ExplorerMessage, ExplorerMessages } from "../../../lib/explorer/wire";
import type { InboundMessage } from "../../ports";

/** The last messages of the topic that a page has picked. Bounded: rule XP-24. */

const MAX_KEPT = 100;
const MAX_KEPT_BYTES = 8 * 1024 * 1024;
/** Of one message, and of a batch together, as they are sent unasked. */
const MAX_SENT = 64 * 1024;
/** More within a batch than anyone can follow; the newest count. */
const MAX_BATCH = 20;

interface Kept {
  id: number;
  at: number;
  retained: boolean;
  /** Of the whole payload. */
  bytes: number;
  payload: Uint8Array;
}

export interface Selection {
  readonly topic: string;
  hear(message: Pick<InboundMessage, "payload" | "retained" | "receivedAt">): void;
  /** What has come since the last batch; undefined: nothing. */
  batch(): ExplorerMessages | undefined;
  /** The whole payload of a message that is still kept. */
  payload(id: number): Uint8Array | undefined;
}

/** `first`: what the tree knows of the topic's newest message, perhaps only its beginning. */
export function createSelection(topic: string, first: Omit<Kept, "id"> | undefined): Selection {
  const kept: Kept[] = first ? [{ ...first, id: 0 }] : [];
  let bytes = first?.payload.length ?? 0;
  let next = 1;
  let sentUpTo = -1;

  const sent = ({ payload, ...rest }: Kept, room: number): ExplorerMessage => ({
    ...rest,
    payload: base64(payload.subarray(0, room)),
  });

  return {
    topic,
    hear({ payload, retained, receivedAt }) {
      const copy = new Uint8Array(payload);
      kept.push({ id: next++, at: receivedAt, retained, bytes: payload.length, payload: copy });
      bytes += copy.length;
      while (kept.length > MAX_KEPT || (bytes > MAX_KEPT_BYTES && kept.length > 1))
        bytes -= kept.shift()?.payload.length ?? 0;
    },
    batch() {
      const fresh = kept.filter(({ id }) => id > sentUpTo);
      if (fresh.length === 0) return undefined;
      const newest = fresh.slice(-MAX_BATCH);
      const missed = next - 1 - Math.max(sentUpTo, 0) - newest.filter(({ id }) => id > 0).length;
      sentUpTo = next - 1;
      // The newest has the room that it needs, those before it what is left.
      let room = MAX_SENT;
      const messages: ExplorerMessage[] = [];
      for (const message of newest.toReversed()) {
        messages.unshift(sent(message, room));
        room -= Math.min(room, message.payload.length);
      }
      return { topic, messages, missed };
    },
    payload: (id) => kept.find((message) => message.id === id)?.payload,
  };
}

export const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
