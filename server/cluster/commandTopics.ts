import { commandFilters } from "../../lib/compile/commandFilters";
import type { BrokerId } from "../../lib/ids";
import { createTrie, type TopicTrie } from "../../lib/topics/trie";
import type { Catalog } from "../ports";

/** Whether a command may go out on a topic: on others there is nothing to be mistaken. */
export function createCommandTopics(catalog: Pick<Catalog, "registrations" | "defaultBroker" | "onChange">) {
  let tries: Map<BrokerId, TopicTrie<true>> | undefined;

  function build(): Map<BrokerId, TopicTrie<true>> {
    const made = new Map<BrokerId, TopicTrie<true>>();
    for (const { item } of catalog.registrations()) {
      const broker = item.broker ?? catalog.defaultBroker();
      if (broker === undefined) continue;
      for (const filter of commandFilters(item)) {
        const trie = made.get(broker) ?? createTrie<true>();
        trie.add(filter, true);
        made.set(broker, trie);
      }
    }
    return made;
  }
  // Only when a message asks for it.
  catalog.onChange(() => {
    tries = undefined;
  });

  return (broker: BrokerId, topic: string): boolean => {
    tries ??= build();
    return (tries.get(broker)?.match(topic).length ?? 0) > 0;
  };
}
