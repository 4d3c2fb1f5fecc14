import { createTopicTree, type TopicTree } from "../../../lib/explorer/tree";
import type { ExplorerStatus } from "../../../lib/explorer/wire";
import type { BrokerId } from "../../../lib/ids";
import { createListeners } from "../../../lib/listeners";
import type { TopicFilter } from "../../../lib/topics/parse";
import type { Brokers, Cancel, Clock, InboundMessage } from "../../ports";

/** One broker that someone looks at: the subscription and the tree, shared by all who look. Rules XP-20 … XP-22. */
export interface Watch {
  readonly broker: BrokerId;
  readonly tree: TopicTree;
  readonly skipped: number;
  status(): ExplorerStatus;
  onStatus(listener: (status: ExplorerStatus) => void): Cancel;
  /** Every message of this topic from now on. */
  listen(topic: string, listener: (message: InboundMessage) => void): Cancel;
  stop(): void;
}

/** `#` does not match what begins with `$` [MQTT-4.7.2-1]; a broker may refuse either. */
const FILTERS = ["#", "$SYS/#"] as TopicFilter[];
const AGAIN_MS = 3000;
/** More than this is counted, not looked at: looking on must not keep the tiles waiting. */
const MAX_PER_SLICE = 2500;
const SLICE_MS = 100;

export function startWatch(broker: BrokerId, { brokers, clock }: { brokers: Brokers; clock: Clock }): Watch {
  const tree = createTopicTree(clock.now());
  const statusListeners = createListeners<[status: ExplorerStatus]>();
  const topicListeners = new Map<string, Set<(message: InboundMessage) => void>>();
  let status: ExplorerStatus = { state: "connecting" };
  let stopListening: Cancel = () => undefined;
  let again: Cancel = () => undefined;
  let skipped = 0;
  let slice = 0;
  let inSlice = 0;

  function tell(next: ExplorerStatus): void {
    status = next;
    statusListeners.tell(next);
  }

  function hear(message: InboundMessage): void {
    const now = Math.floor(message.receivedAt / SLICE_MS);
    if (now !== slice) {
      slice = now;
      inSlice = 0;
    }
    // A topic not heard of before is never passed over: what a broker keeps comes all at once, and only once.
    if (++inSlice > MAX_PER_SLICE && tree.knows(message.topic)) {
      skipped++;
      return;
    }
    tree.hear(message.topic, message.payload, message.retained, message.receivedAt);
    const listeners = topicListeners.get(message.topic);
    if (listeners) for (const listener of listeners) listener(message);
  }

  function start(): void {
    stopListening = brokers.explore(broker, FILTERS, {
      message: hear,
      up: (refused) => tell({ state: "listening", refused }),
      end(reason) {
        tell({ state: "lost", reason });
        again = clock.after(AGAIN_MS, start);
      },
    });
  }
  start();

  return {
    broker,
    tree,
    get skipped() {
      return skipped;
    },
    status: () => status,
    onStatus: statusListeners.add,
    listen(topic, listener) {
      const listeners = topicListeners.get(topic) ?? new Set();
      topicListeners.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && topicListeners.get(topic) === listeners) topicListeners.delete(topic);
      };
    },
    stop() {
      again();
      stopListening();
    },
  };
}
