import { filterMatches } from "../../lib/topics/match";
import type { Said } from "../ports";
import type { IngestPoint, Reread } from "./ingest";
import { saysOffline } from "./ownWord";
import type { SaidSlot } from "./said";

/** What the newest of the kept messages on the point's topics says of it. */
export function rereadFrom(of: IngestPoint, messages: ReadonlyMap<string, SaidSlot>): Reread | undefined {
  for (const { topic, said } of newestFirst(of, messages)) {
    const { payload, size, at, retained } = said;
    if (!payload || payload.length < size || saysOffline(of, topic, payload)) continue;
    const outcome = of.source.compiled.read(payload, at).find(({ slot }) => slot.index === of.point.slot.index);
    if (outcome) return { outcome, payload, receivedAt: at, retained };
  }
  return undefined;
}

function newestFirst(
  { topic, source }: IngestPoint,
  messages: ReadonlyMap<string, SaidSlot>,
): { topic: string; said: Said }[] {
  const { filter, registration } = source.compiled;
  const merged = registration.merge === true && filter !== undefined;
  const topics = merged
    ? [...messages.keys()].filter((one) => filterMatches(filter, one))
    : topic === undefined
      ? []
      : [topic];
  return topics
    .flatMap((one) => {
      const said = messages.get(one)?.read();
      return said ? [{ topic: one, said }] : [];
    })
    .sort((a, b) => b.said.at - a.said.at);
}
