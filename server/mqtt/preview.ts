import type { Broker } from "../../lib/broker";
import type { TopicFilter } from "../../lib/topics/parse";
import type { InboundMessage, Unsubscribe } from "../ports";
import { subackReason } from "./faults";
import { type Link, openLink } from "./link";
import { clientIdFor, type Protocol } from "./options";
import type { LinkSettings } from "./reconnector";
import { guardFilter } from "./topicGuard";

/** More than a person can read; what comes faster is left out. */
const MAX_PER_SECOND = 200;

export interface PreviewParts extends LinkSettings {
  broker: Broker;
  /** What is known to work; absent: 5, then 3.1.1. */
  protocol: Protocol | undefined;
  filter: TopicFilter;
  maxPayloadBytes: number;
  onMessage(message: InboundMessage): void;
  onEnd(reason: string): void;
}

/** Listens on one filter with a client of its own until `stop`, or until it ends by itself and says why. */
export function openPreview(parts: PreviewParts): { stop: Unsubscribe; closed(): Promise<void> } {
  const { broker, clock, filter } = parts;
  let link: Link | undefined;
  let over = false;
  let second = 0;
  let count = 0;
  let closed: Promise<void> = Promise.resolve();

  const end = (reason: string | undefined): void => {
    if (over) return;
    over = true;
    closed = link?.close() ?? closed;
    if (reason !== undefined) parts.onEnd(reason);
  };

  const withinRate = (at: number): boolean => {
    const now = Math.floor(at / 1000);
    if (now !== second) {
      second = now;
      count = 0;
    }
    return ++count <= MAX_PER_SECOND;
  };

  const dial = (protocol: Protocol): void => {
    link = openLink(
      { ...parts, clientId: clientIdFor(broker, "preview"), protocol },
      {
        onMessage(topic, payload, packet) {
          const receivedAt = clock.now();
          if (over || payload.length > parts.maxPayloadBytes || !withinRate(receivedAt)) return;
          parts.onMessage({ broker: broker.id, topic, payload, retained: packet.retain, receivedAt });
        },
        onUp({ client }) {
          client.subscribe(filter, { qos: 0 }, (error, _granted, packet) => {
            const code = Number(packet?.granted?.[0] ?? 0);
            if ((code & 0x80) !== 0) end(`${filter}: ${subackReason(code)}`);
            else if (error) end(error.message);
          });
        },
        onDown(down) {
          if (protocol === "5" && parts.protocol === undefined && down.refused5 !== "no" && !over) return dial("3.1.1");
          end(down.reason);
        },
      },
    );
  };

  const guarded = guardFilter(filter);
  if (guarded.ok) dial(parts.protocol ?? "5");
  else queueMicrotask(() => end(guarded.error));
  return { stop: () => end(undefined), closed: () => closed };
}
