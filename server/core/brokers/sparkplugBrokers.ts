import { randomUUID } from "node:crypto";
import type { BrokerState } from "../../../lib/broker";
import { createSparkplugSession, type SparkplugSession } from "../../../lib/decoders/sparkplug/session";
import { parseMetricTopic } from "../../../lib/decoders/sparkplug/topics";
import { sparkplug } from "../../../lib/discovery/sparkplug";
import { type BrokerId, CommandId } from "../../../lib/ids";
import { createListeners } from "../../../lib/listeners";
import type { Qos } from "../../../lib/qos";
import type { Steps } from "../../../lib/steps";
import { isSameSaid, type Said, say } from "../../../lib/texts/said";
import { parseFilter, parseTopic, type TopicFilter } from "../../../lib/topics/parse";
import { createTrie } from "../../../lib/topics/trie";
import type { Brokers, Clock, CommandPublish, InboundMessage, Log, PublishOutcome, Unsubscribe } from "../../ports";
import { createStepQueue } from "../../stepQueue";

/** A node that does not answer is not asked again before. */
const REBIRTH_EVERY_MS = 30_000;
const MAX_ASKED = 2000;
/** A message that is missing may only have been overtaken: so long is waited for it before the node is asked. */
const REORDER_MS = 5000;

/** Of what discovery subscribes to, a filter with "." and one without, for the hosts of Sparkplug 2. */
const DISCOVERY: ReadonlySet<string> = new Set(sparkplug.filters.filter((filter) => filter.startsWith("spBv1.0/")));
const HOST_STATE = "STATE/+";
const NOT_CARRIED = say("connection.suback128Characters");

interface Wire {
  session: SparkplugSession;
  /** The nodes of which something is registered: only those may be asked for anything. */
  nodes: ReturnType<typeof createTrie<true>>;
  asked: Map<string, number>;
  /** The nodes of which a message is missing, until the reorder time is over. */
  waiting: Map<string, Unsubscribe>;
  /** The registered metrics that each node's subscription stands for. */
  metrics: ReadonlyMap<string, readonly TopicFilter[]>;
}

export interface SparkplugParts {
  clock: Clock;
  log: Log;
  /** Whether this node may publish on the broker without a person; absent: it is the only one. */
  acts?: (broker: BrokerId) => boolean;
  /** Has the node that may ask this one of Sparkplug's nodes for its birth. */
  askRecorder?: (broker: BrokerId, topic: string) => void;
}

export interface SparkplugBrokers extends Brokers {
  stop(): void;
  /** Another of Telltale's nodes has not heard the birth of this one of Sparkplug's. */
  rebirth(broker: BrokerId, topic: string): void;
}

/**
 * The same brokers, where a Sparkplug B metric is an ordinary topic (lib/decoders/sparkplug/topics): filters on metrics become
 * subscriptions to their node, its messages are also handed on taken apart, and a command to a metric becomes an NCMD or DCMD.
 */
