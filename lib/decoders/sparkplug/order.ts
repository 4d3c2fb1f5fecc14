/**
 * A node numbers its messages from 0 to 255. A missing message may only be late (QoS 0 over a bridge). A rebirth makes the node send
 * everything again, so it is requested only after a reorder time (Sparkplug 3.0, 5.9.2).
 */
export interface MessageOrder {
  /** A birth starts the count. */
  begin(seq: number | undefined): void;
  /** Undefined if the message is in order or has no number. `earliest`: the earliest time in the message. */
  follow(seq: number | undefined, earliest: number): Missed | Overtaken | undefined;
  /** Why a rebirth is needed: messages that were missed and never arrived. Forgets them. */
  takeMissed(): string | undefined;
  /** Whether missing messages may still arrive. */
  readonly waiting: boolean;
  /** Called when a message could not be read. Returns whether missing messages may be the cause. */
  blame(why: string): boolean;
}

interface Missed {
  kind: "missed";
  why: string;
}
interface Overtaken {
  kind: "overtaken";
  /** The earliest time of the message that overtook this one: its values are older. */
  before: number;
}

/** More missing messages than this are a loss, not a change of order. */
const MOST_OVERTAKEN = 16;

export function createMessageOrder(): MessageOrder {
  let last: number | undefined;
  /** Missing numbers, each with the earliest time in the message that overtook it. */
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
      // not a text: for the log
      const why = `message ${expected} was missed`;
      const count = (seq - expected + 256) % 256;
      if (count > MOST_OVERTAKEN) lost = why;
      else for (let i = 0; i < count; i++) missing.set((expected + i) % 256, earliest);
      return { kind: "missed", why };
    },
    takeMissed() {
      const [first] = missing.keys();
      // not a text: for the log
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
