import { mayAdminister } from "../../lib/access";
import type { BrokerId } from "../../lib/ids";
import type { PreviewMessage } from "../../lib/protocol";
import { type Said, say } from "../../lib/texts/said";
import { parseFilter } from "../../lib/topics/parse";
import type { Brokers, Cancel, Catalog, Clock, InboundMessage } from "../ports";
import { backlog, type ConnectedPage } from "./connectedPage";
import type { HandlersNamed } from "./dispatch";
import { brokerFor, refused } from "./replies";

/** An admin's form looks at what arrives on a filter. One preview a socket. Rules FR-40 … FR-42. */

const BATCH_MS = 100;
/** Payload bytes in a batch, and of one message: the form shows what a message looks like, it does not transport it. */
const MAX_BATCH_BYTES = 64 * 1024;
/** Topics that wait for their turn; the newest message of each. */
const MAX_WAITING = 500;
const MAX_AGE_MS = 10 * 60_000;

export interface PreviewParts {
  brokers: Brokers;
  catalog: Catalog;
  clock: Clock;
}

export function createPreview({ brokers, catalog, clock }: PreviewParts) {
  const open = new Map<ConnectedPage, () => void>();

  const close = (page: ConnectedPage): void => {
    open.get(page)?.();
    open.delete(page);
  };

  return {
    close,
    /** No longer an admin: looks no longer. */
    rightsChanged(page: ConnectedPage): void {
      if (!mayAdminister(page.session.access)) close(page);
    },
    handlers: {
      "preview:open"(page, request) {
        const filter = parseFilter(request.filter);
        if (!filter.ok) return refused("bad-request", filter.error, "filter");
        const broker = brokerFor(catalog, request.broker);
        if (!broker.ok) return broker;
        close(page);
        if (!page.socket.connected) return refused("unavailable", say("reply.pageGone"));
        open.set(page, listen(page, broker.value, filter.value));
        return { ok: true, value: { filter: filter.value } };
      },
      "preview:close"(page) {
        close(page);
        return { ok: true, value: null };
      },
    } satisfies HandlersNamed<"preview">,
  };

  function listen(page: ConnectedPage, broker: BrokerId, filter: Parameters<Brokers["preview"]>[1]): () => void {
    const waiting = new Map<string, InboundMessage>();
    let dropped = 0;
    let batching: Cancel | undefined;
    const emit = (messages: PreviewMessage[], error?: Said): void => {
      page.socket.emit(
        "preview:messages",
        error ? { filter, messages, dropped, error } : { filter, messages, dropped },
      );
      dropped = 0;
    };

    function send(): void {
      batching = undefined;
      if (waiting.size === 0) return;
      batching = clock.after(BATCH_MS, send);
      // A page that is behind keeps only the newest of each topic here, nothing in its buffer.
      if (backlog(page.socket) > 0) return;
      const messages: PreviewMessage[] = [];
      let bytes = 0;
      for (const [topic, message] of waiting) {
        const payload = message.payload.subarray(0, MAX_BATCH_BYTES);
        if (messages.length > 0 && bytes + payload.length > MAX_BATCH_BYTES) break;
        bytes += payload.length;
        waiting.delete(topic);
        messages.push(previewOf(message, payload));
      }
      emit(messages);
    }

    function end(reason: Said): void {
      emit([], reason);
      close(page);
    }

    const stopListening = brokers.preview(
      broker,
      filter,
      (message) => {
        if (waiting.delete(message.topic)) dropped++;
        if (waiting.size >= MAX_WAITING) dropped++;
        else waiting.set(message.topic, { ...message, payload: new Uint8Array(message.payload) });
        batching ??= clock.after(0, send);
      },
      end,
    );
    const stopAging = clock.after(MAX_AGE_MS, () => end(say("reply.previewOver")));
    return () => {
      stopListening();
      stopAging();
      batching?.();
      waiting.clear();
    };
  }
}

const previewOf = ({ topic, payload, retained, receivedAt }: InboundMessage, shown: Uint8Array): PreviewMessage => ({
  topic,
  payload: Buffer.from(shown.buffer, shown.byteOffset, shown.length).toString("base64"),
  bytes: payload.length,
  retained,
  at: receivedAt,
});