export function withSparkplug(
  brokers: Brokers,
  { clock, log, acts = () => true, askRecorder }: SparkplugParts,
): SparkplugBrokers {
  const wires = new Map<BrokerId, Wire>();
  const toldOf = new Set<BrokerId>();
  const listeners = createListeners<[message: InboundMessage]>();
  /** A birth may have thousands of metrics. What comes behind it waits for it, since what it says builds on it. */
  const steps = createStepQueue(clock, (error) => log.error({ err: error }, "a Sparkplug message could not be read"));
  brokers.onMessage((message) => {
    listeners.tell(message);
    if (!message.topic.startsWith("spBv1.0/") || message.echoOf !== undefined) return;
    // Copied: the broker client's buffers are slices of far larger ones.
    const copy = { ...message, payload: new Uint8Array(message.payload) };
    steps.add(takingApart(copy), () => undefined, message.payload.length);
  });

  function wireOf(id: BrokerId): Wire {
    let wire = wires.get(id);
    if (!wire) {
      wire = {
        session: createSparkplugSession(),
        nodes: createTrie(),
        asked: new Map(),
        waiting: new Map(),
        metrics: new Map(),
      };
      wires.set(id, wire);
    }
    return wire;
  }

  function toWire(id: BrokerId, filters: ReadonlyMap<TopicFilter, Qos>): ReadonlyMap<TopicFilter, Qos> {
    if (!wires.has(id) && !hasSparkplug(filters.keys())) return filters;
    const made = new Map<TopicFilter, Qos>();
    const nodes = new Map<string, TopicFilter[]>();
    for (const [filter, qos] of filters) {
      const metric = filter.startsWith("spBv1.0/") ? parseMetricTopic(filter) : undefined;
      // All of the node: its messages are numbered in one row, and births and deaths tell what the numbers mean.
      const node = metric && parseFilter(`spBv1.0/${metric.group}/+/${metric.node}/#`);
      const wanted = node?.ok ? node.value : filter;
      if (node?.ok) {
        const metrics = nodes.get(wanted);
        if (metrics) metrics.push(filter);
        else nodes.set(wanted, [filter]);
      }
      made.set(wanted, Math.max(made.get(wanted) ?? 0, qos) as Qos);
    }
    const wire = nodes.size || wires.has(id) ? wireOf(id) : undefined;
    if (wire) {
      wire.nodes = createTrie();
      for (const node of nodes.keys()) wire.nodes.add(node, true);
      wire.metrics = nodes;
    }
    return made;
  }

  /** A refused subscription to a node is that of each metric which is registered there. */
  function withMetrics(state: BrokerState): BrokerState {
    if (state.state !== "connected" || state.refused.length === 0) return state;
    const metrics = wires.get(state.id)?.metrics;
    const refused = withoutDiscovery(state.id, state.refused).flatMap((one) =>
      (metrics?.get(one.filter) ?? [one.filter]).map((filter) => ({ ...one, filter })),
    );
    return { ...state, refused };
  }

  /** That no Sparkplug devices are found on a broker without such topics is no fault of it: there are none. */
  function withoutDiscovery<R extends { filter: string; reason: Said }>(broker: BrokerId, refused: R[]): R[] {
    // Where that is refused as well, it is a matter of rights.
    if (refused.some(({ filter }) => filter === HOST_STATE)) return refused;
    const rest = refused.filter(({ filter, reason }) => !DISCOVERY.has(filter) || !isSameSaid(reason, NOT_CARRIED));
    if (rest.length < refused.length && !toldOf.has(broker)) {
      toldOf.add(broker);
      log.info({ broker }, 'the broker carries no topics with ".": Sparkplug devices are not looked for on it');
    }
    return rest;
  }

  function askForBirth(broker: BrokerId, wire: Wire, at: string, why: string): void {
    const now = clock.monotonic();
    if (wire.nodes.match(at).length === 0 || now - (wire.asked.get(at) ?? Number.NEGATIVE_INFINITY) < REBIRTH_EVERY_MS)
      return;
    const topic = parseTopic(at);
    if (!topic.ok || !brokers.connected(broker)) return;
    if (wire.asked.size >= MAX_ASKED) wire.asked.clear();
    wire.asked.set(at, now);
    if (!acts(broker)) {
      askRecorder?.(broker, at);
      return;
    }
    log.info({ broker, topic: at, why }, "a Sparkplug node is asked for a new birth");
    const payload = wire.session.rebirthRequest(clock.now());
    const commandId = CommandId.parse(randomUUID());
    void brokers.publish({ broker, topic: topic.value, payload, qos: 0, retain: false, commandId });
  }

  function askSoon(broker: BrokerId, wire: Wire, topic: string): void {
    if (wire.waiting.has(topic) || wire.waiting.size >= MAX_ASKED) return;
    const cancel = clock.after(REORDER_MS, () => {
      wire.waiting.delete(topic);
      const why = wire.session.takeMissed(topic);
      if (why !== undefined) askForBirth(broker, wire, topic, why);
    });
    wire.waiting.set(topic, cancel);
  }

  function forget(wire: Wire): void {
    for (const cancel of wire.waiting.values()) cancel();
    wire.waiting.clear();
  }

  function* takingApart(message: InboundMessage): Steps {
    const { broker, topic, payload, receivedAt } = message;
    const wire = wireOf(broker);
    const taken = yield* wire.session.read(topic, payload, receivedAt);
    for (const plain of taken?.messages ?? []) {
      listeners.tell({ ...message, topic: plain.topic, payload: Buffer.from(plain.payload) });
      yield;
    }
    const wish = taken?.rebirth;
    if (wish?.soon) askSoon(broker, wire, wish.topic);
    else if (wish) askForBirth(broker, wire, wish.topic, wish.why);
  }

  return {
    ...brokers,
    apply(list, filters) {
      for (const [id, wire] of [...wires])
        if (!list.some((broker) => broker.id === id)) {
          forget(wire);
          wires.delete(id);
        }
      brokers.apply(list, new Map([...filters].map(([id, of]) => [id, toWire(id, of)])));
    },
    states: () => brokers.states().map(withMetrics),
    onState: (listener) => brokers.onState((states) => listener(states.map(withMetrics))),
    onMessage: listeners.add,
    replay(broker, filter) {
      if (!parseMetricTopic(filter)) brokers.replay?.(broker, filter);
    },
    rebirth(broker, topic) {
      // not a text: a reason in the log
      if (acts(broker)) askForBirth(broker, wireOf(broker), topic, "another node has not heard it");
    },
    stop() {
      steps.stop();
      for (const wire of wires.values()) forget(wire);
    },
    async publish(message: CommandPublish): Promise<PublishOutcome> {
      if (!message.topic.startsWith("spBv1.0/") || typeof message.payload !== "string") return brokers.publish(message);
      if (parseMetricTopic(message.topic)?.verb !== "CMD") return brokers.publish(message);
      const made = wireOf(message.broker).session.encode(message.topic, message.payload, clock.now());
      if (!made.ok) return { outcome: "not-sent", reason: made.error };
      const topic = parseTopic(made.value.topic);
      if (!topic.ok) return { outcome: "not-sent", reason: say("commands.sparkplugNoTopic") };
      return brokers.publish({ ...message, topic: topic.value, payload: made.value.payload });
    },
  };
}

function hasSparkplug(filters: Iterable<TopicFilter>): boolean {
  for (const filter of filters) if (filter.startsWith("spBv1.0/")) return true;
  return false;
}
