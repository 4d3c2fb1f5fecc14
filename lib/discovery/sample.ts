import type { Steps } from "../steps";
import { createTrie } from "../topics/trie";
import type { Discovery } from "./discovery";

/** A message of a sample of all topics. */
export interface SampledMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly at: number;
  readonly retained: boolean;
}

/**
 * Some seconds of all that a broker says, in which conventions recognise devices by the shape of their topics. What such a device says
 * is subscribed to from then on; what it said before in the sample is given back, since it may not be said again.
 */
export interface Sample {
  /** It has taken as much as it may. */
  readonly full: boolean;
  /** Counts a message that will be taken; false: it is full. */
  admit(message: Pick<SampledMessage, "topic" | "payload">): boolean;
  /** Looks at one message. Returns the messages of the sample, in their order, that belong to what is known by now. */
  take(message: SampledMessage): Steps<readonly SampledMessage[]>;
}

export interface SampleLimits {
  messages: number;
  bytes: number;
  /** A longer payload is looked at and not kept. */
  payload: number;
}
export const SAMPLE_LIMITS: SampleLimits = { messages: 20_000, bytes: 16 * 1024 * 1024, payload: 64 * 1024 };

const NOTHING: readonly SampledMessage[] = [];

export function createSample(
  { asked, recognise }: Pick<Discovery, "asked" | "recognise">,
  limits: SampleLimits = SAMPLE_LIMITS,
): Sample {
  const kept: SampledMessage[] = [];
  /** What is subscribed to before the sample begins, and what is asked for because of it. */
  const before = createTrie<string>();
  for (const filter of asked) before.add(filter, filter);
  const known = createTrie<string>();
  let seen = asked.size;
  let messages = 0;
  let bytes = 0;

  /** The filters that were asked for since the last look. */
  function fresh(): string[] {
    if (asked.size === seen) return [];
    const news = [...asked].slice(seen);
    seen = asked.size;
    for (const filter of news) known.add(filter, filter);
    return news;
  }
  const isFull = (): boolean => messages >= limits.messages || bytes >= limits.bytes;
  return {
    get full() {
      return isFull();
    },
    admit({ topic, payload }) {
      if (isFull()) return false;
      messages++;
      bytes += payload.length + topic.length;
      return true;
    },
    *take(message) {
      if (before.match(message.topic).length > 0) return NOTHING;
      if (known.match(message.topic).length > 0) return [message];
      if (message.payload.length <= limits.payload) kept.push(message);
      yield* recognise(message.topic, message.payload, message.at, message.retained);
      const news = fresh();
      if (news.length === 0) return NOTHING;
      const trie = createTrie<string>();
      for (const filter of news) trie.add(filter, filter);
      const given: SampledMessage[] = [];
      for (const one of kept) {
        if (trie.match(one.topic).length > 0) given.push(one);
        yield;
      }
      return given;
    },
  };
}
