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
  unheard: { from: number; to: number; why: "no-recorder" | "ring-full" }[];
}

/**
 * A redelivered or doubly heard message has no number that both nodes know. So a topic's last stored message is looked for among those
 * with the same payload, within this of when it should have come: brokers deliver to two subscribers up to two seconds apart.
 */
const SAME_WITHIN_MS = 5000;
/** Clocks of nodes differ by less than this beside it; where they differ by more, nothing is lost, but a reading may be stored twice. */
const CLOCKS_WITHIN_MS = 5000;
/** The clocks' difference is known well enough by so many messages, and looking for them is bounded: all this is one turn. */
const ENOUGH_PAIRS = 200;
const MOST_HASHES = 20_000;

interface Entry {
  message: HeardMessage;
  index: number;
  hash?: string;
}

/** From when on the standby's messages matter: all of 30 s would be hundreds of thousands, in the one turn in which it takes over. */
export const heardSince = ({ until }: RecordedSoFar, now: number): number =>
  until === undefined ? Number.NEGATIVE_INFINITY : Math.min(until, now) - SAME_WITHIN_MS - CLOCKS_WITHIN_MS;

/** What the standby has heard behind the last stored message of each topic. */
export function takeOver(stored: RecordedSoFar, past: HeardPast, hash: (payload: Uint8Array) => string): TakeOver {
  const hashOf = (entry: Entry): string => {
    entry.hash ??= hash(entry.message.payload);
    return entry.hash;
  };
  const byTopic = entriesByTopic(past.messages);
  const offset = clockOffset(stored.marks, byTopic, hashOf);

  const after = new Map<string, { index: number; at: number }>();
  const awaited: AwaitedCopy[] = [];
  for (const mark of stored.marks) {
    const expected = mark.at + offset;
    const entries = byTopic.get(mark.topic) ?? [];
    const found = nearestEqual(mark, entries, expected, hashOf);
    if (!found) awaited.push({ topic: mark.topic, hash: mark.hash, until: expected + SAME_WITHIN_MS });
    // Where it is not here, the standby has missed it: everything later by time is new.
    const last = (found ?? entries.findLast(({ message }) => message.receivedAt <= expected))?.index;
    after.set(mark.topic, { index: last ?? -1, at: mark.at });
  }
  const messages = past.messages.flatMap((message, index) => {
    const last = after.get(message.topic);
    if (!last) return message.receivedAt > (stored.until ?? -Infinity) + offset ? [message] : [];
    return index > last.index ? [{ ...message, receivedAt: Math.max(message.receivedAt, last.at) }] : [];
  });
  return { messages, awaited, offset, unheard: unheardOf(stored, past, offset) };
}

function entriesByTopic(messages: readonly HeardMessage[]): Map<string, Entry[]> {
  const byTopic = new Map<string, Entry[]>();
  for (const [index, message] of messages.entries()) {
    const list = byTopic.get(message.topic);
    if (list) list.push({ message, index });
    else byTopic.set(message.topic, [{ message, index }]);
  }
  return byTopic;
}

/** How far this node's clock is ahead: the median over stored messages of which only one equal was heard here. */
function clockOffset(
  marks: RecordedSoFar["marks"],
  byTopic: ReadonlyMap<string, Entry[]>,
  hashOf: (entry: Entry) => string,
): number {
  const differences: number[] = [];
  let hashes = 0;
  for (const mark of marks) {
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
  { at, covered, fullUntil }: HeardPast,
  offset: number,
): TakeOver["unheard"] {
  if (until === undefined) return [];
  return without({ from: until + offset, to: at }, covered).map((gap) => ({
    ...gap,
    why: fullUntil !== undefined && gap.from < fullUntil ? "ring-full" : "no-recorder",
  }));
}

const distance = ({ message }: Entry, at: number): number => Math.abs(message.receivedAt - at);

/** Of none: 0. */
function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
