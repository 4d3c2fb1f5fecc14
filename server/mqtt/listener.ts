import type { IPublishPacket } from "mqtt";
import type { Broker, BrokerState, Flood } from "../../lib/broker";
import { inWords, isSameSaid } from "../../lib/texts/said";
import type { TopicFilter } from "../../lib/topics/parse";
import type { InboundMessage, Log } from "../ports";
import { createFloodWatch } from "./flood";
import { createIngestBuffer } from "./ingestBuffer";
import type { Link } from "./link";
import type { Protocol } from "./options";
import type { RecentPublishes } from "./recentPublishes";
import { createReconnector, type LinkSettings } from "./reconnector";
import { STEADY_MS } from "./shortConnections";
import { createSubscriber, type Filters, type Subscriber } from "./subscriber";

/** The user property that Telltale's own publishes carry on MQTT 5. */
export const COMMAND_PROPERTY = "telltale-command";
/** Beside it, where several nodes publish: see CommandMark. */
export const MARK_PROPERTY = "telltale-mark";

/** Listens to one broker: keeps the connection and its subscriptions, and knows its state. */
export interface BrokerListener {
  state(): BrokerState;
  want(filters: Filters): void;
  /** Asks for the retained messages of a subscribed filter again. */
  replay(filter: TopicFilter): void;
  /** Connected, and every subscription is answered: what a command causes will be heard. */
  listening(): boolean;
  /** Where the connection stands; absent while there is none. */
  url(): string | undefined;
  /** What the standing connection speaks. */
  protocol(): Protocol | undefined;
  counters(): Record<string, number>;
  /** Once a second: true when the rate or the flood that `state` tells has changed. */
  tick(): boolean;
  stop(): Promise<void>;
}

export interface BrokerListenerParts extends LinkSettings {
  broker: Broker;
  log: Log;
  maxPayloadBytes: number;
  echoes: RecentPublishes;
  onMessage(message: InboundMessage): void;
  /** Connected, listening, lost, or the refused filters changed. */
  onState(): void;
}

/** How much of the last second goes into the shown rate. */
const SMOOTHING = 0.4;
const roundRate = (rate: number): number => (rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate));

