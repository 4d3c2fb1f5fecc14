import type { IConnackPacket } from "mqtt";
import type { Qos } from "../../lib/qos";
import { asWording, isSameSaid, type Said, say } from "../../lib/texts/said";
import { createCovers } from "../../lib/topics/cover";
import { hasWildcard, type TopicFilter } from "../../lib/topics/parse";
import type { Clock } from "../ports";
import { nextTurn } from "../turns";
import { subackReason } from "./connectionFaults";
import { type CopyFilter, createCopyFilter } from "./copies";
import type { Link } from "./link";
import { guardFilter } from "./topicGuard";

export type Filters = ReadonlyMap<TopicFilter, Qos>;

export interface RefusedFilter {
  filter: string;
  reason: Said;
}

/**
 * The subscriptions of one connection, each proven by its SUBACK. Lives and dies with the connection, so the next one asks for
 * everything anew, what was refused included.
 *
 * A filter that lies within a wider one that is wanted too is not subscribed beside it, since the broker would send each message of it
 * twice. It is subscribed for a moment where its retained messages are wanted, and for good where the wider one is refused or goes.
 */
export interface Subscriber {
  /** These, from now on; what is subscribed already is left alone. */
  want(filters: Filters): void;
  /** Asks for the retained messages of a subscribed filter anew: by subscribing to it a second time [MQTT-3.8.4-3]. */
  replay(filter: TopicFilter): void;
  readonly copies: CopyFilter;
  refused(): RefusedFilter[];
  /** The broker has answered for every filter that was wanted at first. */
  settled(): boolean;
  /** The connection is gone. */
  end(): void;
}

export interface SubscriberParts {
  link: Link;
  connack: IConnackPacket;
  clock: Clock;
  /** The list of refused filters changed. */
  onRefused(): void;
  /** `settled` has become true. */
  onSettled(): void;
}

/** Filters in one SUBSCRIBE, the bytes of their names, and SUBSCRIBEs under way at once. */
const CHUNK = 100;
const CHUNK_BYTES = 64 * 1024;
const AT_ONCE = 50;
/** So many SUBSCRIBEs are written in one turn of the event loop. */
const AT_A_TURN = 5;
const SILENCE_MS = 10_000;
/** Rights change while a connection lasts: what the broker refused is asked for again. */
const RETRY_MS = 60_000;

/** After this time the retained messages of a filter have come, and its subscription is ended if a wider one gives the rest. */
const PRUNE_MS = 5000;

/** One SUBSCRIBE. */
interface Chunk {
  filters: TopicFilter[];
  qos: Qos;
  /** The subscription identifier, where the broker takes them. */
  id: number | undefined;
}

