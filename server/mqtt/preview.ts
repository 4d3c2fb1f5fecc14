import type { Broker } from "../../lib/broker";
import { asWording, type Said, say, sayList } from "../../lib/texts/said";
import type { TopicFilter } from "../../lib/topics/parse";
import type { InboundMessage, Unsubscribe } from "../ports";
import { subackReason } from "./connectionFaults";
import { type LinkAttempt, openLink } from "./link";
import { clientIdFor, type Protocol } from "./options";
import { createReadPacer } from "./readPacer";
import type { LinkSettings } from "./reconnector";
import { guardFilter } from "./topicGuard";

export interface PreviewParts extends LinkSettings {
  broker: Broker;
  /** What is known to work; absent: 5, then 3.1.1. */
  protocol: Protocol | undefined;
  filters: readonly TopicFilter[];
  maxPayloadBytes: number;
  /** What comes faster is left out; absent: nothing is. */
  maxPerSecond?: number;
  /** The retain flag as published, where the broker can tell (MQTT 5, retain as published). */
  retainAsPublished?: boolean;
  onMessage(message: InboundMessage): void;
  /** Subscribed, except to these. */
  onUp?(refused: { filter: TopicFilter; reason: Said }[]): void;
  onEnd(reason: Said): void;
}

/** Listens on filters with a client of its own until `stop`, or until it ends by itself and says why. */
export function openPreview(parts: PreviewParts): { stop: Unsubscribe; closed(): Promise<void> } {
  const { broker, clock, filters } = parts;
  let link: LinkAttempt | undefined;
  let over = false;
  let second = 0;
  let count = 0;
  let closed: Promise<void> = Promise.resolve();

  const end = (reason: Said | undefined): void => {
    if (over) return;
    over = true;
    closed = link?.close() ?? closed;
    if (reason !== undefined) parts.onEnd(reason);
  };

  const withinRate = (at: number): boolean => {
    if (parts.maxPerSecond === undefined) return true;
    const now = Math.floor(at / 1000);
    if (now !== second) {
      second = now;
      count = 0;
    }
    return ++count <= parts.maxPerSecond;
  };

  const dial = (protocol: Protocol): void => {
    link = openLink(
      { ...parts, clientId: clientIdFor(broker, "preview"), protocol },
      {
        pace: createReadPacer().pace,
        onMessage(topic, payload, packet) {
          const receivedAt = clock.now();
          if (over || payload.length > parts.maxPayloadBytes || !withinRate(receivedAt)) return;
          parts.onMessage({ broker: broker.id, topic, payload, retained: packet.retain, receivedAt });
        },
        onUp({ client }) {
          // rap is MQTT 5's; MQTT.js leaves it out of a SUBSCRIBE of 3.1.1.
          const options = { qos: 0 as const, ...(parts.retainAsPublished && { rap: true }) };
          client.subscribe([...filters], options, (error, _granted, packet) => {
            const codes = packet?.granted?.map(Number) ?? [];
            const refused = filters.flatMap((filter, i) =>
              ((codes[i] ?? 0) & 0x80) === 0 ? [] : [{ filter, reason: subackReason(codes[i] as number, filter) }],
            );
            if (refused.length === filters.length)
              end(
                sayList(
                  refused.map(({ filter, reason }) => say("connection.filterRefused", { filter, reason })),
                  "kit.reasons",
                ),
              );
            else if (error && refused.length === 0) end(asWording(error.message));
            else if (!over) parts.onUp?.(refused);
          });
        },
        onDown(down) {
          if (protocol === "5" && parts.protocol === undefined && down.refused5 !== "no" && !over) return dial("3.1.1");
          end(down.reason);
        },
      },
    );
  };

  const faulty = filters.map(guardFilter).find((guarded) => !guarded.ok);
  if (faulty && !faulty.ok) queueMicrotask(() => end(faulty.error));
  else dial(parts.protocol ?? "5");
  return { stop: () => end(undefined), closed: () => closed };
}
