/**
 * A node numbers its messages from 0 to 255. One that is missing may only have been overtaken (QoS 0 over a bridge): whoever asks for a
 * birth at once makes the node send everything again (Sparkplug 3.0, 5.9.2: a reorder time comes first).
 */
export interface MessageOrder {
  /** A birth begins the count. */
  begin(seq: number | undefined): void;
  /** Undefined: the next in order, or its number says nothing. `earliest`: the earliest time that the message tells. */
  follow(seq: number | undefined, earliest: number): Missed | Overtaken | undefined;
  /** What was missed and has not come since; forgotten with the answer. */
  takeMissed(): string | undefined;
  /** Messages are missing that may still come. */
  readonly waiting: boolean;
  /** Something could not be read while messages were missing; true: it may be for their sake. */
  blame(why: string): boolean;
}

interface Missed {
  kind: "missed";
  why: string;
}
interface Overtaken {
  kind: "overtaken";
  /** What overtook it tells this time: the values in it are older. */
  before: number;
}

/** More than this in a row is no reordering. */
const MOST_OVERTAKEN = 16;

export function createMessageOrder(): MessageOrder {
  let last: number | undefined;
  /** Numbers that were left out, with the earliest time in what overtook them. */
  const missing = new Map<number, number>();
  let lost: string | undefined;
  return {
    begin(seq) {
      last = seq;
      missing.clear();
      lost = undefined;
    },
    follow(seq, earliest) {
      if (seq === undefined) return undefined;
      const before = missing.get(seq);
      if (before !== undefined) {
        missing.delete(seq);
        return { kind: "overtaken", before };
      }
      const expected = last === undefined ? undefined : (last + 1) % 256;
      last = seq;
      if (expected === undefined || expected === seq) return undefined;
      const why = `message ${expected} was missed`;
      const count = (seq - expected + 256) % 256;
      if (count > MOST_OVERTAKEN) lost = why;
      else for (let i = 0; i < count; i++) missing.set((expected + i) % 256, earliest);
      return { kind: "missed", why };
    },
    takeMissed() {
      const [first] = missing.keys();
      const why = lost ?? (first === undefined ? undefined : `message ${first} was missed`);
      missing.clear();
      lost = undefined;
      return why;
    },
    get waiting() {
      return missing.size > 0;
    },
    blame(why) {
      if (missing.size === 0) return false;
      lost ??= why;
      return true;
    },
  };
}