export function createSubscriber({ link, connack, clock, onRefused, onSettled }: SubscriberParts): Subscriber {
  const { client } = link;
  const identified = link.protocol === "5" && connack.properties?.subscriptionIdentifiersAvailable !== false;
  const copies = createCopyFilter();
  const covers = createCovers();
  /** When each filter was first wanted, and when it was last asked for, in steps of `turn`. */
  const wantedAt = new Map<TopicFilter, number>();
  const askedAt = new Map<TopicFilter, number>();
  let turn = 0;
  /** Filters whose subscription was ended because of a wider one, and those to look at for that. */
  const pruned = new Set<TopicFilter>();
  let young = new Set<TopicFilter>();
  let older = new Set<TopicFilter>();
  let toPrune = new Set<TopicFilter>();
  /** A wide filter has come: all that is subscribed is looked at. */
  let widened = false;
  const proven = new Map<TopicFilter, Qos>();
  const refused = new Map<TopicFilter, Said>();
  const ids = new Map<TopicFilter, number>();
  const replays = new Set<TopicFilter>();
  /** Of the refused ones: those that the broker is asked for again. */
  const retries = new Set<TopicFilter>();
  let nextId = 1;
  let wanted: Filters = new Map();
  let busy = false;
  let ended = false;
  let settled = false;

  /** Answers whether it is news. */
  const refuse = (filter: TopicFilter, reason: Said): boolean => {
    if (isSameSaid(refused.get(filter), reason)) return false;
    refused.set(filter, reason);
    return true;
  };

  /** Answers when the broker has; a broker that does not is dropped, or it would be deaf without anyone knowing. */
  const ask = (send: (answered: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(SILENCE_MS, () => {
        link.drop({ fault: "lost", reason: say("connection.noSubscriptionAnswer") });
        resolve();
      });
      send(() => {
        cancel();
        resolve();
      });
    });

  /** Notes the broker's answer for one filter; true when the list of refused filters changed. */
  const settle = (filter: TopicFilter, code: number, qos: Qos, id: number | undefined): boolean => {
    if ((code & 0x80) !== 0) return refuse(filter, subackReason(code, filter));
    if (!proven.has(filter)) {
      if (id !== undefined) copies.add(filter, id);
      young.add(filter);
      if (hasWildcard(filter)) widened = true;
    }
    proven.set(filter, qos);
    return refused.delete(filter);
  };

  const subscribe = ({ filters, qos, id }: Chunk): Promise<void> =>
    ask((answered) => {
      for (const filter of filters) {
        replays.delete(filter);
        retries.delete(filter);
        if (id !== undefined) ids.set(filter, id);
        askedAt.set(filter, ++turn);
      }
      const properties = id === undefined ? {} : { properties: { subscriptionIdentifier: id } };
      // rap 0: the retain flag then marks a replay and nothing else.
      const options = link.protocol === "5" ? { qos, rap: false, nl: false, rh: 0, ...properties } : { qos };
      client.subscribe(filters, options, (error, _granted, packet) => {
        answered();
        if (ended) return;
        let news = false;
        for (const [i, filter] of filters.entries()) {
          const code = packet?.granted?.[i];
          if (code !== undefined) news = settle(filter, Number(code), qos, id) || news;
          // Without a SUBACK it is the connection's end, or a filter that MQTT.js itself will not write.
          else if (client.connected)
            news = refuse(filter, error ? asWording(error.message) : say("connection.filterNotMentioned")) || news;
        }
        if (news) onRefused();
      });
    });

  const unsubscribe = (filters: TopicFilter[]): Promise<void> => {
    const gone: (readonly [TopicFilter, number])[] = [];
    for (const filter of filters) {
      proven.delete(filter);
      const id = ids.get(filter);
      if (id !== undefined) gone.push([filter, id]);
      // If it is wanted again, it counts as younger than what overlapped it meanwhile.
      ids.delete(filter);
    }
    return ask((answered) =>
      client.unsubscribe(filters, () => {
        // Only now the broker sends no copy for it any more, so only now another subscription's copy counts.
        for (const [filter, id] of gone) copies.remove(filter, id);
        answered();
      }),
    );
  };

  /** The filters within which this one lies, as far as the broker did not refuse them and they bring as much. */
  function widerThan(filter: TopicFilter, qos: Qos): TopicFilter[] {
    const all = covers.of(filter) as readonly TopicFilter[];
    const usable = (wide: TopicFilter): boolean => (wanted.get(wide) ?? -1) >= qos && !refused.has(wide);
    // Only the widest: the others are not subscribed either.
    return all.filter((wide) => usable(wide) && !(covers.of(wide) as readonly TopicFilter[]).some(usable));
  }

  /** A wider filter brings its messages, and has brought or will bring what the broker retains of it. */
  function isBrought(filter: TopicFilter, qos: Qos): boolean {
    const wider = widerThan(filter, qos);
    if (wider.length === 0) return false;
    const since = wantedAt.get(filter) ?? 0;
    return pruned.has(filter) || wider.some((wide) => !proven.has(wide) || (askedAt.get(wide) ?? 0) >= since);
  }

  /** Ends the subscriptions that only bring a second copy of each message. */
  function prune(): void {
    const qosOf = (filter: TopicFilter): Qos => wanted.get(filter) ?? proven.get(filter) ?? 0;
    toPrune = new Set([...older].filter((filter) => widerThan(filter, qosOf(filter)).some((wide) => proven.has(wide))));
    older = widened ? new Set(proven.keys()) : young;
    widened = false;
    young = new Set();
    if (toPrune.size > 0) void work();
  }

  /**
   * What still has to be subscribed, in SUBSCRIBEs. One packet carries one identifier: filters with wildcards get one each, since
   * they may overlap; literal ones cannot, so many share one. A filter keeps its identifier when it is asked for again.
   */
  function* chunksOf(missing: Iterable<readonly [TopicFilter, Qos]>): Generator<Chunk> {
    let done = 0;
    const open = new Map<string, Chunk & { bytes: number }>();
    for (const [filter, qos] of missing) {
      if (done >= AT_ONCE) return;
      const known = ids.get(filter);
      if (identified && hasWildcard(filter)) {
        done++;
        yield { filters: [filter], qos, id: known ?? nextId++ };
        continue;
      }
      const key = `${qos} ${known}`;
      let chunk = open.get(key);
      if (!chunk) {
        chunk = { filters: [], qos, id: identified ? (known ?? nextId++) : undefined, bytes: 0 };
        open.set(key, chunk);
      }
      chunk.filters.push(filter);
      chunk.bytes += filter.length * 3;
      if (chunk.filters.length < CHUNK && chunk.bytes < CHUNK_BYTES) continue;
      done++;
      open.delete(key);
      yield chunk;
    }
    yield* [...open.values()].slice(0, AT_ONCE - done);
  }

  function* missing(): Generator<readonly [TopicFilter, Qos]> {
    for (const one of wanted) {
      const [filter, qos] = one;
      if (proven.get(filter) === qos && !replays.has(filter)) continue;
      if (refused.has(filter) && !retries.has(filter)) continue;
      if (proven.has(filter) || !isBrought(filter, qos)) yield one;
    }
  }

  /** Looked at right before they are sent, and not all at once. */
  function* speakable(filters: Iterable<readonly [TopicFilter, Qos]>): Generator<readonly [TopicFilter, Qos]> {
    for (const one of filters) {
      const guarded = guardFilter(one[0]);
      if (guarded.ok) yield one;
      else refuse(one[0], guarded.error);
    }
  }

  /** One round of what is still to do, each begun when it is asked for; none when all is as wanted. */
  function* plan(): Generator<Promise<void>> {
    const gone: TopicFilter[] = [];
    const wild: TopicFilter[] = [];
    for (const filter of proven.keys()) {
      if (gone.length === CHUNK) break;
      if (!wanted.has(filter)) (hasWildcard(filter) ? wild : gone).push(filter);
    }
    if (gone.length > 0) {
      yield unsubscribe(gone);
      return;
    }
    const refusedBefore = refused.size;
    let asked = false;
    for (const chunk of chunksOf(speakable(missing()))) {
      asked = true;
      yield subscribe(chunk);
    }
    if (refused.size > refusedBefore) onRefused();
    if (asked) return;
    // Only now: what lay within a filter that goes is subscribed by itself, so nothing is missed between the two.
    const rest = [...wild, ...toPrune].filter((filter) => proven.has(filter)).slice(0, CHUNK);
    for (const filter of rest) if (toPrune.delete(filter) && wanted.has(filter)) pruned.add(filter);
    if (rest.length > 0) yield unsubscribe(rest);
    else toPrune.clear();
  }

  const standing = () => !ended && client.connected && !client.disconnecting;

  async function round(): Promise<number> {
    const begun: Promise<void>[] = [];
    for (const one of plan()) {
      begun.push(one);
      // Twenty thousand filters at once would hold the event loop.
      if (begun.length % AT_A_TURN === 0) await nextTurn();
      if (!standing()) break;
    }
    await Promise.all(begun);
    return begun.length;
  }

  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (standing() && (await round()) > 0);
    busy = false;
    if (settled || !standing()) return;
    settled = true;
    onSettled();
  };

  const cancelRetry = clock.every(RETRY_MS, () => {
    for (const filter of refused.keys()) if (wanted.has(filter) && guardFilter(filter).ok) retries.add(filter);
    if (retries.size > 0) void work();
  });

  const cancelPrune = clock.every(PRUNE_MS, prune);

  /** Notes which filters are new, and what covers what. */
  function compare(filters: Filters): void {
    turn++;
    for (const filter of filters.keys()) if (!wantedAt.has(filter)) wantedAt.set(filter, turn);
    for (const filter of wantedAt.keys())
      if (!filters.has(filter)) {
        wantedAt.delete(filter);
        pruned.delete(filter);
      }
    if (covers.replace(filters.keys())) widened = true;
  }

  return {
    copies,
    want(filters) {
      wanted = filters;
      compare(filters);
      let changed = false;
      for (const filter of refused.keys()) {
        if (filters.has(filter)) continue;
        if (!proven.has(filter)) ids.delete(filter);
        changed = refused.delete(filter) || changed;
      }
      if (changed) onRefused();
      void work();
    },
    replay(filter) {
      if (proven.has(filter)) replays.add(filter);
      else if (wanted.has(filter)) {
        // It is subscribed for a moment.
        pruned.delete(filter);
        wantedAt.set(filter, ++turn);
      } else return;
      void work();
    },
    settled: () => settled,
    refused: () => [...refused].map(([filter, reason]) => ({ filter, reason })),
    end() {
      ended = true;
      cancelRetry();
      cancelPrune();
    },
  };
}
