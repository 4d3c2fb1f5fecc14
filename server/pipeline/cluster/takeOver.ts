import type { Steps } from "../../../lib/steps";
import type { RecordedSoFar, TopicMark } from "../../ports";
import { without } from "./intervals";
import type { HeardMessage, HeardPast } from "./ring";

export interface AwaitedCopy {
  topic: string;
  hash: string;
  /** By this node's clock: what is equal and comes later is another message. */
  until: number;
}

export interface TakeOver {
  /** What is to be stored, in the order in which it was received. No time lies before the last stored one of its topic. */
  messages: HeardMessage[];
  /** Stored by the recorder before, and not yet heard here: brokers deliver to one subscriber later than to another. */
  awaited: AwaitedCopy[];
  /** How far this node's clock is ahead of that of the recorder before, in ms. */
  offset: number;
  /** Nobody heard what came then; by this node's clock. */
  unheard: { from: number; to: number; why: "no-recorder" | "ring-full" | "database-lost" }[];
}

/**
 * A redelivered or doubly heard message has no number that both nodes know. So a topic's last stored message is looked for among those
 * with the same payload, within this of when it should have come: brokers deliver to two subscribers up to two seconds apart.
 */
const SAME_WITHIN_MS = 5000;
/** Clocks of nodes differ by less than this beside it; where they differ by more, nothing is lost, but a reading may be stored twice. */
const CLOCKS_WITHIN_MS = 5000;
/** The clocks' difference is known well enough by so many messages, and looking for them is bounded. */
const ENOUGH_PAIRS = 200;
const MOST_HASHES = 20_000;
/** So many messages or marks are looked at in one step. */
const PAUSE = 200;

interface Entry {
  message: HeardMessage;
  index: number;
  hash?: string;
}

/**
 * The last time of which it is certain that the recorder before heard what came. Its connection may have been silent before it was known to be
 * lost: nothing that came then is stored, though it was flushed.
 */
const heardUntil = ({ until = Number.NEGATIVE_INFINITY, marks }: RecordedSoFar): number => {
  let newest = Number.NEGATIVE_INFINITY;
  for (const { at } of marks) newest = Math.max(newest, at);
  return marks.length === 0 ? until : Math.min(until, newest);
};

/** From when on the standby's messages matter: all of 30 s would be hundreds of thousands, and nothing is stored before they are looked through. */
export const heardSince = (stored: RecordedSoFar, now: number): number =>
  Math.min(heardUntil(stored), now) - SAME_WITHIN_MS - CLOCKS_WITHIN_MS;

/** What the standby has heard behind the last stored message of each topic. */
export function* takingOver(
  stored: RecordedSoFar,
  past: HeardPast,
  hash: (payload: Uint8Array) => string,
): Steps<TakeOver> {
  const hashOf = (entry: Entry): string => {
    entry.hash ??= hash(entry.message.payload);
    return entry.hash;
  };
  const byTopic = yield* entriesByTopic(past.messages);
  const offset = yield* clockOffset(stored.marks, byTopic, hashOf);

  const after = new Map<string, { index: number; at: number }>();
  const awaited: AwaitedCopy[] = [];
  for (const [i, mark] of stored.marks.entries()) {
    if (i % PAUSE === 0) yield;
    const expected = mark.at + offset;
    const entries = byTopic.get(mark.topic) ?? [];
    const found = nearestEqual(mark, entries, expected, hashOf);
    if (!found) awaited.push({ topic: mark.topic, hash: mark.hash, until: expected + SAME_WITHIN_MS });
    // Where it is not here, the standby has missed it: everything later by time is new.
    const last = (found ?? entries.findLast(({ message }) => message.receivedAt <= expected))?.index;
    after.set(mark.topic, { index: last ?? -1, at: mark.at });
  }
  const until = heardUntil(stored) + offset;
  const messages: HeardMessage[] = [];
  for (const [index, message] of past.messages.entries()) {
    if (index % PAUSE === 0) yield;
    const { topic, receivedAt } = message;
    const last = after.get(topic);
    if (!last && receivedAt > until) messages.push(message);
    if (last && index > last.index)
      messages.push({ topic, payload: message.payload, receivedAt: Math.max(receivedAt, last.at) });
  }
  return { messages, awaited, offset, unheard: unheardOf(stored, past, offset) };
}

function* entriesByTopic(messages: readonly HeardMessage[]): Steps<Map<string, Entry[]>> {
  const byTopic = new Map<string, Entry[]>();
  for (const [index, message] of messages.entries()) {
    if (index % PAUSE === 0) yield;
    const list = byTopic.get(message.topic);
    if (list) list.push({ message, index });
    else byTopic.set(message.topic, [{ message, index }]);
  }
  return byTopic;
}

/** How far this node's clock is ahead: the median over stored messages of which only one equal was heard here. */
function* clockOffset(
  marks: RecordedSoFar["marks"],
  byTopic: ReadonlyMap<string, Entry[]>,
  hashOf: (entry: Entry) => string,
): Steps<number> {
  const differences: number[] = [];
  let hashes = 0;
  for (const [i, mark] of marks.entries()) {
    if (i % PAUSE === 0) yield;
    const entries = byTopic.get(mark.topic) ?? [];
    if (hashes + entries.length > MOST_HASHES) continue;
    hashes += entries.length;
    const [same, ...more] = entries.filter((entry) => hashOf(entry) === mark.hash);
    if (same && more.length === 0) differences.push(same.message.receivedAt - mark.at);
    if (differences.length >= ENOUGH_PAIRS) break;
  }
  return median(differences);
}

/** Looks from the expected time outwards, so that hardly any payload is hashed. */
function nearestEqual(
  mark: TopicMark,
  entries: readonly Entry[],
  expected: number,
  hashOf: (entry: Entry) => string,
): Entry | undefined {
  let earlier = entries.findLastIndex(({ message }) => message.receivedAt <= expected);
  let later = earlier + 1;
  for (;;) {
    const [before, behind] = [entries[earlier], entries[later]];
    const isBefore = before !== undefined && (!behind || distance(before, expected) <= distance(behind, expected));
    const nearest = isBefore ? before : behind;
    if (!nearest || distance(nearest, expected) > SAME_WITHIN_MS) return undefined;
    if (hashOf(nearest) === mark.hash) return nearest;
    if (isBefore) earlier--;
    else later++;
  }
}

function unheardOf(
  { until }: RecordedSoFar,
  { at, covered, fullUntil, held }: HeardPast,
  offset: number,
): TakeOver["unheard"] {
  if (until === undefined) return [];
  return without({ from: until + offset, to: at }, covered).map((gap) => ({
    ...gap,
    why: fullUntil === undefined || gap.from >= fullUntil ? "no-recorder" : held ? "database-lost" : "ring-full",
  }));
}

const distance = ({ message }: Entry, at: number): number => Math.abs(message.receivedAt - at);

/** Of none: 0. */
function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
