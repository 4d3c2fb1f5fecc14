import { isDeepStrictEqual } from "node:util";
import type { Broker, BrokerState } from "../../lib/broker";
import type { BrokerId } from "../../lib/ids";
import { createListeners } from "../../lib/listeners";
import { say } from "../../lib/texts/said";
import type { Brokers, Cancel, Clock, InboundMessage, Log, PublishOutcome, Unsubscribe } from "../ports";
import { type CarriedTopics, createCarriedTopics } from "./carriedTopics";
import { type Commander, createCommander } from "./commander";
import type { CommandMark } from "./commandMark";
import { type BrokerListener, createBrokerListener } from "./listener";
import { openPreview, type PreviewParts } from "./preview";
import { testBroker } from "./probe";
import { createRecentPublishes } from "./recentPublishes";
import type { LinkSettings } from "./reconnector";
import type { Filters } from "./subscriber";

export interface BrokersParts {
  clock: Clock;
  log: Log;
  /** Payloads beyond it are counted, and refused by who reads them; default 256 KiB. */
  maxPayloadBytes?: number;
  /** How long a broker may be silent before it is asked, ms; default 10 s. Given up at 1.3 times it at the latest. */
  keepaliveMs?: number;
  connectTimeoutMs?: number;
  /** This node's name, where several nodes use the same configuration: one client id cannot be connected twice. */
  node?: string | undefined;
  /** Where several nodes publish commands. */
  mark?: CommandMark | undefined;
  /** In [0, 1), for the jitter between attempts. */
  random?: () => number;
}

/** The two clients of one broker: one that listens, and one that publishes while that one is connected. */
interface BrokerConnection {
  broker: Broker;
  listener: BrokerListener;
  commander: Commander | undefined;
  carried: CarriedTopics;
  stop(): Promise<void>;
}

const KIB = 1024;
/** More than a person can read. */
const PREVIEW_PER_SECOND = 200;
const NO_FILTERS: Filters = new Map();

/** All that a new connection is needed for; a new name is only shown. */
const sameConnection = (a: Broker, b: Broker): boolean =>
  isDeepStrictEqual({ ...a, name: undefined }, { ...b, name: undefined });

const takesCommands = ({ listener, commander }: BrokerConnection): boolean =>
  listener.protocol() !== undefined && commander?.ready() === true;

