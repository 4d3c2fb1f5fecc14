import type { BrokerId } from "../../../lib/ids";
import type { TopicTrie } from "../../../lib/topics/trie";
import type { InboundMessage } from "../../ports";
import { sameBytes } from "./availability";

/** Copies of one message follow each other at once. */
const WITHIN_MS = 20;

interface Last {
  message: InboundMessage;
  copies: number;
}

/**
 * A broker may deliver a message once for each overlapping subscription [MQTT 5 §3.3.4]: the copies follow each other and are one
 * message. Two equal messages on a topic with a single subscription are two readings.
 */
export function createCopyFilter(subscribed: (broker: BrokerId) => TopicTrie<unknown> | undefined) {
  const lasts = new Map<BrokerId, Last>();
  return {
    /** True when this is a further copy of the message before it. */
    isCopy(message: InboundMessage): boolean {
      const last = lasts.get(message.broker);
      if (
        !last ||
        last.message.topic !== message.topic ||
        last.message.retained !== message.retained ||
        message.receivedAt - last.message.receivedAt > WITHIN_MS ||
        !sameBytes(last.message.payload, message.payload)
      ) {
        if (last) {
          last.message = message;
          last.copies = 1;
        } else lasts.set(message.broker, { message, copies: 1 });
        return false;
      }
      const expected = subscribed(message.broker)?.match(message.topic).length ?? 1;
      if (last.copies < expected) {
        last.copies++;
        return true;
      }
      last.message = message;
      last.copies = 1;
      return false;
    },
  };
}
