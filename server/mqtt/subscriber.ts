import type { IConnackPacket } from "mqtt";
import type { TopicFilter } from "../../lib/topics/parse";
import type { Clock } from "../ports";
import { type CopyFilter, createCopyFilter } from "./copies";
import { subackReason } from "./faults";
import type { Link } from "./link";
import { guardFilter } from "./topicGuard";

export type Filters = ReadonlyMap<TopicFilter, 0 | 1 | 2>;

export interface RefusedFilter {
  filter: string;
  reason: string;
}

/**
 * The subscriptions of one connection, each proven by its SUBACK. Lives and dies with the connection, so the next one asks for
 * everything anew, what was refused included.
 */
export interface Subscriber {
  /** These, from now on; what is subscribed already is left alone. */
  want(filters: Filters): void;
  /** Asks for the retained messages of a subscribed filter anew: by subscribing to it a second time [MQTT-3.8.4-3]. */
  replay(filter: TopicFilter): void;
  readonly copies: CopyFilter;
  refused(): RefusedFilter[];
  /** The connection is gone. */
  end(): void;
}

export interface SubscriberParts {
  link: Link;
  connack: IConnackPacket;
  clock: Clock;
  /** The list of refused filters changed. */
  onRefused(): void;
}

/** Filters in one SUBSCRIBE where subscriptions carry no identifier, and SUBSCRIBEs under way where each has its own. */
const CHUNK = 100;
const AT_ONCE = 50;
const SILENCE_MS = 10_000;

type Qos = 0 | 1 | 2;

export function createSubscriber({ link, connack, clock, onRefused }: SubscriberParts): Subscriber {
  const { client } = link;
  const identified = link.protocol === "5" && connack.properties?.subscriptionIdentifiersAvailable !== false;
  const copies = createCopyFilter();
  const proven = new Map<TopicFilter, Qos>();
  const refused = new Map<TopicFilter, string>();
  const ids = new Map<TopicFilter, number>();
  const replays = new Set<TopicFilter>();
  let nextId = 1;
  let wanted: Filters = new Map();
  let busy = false;
  let ended = false;

  const refuse = (filter: TopicFilter, reason: string): void => {
    refused.set(filter, reason);
    onRefused();
  };

  /** Answers when the broker has; a broker that does not is dropped, or it would be deaf without anyone knowing. */
  const ask = (send: (answered: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(SILENCE_MS, () => {
        link.drop({ fault: "lost", reason: "The broker did not answer a subscription within 10 s." });
        resolve();
      });
      send(() => {
        cancel();
        resolve();
      });
    });

  const idOf = (filter: TopicFilter): number => {
    const id = ids.get(filter) ?? nextId++;
    ids.set(filter, id);
    return id;
  };

  const subscribe = (filters: TopicFilter[], qos: Qos): Promise<void> =>
    ask((answered) => {
      for (const filter of filters) replays.delete(filter);
      const [only] = filters;
      const properties = identified && only ? { properties: { subscriptionIdentifier: idOf(only) } } : {};
      // rap 0: the retain flag then marks a replay and nothing else.
      const options = link.protocol === "5" ? { qos, rap: false, nl: false, rh: 0, ...properties } : { qos };
      client.subscribe(filters, options, (error, _granted, packet) => {
        answered();
        if (ended) return;
        const codes = packet?.granted;
        for (const [i, filter] of filters.entries()) {
          const code = codes?.[i];
          if (code === undefined) {
            // Without a SUBACK it is the connection's end, or a filter that MQTT.js itself will not write.
            if (client.connected) refuse(filter, error?.message ?? "the broker's answer does not mention it");
          } else if ((Number(code) & 0x80) !== 0) refuse(filter, subackReason(Number(code)));
          else {
            if (!proven.has(filter) && identified) copies.add(filter, idOf(filter));
            proven.set(filter, qos);
          }
        }
      });
    });

  const unsubscribe = (filters: TopicFilter[]): Promise<void> => {
    for (const filter of filters) {
      proven.delete(filter);
      const id = ids.get(filter);
      if (id !== undefined) copies.remove(filter, id);
      // If it is wanted again, it counts as younger than what overlapped it meanwhile.
      ids.delete(filter);
    }
    return ask((answered) => client.unsubscribe(filters, answered));
  };

  /** One round of what is still to do; empty when all is as wanted. */
  const plan = (): (() => Promise<void>)[] => {
    const gone = [...proven.keys()].filter((filter) => !wanted.has(filter)).slice(0, CHUNK);
    if (gone.length > 0) return [() => unsubscribe(gone)];
    const missing = [...wanted].filter(
      ([filter, qos]) => (proven.get(filter) !== qos || replays.has(filter)) && !refused.has(filter),
    );
    if (identified)
      return missing.slice(0, AT_ONCE).map(
        ([filter, qos]) =>
          () =>
            subscribe([filter], qos),
      );
    const qos = missing[0]?.[1];
    if (qos === undefined) return [];
    const chunk = missing.filter(([, wants]) => wants === qos).slice(0, CHUNK);
    return [
      () =>
        subscribe(
          chunk.map(([filter]) => filter),
          qos,
        ),
    ];
  };

  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    const standing = () => !ended && client.connected && !client.disconnecting;
    for (let steps = plan(); steps.length > 0 && standing(); steps = plan())
      await Promise.all(steps.map((step) => step()));
    busy = false;
  };

  return {
    copies,
    want(filters) {
      wanted = filters;
      let changed = false;
      for (const filter of refused.keys()) if (!filters.has(filter)) changed = refused.delete(filter) || changed;
      for (const filter of filters.keys()) {
        const guarded = guardFilter(filter);
        if (guarded.ok || refused.has(filter)) continue;
        refused.set(filter, guarded.error);
        changed = true;
      }
      if (changed) onRefused();
      void work();
    },
    replay(filter) {
      if (!proven.has(filter)) return;
      replays.add(filter);
      void work();
    },
    refused: () => [...refused].map(([filter, reason]) => ({ filter, reason })),
    end() {
      ended = true;
    },
  };
}