export function createBrokerListener(parts: BrokerListenerParts): BrokerListener {
  const { broker, clock, log, echoes } = parts;
  const name = broker.name ?? broker.id;
  const counters = { received: 0, bytes: 0, oversize: 0, copies: 0, echoes: 0, reconnects: 0, failures: 0 };
  let filters: Filters = new Map();
  let subscriber: Subscriber | undefined;
  /** Kept when the connection ends: what was read from it before may still wait until the event loop had a pause. */
  let copies: Subscriber["copies"] | undefined;
  let protocol: Protocol | undefined;
  let everUp = false;
  let rate = 0;
  let lastReceived = 0;
  let oversizeLogged = Number.NEGATIVE_INFINITY;
  /** By the monotonic clock. */
  let upAt = Number.POSITIVE_INFINITY;
  let state: BrokerState = { id: broker.id, name, since: clock.now(), state: "connecting" };

  const buffer = createIngestBuffer({ hand: parts.onMessage, ping: (answered) => reconnector.link()?.ping(answered) });
  const watch = createFloodWatch(clock);
  let flood: Flood | undefined;

  const refused = () => subscriber?.refused() ?? [];

  /** True when there is another thing to tell. */
  const lookForFlood = (): boolean => {
    const before = flood;
    flood = watch.look(buffer.dropped);
    if (flood?.now && !before?.now)
      log.warn({ broker: broker.id }, "more messages arrive than can be handled: some are dropped and counted");
    if (flood && !flood.now && before?.now)
      log.warn({ broker: broker.id, dropped: flood.dropped }, "all messages are handled again");
    return flood !== before;
  };

  const echoOf = (topic: string, payload: Buffer, packet: IPublishPacket): string | undefined => {
    if (protocol !== "5") return packet.retain ? undefined : echoes.match(topic, payload, clock.monotonic());
    const { [COMMAND_PROPERTY]: id, [MARK_PROPERTY]: mark } = packet.properties?.userProperties ?? {};
    if (typeof id !== "string") return undefined;
    const claimed = { id, ...(typeof mark === "string" && { mark }) };
    const repeats = packet.retain || packet.properties?.subscriptionIdentifier === undefined;
    return echoes.claimed(claimed, topic, payload, repeats);
  };

  const onMessage = (topic: string, payload: Buffer, packet: IPublishPacket): void => {
    // A replay is not held against the copy of an older subscription: that one was replayed long ago, or never.
    if (!packet.retain && copies?.counts(topic, packet.properties?.subscriptionIdentifier) === false) {
      counters.copies++;
      return;
    }
    const receivedAt = clock.now();
    counters.received++;
    counters.bytes += payload.length;
    if (payload.length > parts.maxPayloadBytes) {
      counters.oversize++;
      // Handed on all the same: its reader refuses it unread, so that its point can say so.
      const now = clock.monotonic();
      if (now - oversizeLogged >= 10_000) {
        oversizeLogged = now;
        log.warn({ broker: broker.id, topic, bytes: payload.length }, "oversize payload");
      }
    }
    const message: InboundMessage = { broker: broker.id, topic, payload, retained: packet.retain, receivedAt };
    if (packet.properties?.subscriptionIdentifier !== undefined) message.single = true;
    if (protocol !== "5") message.unmarked = true;
    const echo = echoOf(topic, payload, packet);
    if (echo !== undefined) {
      message.echoOf = echo;
      counters.echoes++;
    }
    buffer.take(message);
  };

  const reconnector = createReconnector({
    ...parts,
    part: "",
    onMessage,
    pace: buffer.pace,
    onUp(link: Link, connack) {
      if (everUp) counters.reconnects++;
      everUp = true;
      upAt = clock.monotonic();
      protocol = link.protocol;
      rate = 0;
      lastReceived = counters.received;
      state = {
        ...{ id: broker.id, name, since: clock.now(), state: "connected", protocol, rate, refused: [] },
        ...(broker.otherUrls && { url: link.url }),
        ...(state.short && { short: state.short }),
      };
      log.info({ broker: broker.id, protocol, ...(broker.otherUrls && { url: link.url }) }, "broker connected");
      subscriber = createSubscriber({
        link,
        connack,
        clock,
        onRefused: () => {
          if (state.state !== "connected") return;
          state = { ...state, refused: refused() };
          for (const { filter, reason } of state.refused)
            log.warn({ broker: broker.id, filter, reason: inWords(reason) }, "filter refused");
          parts.onState();
        },
        onSettled: parts.onState,
      });
      copies = subscriber.copies;
      parts.onState();
      subscriber.want(filters);
    },
    onDown({ fault, reason, wasUp }, short) {
      buffer.flush();
      if (!wasUp) counters.failures++;
      subscriber?.end();
      subscriber = undefined;
      protocol = undefined;
      const since = short?.since ?? (state.state === "offline" ? state.since : clock.now());
      const news = state.state !== "offline" || state.fault !== fault || !isSameSaid(state.reason, reason);
      state = { id: broker.id, name, since, state: "offline", fault, reason, ...(short && { short }) };
      if (!news) return;
      log.warn(
        { broker: broker.id, fault, reason: inWords(reason), ...(short && { shortConnections: short.times }) },
        "broker offline",
      );
      parts.onState();
    },
  });

  return {
    state: () => (flood ? { ...state, flood } : state),
    want(wanted) {
      filters = new Map(wanted);
      subscriber?.want(filters);
    },
    replay: (filter) => subscriber?.replay(filter),
    listening: () => subscriber?.settled() === true,
    url: () => reconnector.link()?.url,
    protocol: () => protocol,
    counters: () => ({ ...counters, waiting: buffer.waiting, dropped: buffer.dropped }),
    tick() {
      const news = lookForFlood();
      const last = counters.received - lastReceived;
      lastReceived = counters.received;
      rate = rate === 0 ? last : rate + SMOOTHING * (last - rate);
      if (rate < 0.05) rate = 0;
      if (state.state !== "connected") return news;
      if (state.short && clock.monotonic() - upAt >= STEADY_MS) {
        const { short: _, ...steady } = state;
        state = steady;
        return true;
      }
      if (state.rate === roundRate(rate)) return news;
      state = { ...state, rate: roundRate(rate) };
      return true;
    },
    async stop() {
      subscriber?.end();
      await reconnector.stop();
      buffer.flush();
    },
  };
}
