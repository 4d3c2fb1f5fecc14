import { isDeepStrictEqual } from "node:util";
import type { Broker, BrokerState } from "../../lib/broker";
import type { BrokerId } from "../../lib/ids";
import { createListeners } from "../../lib/listeners";
import type { Brokers, Clock, InboundMessage, Log, PublishOutcome, Unsubscribe } from "../ports";
import { type Commander, createCommander } from "./commander";
import { createEchoBook } from "./echoBook";
import { createIngest, type Ingest } from "./ingest";
import { openPreview, type PreviewParts } from "./preview";
import { testBroker } from "./probe";
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
  /** In [0, 1), for the jitter between attempts. */
  random?: () => number;
}

interface Station {
  broker: Broker;
  ingest: Ingest;
  commander: Commander | undefined;
  stop(): Promise<void>;
}

const KIB = 1024;
/** More than a person can read. */
const PREVIEW_PER_SECOND = 200;
const NO_FILTERS: Filters = new Map();

/** All that a new connection is needed for; a new name is only shown. */
const sameConnection = (a: Broker, b: Broker): boolean =>
  isDeepStrictEqual({ ...a, name: undefined }, { ...b, name: undefined });

/** The connections to all brokers: to each one for listening, one for commands. Opens nothing before `apply`. */
export function createBrokers(parts: BrokersParts): Brokers {
  const { clock, log } = parts;
  const settings: LinkSettings = {
    clock,
    random: parts.random ?? Math.random,
    keepaliveMs: parts.keepaliveMs ?? 10_000,
    connectTimeoutMs: parts.connectTimeoutMs ?? 10_000,
  };
  const maxPayloadBytes = parts.maxPayloadBytes ?? 256 * KIB;
  const stations = new Map<BrokerId, Station>();
  const stateListeners = createListeners<[states: BrokerState[]]>();
  const messageListeners = createListeners<[message: InboundMessage]>();
  const previews = new Set<{ stop(): void; closed(): Promise<void> }>();
  const closing = new Set<Promise<void>>();
  let stopped = false;

  const states = (): BrokerState[] =>
    [...stations.values()].map(({ broker, ingest }) => ({ ...ingest.state(), name: broker.name ?? broker.id }));
  const tell = (): void => {
    if (!stopped) stateListeners.tell(states());
  };

  const track = (work: Promise<void>): Promise<void> => {
    closing.add(work);
    return work.finally(() => closing.delete(work));
  };

  function open(broker: Broker, filters: Filters): Station {
    const echoes = createEchoBook();
    const common = { ...settings, broker, log, echoes };
    const station: Station = {
      broker,
      commander: undefined,
      ingest: createIngest({
        ...common,
        maxPayloadBytes,
        onMessage: messageListeners.tell,
        onState() {
          // Commands wait for the listening side and its subscriptions: what cannot be seen must not be moved, and a wrong password is
          // tried once, not twice.
          const protocol = station.ingest.protocol();
          if (protocol === undefined) closeCommander(station);
          else if (station.ingest.listening())
            station.commander ??= createCommander({ ...common, protocol, onReady: tell });
          tell();
        },
      }),
      async stop() {
        await Promise.all([station.ingest.stop(), station.commander?.stop()]);
      },
    };
    station.ingest.want(filters);
    return station;
  }

  function closeCommander(station: Station): void {
    const { commander } = station;
    station.commander = undefined;
    if (commander) void track(commander.stop());
  }

  /** A client beside the two of the station, for someone who looks. */
  function listen(
    id: BrokerId,
    what: Pick<PreviewParts, "filters" | "maxPerSecond" | "retainAsPublished" | "onMessage" | "onUp" | "onEnd">,
  ): Unsubscribe {
    const station = stations.get(id);
    if (!station || stopped) {
      queueMicrotask(() => what.onEnd(stopped ? "Telltale is shutting down." : `There is no broker "${id}".`));
      return () => {};
    }
    const { broker, ingest } = station;
    const preview = openPreview({
      ...settings,
      ...what,
      broker,
      protocol: ingest.protocol(),
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

  const cancelTick = clock.every(1000, () => {
    const changed = [...stations.values()].map(({ ingest }) => ingest.tick());
    if (changed.includes(true)) tell();
  });

  return {
    apply(brokers, filters) {
      if (stopped) return;
      const wanted = new Map(brokers.map((broker) => [broker.id, broker]));
      let changed = false;
      for (const [id, station] of stations) {
        const broker = wanted.get(id);
        if (broker && sameConnection(station.broker, broker)) continue;
        stations.delete(id);
        void track(station.stop());
        changed = true;
      }
      for (const broker of brokers) {
        const wants = filters.get(broker.id) ?? NO_FILTERS;
        const station = stations.get(broker.id);
        if (station) {
          changed ||= station.broker.name !== broker.name;
          station.broker = broker;
          station.ingest.want(wants);
          // In the order of the configuration, by which the default broker is told.
          stations.delete(broker.id);
          stations.set(broker.id, station);
        } else {
          stations.set(broker.id, open(broker, wants));
          changed = true;
        }
      }
      if (changed) tell();
    },
    states,
    replay: (id, filter) => stations.get(id)?.ingest.replay(filter),
    connected(id) {
      const station = stations.get(id);
      return station?.ingest.protocol() !== undefined && station.commander?.ready() === true;
    },
    onState: stateListeners.add,
    onMessage: messageListeners.add,
    async publish(message): Promise<PublishOutcome> {
      const commander = stopped ? undefined : stations.get(message.broker)?.commander;
      if (!commander) return { outcome: "not-sent", reason: "the broker is not connected" };
      return commander.publish(message);
    },
    test: (broker) => testBroker(broker, settings),
    preview: (id, filter, onMessage, onEnd) =>
      listen(id, { filters: [filter], maxPerSecond: PREVIEW_PER_SECOND, onMessage, onEnd }),
    explore: (id, filters, on) =>
      listen(id, { filters, retainAsPublished: true, onMessage: on.message, onUp: on.up, onEnd: on.end }),
    counters: () => Object.fromEntries([...stations].map(([id, { ingest }]) => [id, ingest.counters()])),
    async stop() {
      stopped = true;
      cancelTick();
      for (const preview of previews) preview.stop();
      await Promise.all([
        ...[...stations.values()].map((station) => station.stop()),
        ...[...previews].map((preview) => preview.closed()),
        ...closing,
      ]);
      stations.clear();
      previews.clear();
    },
  };
}
