import { filterMatches } from "../../lib/topics/match";
import type { LastMessage } from "../ports";
import type { IngestPoint, Reread } from "./ingest";
import type { LastMessageSlot } from "./lastMessages";
import { saysOffline } from "./ownWord";

/** What the newest of the kept messages on the point's topics says of it. */
export function rereadFrom(of: IngestPoint, messages: ReadonlyMap<string, LastMessageSlot>): Reread | undefined {
  for (const { topic, message } of newestFirst(of, messages)) {
    const { payload, size, at, retained } = message;
    if (!payload || payload.length < size || saysOffline(of, topic, payload)) continue;
    const outcome = of.source.compiled.read(payload, at).find(({ slot }) => slot.index === of.point.slot.index);
    if (outcome) return { outcome, payload, receivedAt: at, retained };
  }
  return undefined;
}

function newestFirst(
  { topic, source }: IngestPoint,
  messages: ReadonlyMap<string, LastMessageSlot>,
): { topic: string; message: LastMessage }[] {
  const { filter, registration } = source.compiled;
  const merged = registration.merge === true && filter !== undefined;
  const topics = merged
    ? [...messages.keys()].filter((one) => filterMatches(filter, one))
    : topic === undefined
      ? []
      : [topic];
  return topics
    .flatMap((one) => {
      const message = messages.get(one)?.read();
      return message ? [{ topic: one, message }] : [];
    })
    .sort((a, b) => b.message.at - a.message.at);
}
