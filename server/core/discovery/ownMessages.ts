import { randomUUID } from "node:crypto";
import { type BrokerId, CommandId } from "../../../lib/ids";
import { type Said, say } from "../../../lib/texts/said";
import { parseTopic } from "../../../lib/topics/parse";
import type { Brokers, Clock } from "../../ports";
import type { Finder } from "./finder";

/** What discovery itself publishes. */
export interface OwnMessages {
  /** Publishes what some devices need to keep sending (Venus OS). Not a command: it changes nothing. */
  keepAlive(): void;
  /** Returns why it failed, as part of a sentence, or undefined. `until`: nothing is published later (epoch ms). */
  clearRetained(broker: BrokerId, topic: string, until: number): Promise<Said | undefined>;
}

export function createOwnMessages(parts: {
  clock: Pick<Clock, "now" | "monotonic">;
  brokers: Pick<Brokers, "connected" | "publish">;
  finders: ReadonlyMap<BrokerId, Finder>;
  acts(broker: BrokerId): boolean;
}): OwnMessages {
  const { clock, brokers, finders, acts } = parts;
  const fed = new Map<string, number>();
  return {
    keepAlive() {
      const now = clock.monotonic();
      for (const { broker, discovery } of finders.values()) {
        if (!acts(broker) || !brokers.connected(broker)) continue;
        for (const { topic, payload, everyMs } of discovery.keepAlives()) {
          const key = `${broker} ${topic}`;
          const parsed = parseTopic(topic);
          if (!parsed.ok || now - (fed.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) continue;
          if (fed.size > 1000) fed.clear();
          fed.set(key, now);
          const commandId = CommandId.parse(randomUUID());
          void brokers.publish({ broker, topic: parsed.value, payload, qos: 0, retain: false, commandId });
        }
      }
    },
    async clearRetained(broker, text, until) {
      const topic = parseTopic(text);
      if (!topic.ok) return topic.error;
      if (!brokers.connected(broker)) return say("commands.notConnected");
      if (clock.now() > until) return say("problem.requestExpired");
      const commandId = CommandId.parse(randomUUID());
      const sent = { broker, topic: topic.value, payload: "", qos: 1, retain: true, commandId, byHand: true } as const;
      const outcome = await brokers.publish(sent);
      return outcome.outcome === "acked" ? undefined : outcome.reason;
    },
  };
}
