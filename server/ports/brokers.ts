import type { Broker, BrokerFault, BrokerLimit, BrokerState } from "../../lib/broker";
import type { BrokerId, CommandId } from "../../lib/ids";
import type { Qos } from "../../lib/qos";
import type { Said } from "../../lib/texts/said";
import type { Topic, TopicFilter } from "../../lib/topics/parse";
import type { Unsubscribe } from "./common";

export interface InboundMessage {
  broker: BrokerId;
  topic: string;
  payload: Uint8Array;
  /** A retained message met on subscribing (rap 0): of unknown age, and not a new reading after a reconnect. */
  retained: boolean;
  receivedAt: number;
  /** Further copies of it, which a broker may send for overlapping filters, are sorted out already: an equal one is a new message. */
  single?: true;
  /** The command whose own echo this is, from the MQTT 5 user property that Telltale's publishes carry. */
  echoOf?: string;
  /** MQTT 3.1.1: nothing on it would tell that another node has sent it as a command. */
  unmarked?: true;
}

export interface CommandPublish {
  broker: BrokerId;
  topic: Topic;
  /** Text, or bytes where a device wants those. */
  payload: string | Uint8Array;
  qos: Qos;
  retain: boolean;
  /** Sent as an MQTT 5 user property, so that the echo is known. */
  commandId: CommandId;
  /** Published by a person and not a command: its echo counts as a reading, and as a retained message it does not expire. */
  byHand?: true;
}

/** What became of a publish. `unknown` is not failure: it may have happened. */
export type PublishOutcome =
  /** `unheard`: the broker says that it has no subscriber for it (MQTT 5, reason code 0x10). */
  | { outcome: "acked"; unheard?: true }
  | { outcome: "failed"; code: number; reason: Said }
  | { outcome: "unknown"; reason: Said }
  | { outcome: "not-sent"; reason: Said };

/** An address that a connection test could not connect to. */
export interface FailedAddress {
  url: string;
  fault: BrokerFault;
  reason: Said;
}

/** What a connection test found. It worked where one address of several did; `unreachable` names the others. */
export type BrokerTestOutcome =
  | {
      ok: true;
      protocol: "5" | "3.1.1";
      ms: number;
      unreachable?: FailedAddress[];
      /** Absent: what it cannot do could not be found out. */
      limits?: BrokerLimit[];
    }
  | { ok: false; fault: BrokerFault; reason: Said };

export interface ExploreEvents {
  /** `retained` is the flag as published, where the broker speaks MQTT 5 (rap 1). */
  message(message: InboundMessage): void;
  /** Subscribed, except to these. */
  up(refused: { filter: TopicFilter; reason: Said }[]): void;
  /** Once, and not after it was stopped. */
  end(reason: Said): void;
}

export interface Brokers {
  /** Makes the connections and subscriptions be these: unchanged brokers and filters are left alone. */
  apply(brokers: readonly Broker[], filters: ReadonlyMap<BrokerId, ReadonlyMap<TopicFilter, Qos>>): void;
  states(): BrokerState[];
  /**
   * Asks for the retained messages of a filter that is subscribed already (a SUBSCRIBE again [MQTT-3.8.4-3]): a registration that
   * comes later on the same filter has seen none of them. The live state ignores what it knows.
   */
  replay?(broker: BrokerId, filter: TopicFilter): void;
  /** True when a command can go out now. */
  connected(broker: BrokerId): boolean;
  /**
   * Why the broker cannot carry messages on this topic, found out on a connection of its own; undefined: it can, or that could not be found out.
   * A publish there ends the connection.
   */
  carries?(broker: BrokerId, topic: string): Promise<Said | undefined>;
  onState(listener: (states: BrokerState[]) => void): Unsubscribe;
  onMessage(listener: (message: InboundMessage) => void): Unsubscribe;
  /** Through the client that cannot replay. Never rejects. */
  publish(message: CommandPublish): Promise<PublishOutcome>;
  /** Tries a connection and drops it again; says what is wrong. Ends within 10 s. */
  test(broker: Broker): Promise<BrokerTestOutcome>;
  /** Listens on a filter with a client of its own, for the form's preview; `onEnd` says why it could not go on. */
  preview(
    broker: BrokerId,
    filter: TopicFilter,
    onMessage: (message: InboundMessage) => void,
    onEnd: (reason: Said) => void,
  ): Unsubscribe;
  /** Listens on filters with a client of its own and at any rate, until told otherwise or until it cannot go on. For the explorer. */
  explore(broker: BrokerId, filters: readonly TopicFilter[], on: ExploreEvents): Unsubscribe;
  /** Counters for /metrics: received, bytes, oversize, waiting, dropped, reconnects for each broker. */
  counters(): Record<string, Record<string, number>>;
}