/** The connections to all brokers: to each one for listening, one for commands. Opens nothing before `apply`. */
export function createBrokers(parts: BrokersParts): Brokers & { start(): void; stop(): Promise<void> } {
  const { clock, log } = parts;
  const settings: LinkSettings = {
    clock,
    random: parts.random ?? Math.random,
    keepaliveMs: parts.keepaliveMs ?? 10_000,
    connectTimeoutMs: parts.connectTimeoutMs ?? 10_000,
  };
  const maxPayloadBytes = parts.maxPayloadBytes ?? 256 * KIB;
  const connections = new Map<BrokerId, BrokerConnection>();
  const stateListeners = createListeners<[states: BrokerState[]]>();
  const messageListeners = createListeners<[message: InboundMessage]>();
  const previews = new Set<{ stop(): void; closed(): Promise<void> }>();
  const closing = new Set<Promise<void>>();
  let stopped = false;

  const states = (): BrokerState[] =>
    [...connections.values()].map((connection) => {
      const state = connection.listener.state();
      return {
        ...state,
        name: connection.broker.name ?? connection.broker.id,
        ...(state.state === "connected" && !takesCommands(connection) && { takesCommands: false }),
      };
    });
  const tell = (): void => {
    if (!stopped) stateListeners.tell(states());
  };

  const track = (work: Promise<void>): Promise<void> => {
    closing.add(work);
    return work.finally(() => closing.delete(work));
  };

  function open(broker: Broker, filters: Filters): BrokerConnection {
    const echoes = createRecentPublishes(parts.mark);
    const common = { ...settings, broker, log, echoes };
    const connection: BrokerConnection = {
      broker,
      commander: undefined,
      carried: createCarriedTopics({
        broker,
        settings,
        connected() {
          const protocol = connection.listener.protocol();
          return protocol && { protocol, url: connection.listener.url() };
        },
      }),
      listener: createBrokerListener({
        ...common,
        maxPayloadBytes,
        onMessage: messageListeners.tell,
        onState() {
          // Commands wait for the listening side and its subscriptions: what cannot be seen must not be moved, and a wrong password is
          // tried once, not twice.
          const protocol = connection.listener.protocol();
          if (protocol === undefined) closeCommander(connection);
          else if (connection.listener.listening())
            connection.commander ??= createCommander({
              ...common,
              mark: parts.mark,
              whyNotCarried: connection.carried.whyNot,
              protocol,
              first: connection.listener.url(),
              onChange: tell,
            });
          tell();
        },
      }),
      async stop() {
        await Promise.all([connection.listener.stop(), connection.commander?.stop()]);
      },
    };
    connection.listener.want(filters);
    return connection;
  }

  function closeCommander(connection: BrokerConnection): void {
    const { commander } = connection;
    connection.commander = undefined;
    connection.carried.forget();
    if (commander) void track(commander.stop());
  }

  /** A third client beside the listener and the commander, for a preview or the explorer. */
  function listen(
    id: BrokerId,
    what: Pick<PreviewParts, "filters" | "maxPerSecond" | "retainAsPublished" | "onMessage" | "onUp" | "onEnd">,
  ): Unsubscribe {
    const connection = connections.get(id);
    if (!connection || stopped) {
      const why = stopped ? say("reply.shuttingDown") : say("reply.noBroker", { broker: id });
      queueMicrotask(() => what.onEnd(why));
      return () => {};
    }
    const { broker, listener } = connection;
    const preview = openPreview({
      ...settings,
      ...what,
      broker: { ...broker, url: listener.url() ?? broker.url },
      protocol: listener.protocol(),
      maxPayloadBytes,
      onEnd: (reason) => {
        previews.delete(preview);
        what.onEnd(reason);
      },
    });
    previews.add(preview);
    return () => {
      preview.stop();
      previews.delete(preview);
      void track(preview.closed());
    };
  }

  let cancelTick: Cancel = () => undefined;

  function tick(): void {
    const changed = [...connections.values()].map(({ listener }) => listener.tick());
    if (changed.includes(true)) tell();
  }

  const ofThisNode = (broker: Broker): Broker =>
    parts.node === undefined || broker.clientId === undefined
      ? broker
      : { ...broker, clientId: `${broker.clientId}-${parts.node}` };

  return {
    apply(configured, filters) {
      if (stopped) return;
      const brokers = configured.map(ofThisNode);
      const wanted = new Map(brokers.map((broker) => [broker.id, broker]));
      let changed = false;
      for (const [id, connection] of connections) {
        const broker = wanted.get(id);
        if (broker && sameConnection(connection.broker, broker)) continue;
        connections.delete(id);
        void track(connection.stop());
        changed = true;
      }
      for (const broker of brokers) {
        const wants = filters.get(broker.id) ?? NO_FILTERS;
        const connection = connections.get(broker.id);
        if (connection) {
          changed ||= connection.broker.name !== broker.name;
          connection.broker = broker;
          connection.listener.want(wants);
          // In the order of the configuration, by which the default broker is told.
          connections.delete(broker.id);
          connections.set(broker.id, connection);
        } else {
          connections.set(broker.id, open(broker, wants));
          changed = true;
        }
      }
      if (changed) tell();
    },
    states,
    replay: (id, filter) => connections.get(id)?.listener.replay(filter),
    connected(id) {
      const connection = connections.get(id);
      return connection !== undefined && takesCommands(connection);
    },
    carries: async (id, topic) => connections.get(id)?.carried.whyNot(topic),
    onState: stateListeners.add,
    onMessage: messageListeners.add,
    async publish(message): Promise<PublishOutcome> {
      const commander = stopped ? undefined : connections.get(message.broker)?.commander;
      if (!commander) return { outcome: "not-sent", reason: say("commands.notConnected") };
      return commander.publish(message);
    },
    test: (broker) => testBroker(broker, settings),
    preview: (id, filter, onMessage, onEnd) =>
      listen(id, { filters: [filter], maxPerSecond: PREVIEW_PER_SECOND, onMessage, onEnd }),
    explore: (id, filters, on) =>
      listen(id, { filters, retainAsPublished: true, onMessage: on.message, onUp: on.up, onEnd: on.end }),
    counters: () => Object.fromEntries([...connections].map(([id, { listener }]) => [id, listener.counters()])),
    start() {
      cancelTick = clock.every(1000, tick);
    },
    async stop() {
      stopped = true;
      cancelTick();
      for (const preview of previews) preview.stop();
      await Promise.all([
        ...[...connections.values()].map((connection) => connection.stop()),
        ...[...previews].map((preview) => preview.closed()),
        ...closing,
      ]);
      connections.clear();
      previews.clear();
    },
  };
}
