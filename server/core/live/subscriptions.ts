import type { BrokerId } from "../../../lib/ids";
import type { Qos } from "../../../lib/qos";
import type { Steps } from "../../../lib/steps";
import type { TopicFilter } from "../../../lib/topics/parse";
import type { IngestRegistration } from "../../pipeline/ingest";

export type Filters = Map<BrokerId, Map<TopicFilter, Qos>>;

/** What to subscribe to: each filter once, with the highest QoS that any of its registrations asks for. */
export function* collectFilters(
  sources: readonly IngestRegistration[],
  ...others: Iterable<{ broker: BrokerId; filter: TopicFilter }>[]
): Steps<Filters> {
  const filters: Filters = new Map();
  const add = (broker: BrokerId, filter: TopicFilter, qos: Qos) => {
    let of = filters.get(broker);
    if (!of) {
      of = new Map();
      filters.set(broker, of);
    }
    of.set(filter, Math.max(of.get(filter) ?? 0, qos) as Qos);
  };
  for (const { broker, compiled } of sources) {
    yield;
    if (compiled.filter) add(broker, compiled.filter, compiled.registration.qos ?? 0);
  }
  // Copied: they may be others before this is at its end.
  for (const list of others)
    for (const { broker, filter } of [...list]) {
      yield;
      add(broker, filter, 0);
    }
  return filters;
}
