import type { InboundMessage } from "../../ports";
import { type Interval, partsSince } from "./intervals";

export interface HeardMessage {
  topic: string;
  payload: Uint8Array;
  receivedAt: number;
}

export interface HeardPast {
  /** When it was asked for. */
  at: number;
  messages: readonly HeardMessage[];
  /** When every message that the broker sent was heard and is still here. In order, apart. */
  covered: readonly Interval[];
  /** Since then nothing was left out for want of room; undefined: never was. */
  fullUntil: number | undefined;
  /** Nothing could be stored meanwhile, which is why there was no room. */
  held: boolean;
  /** How many messages had been kept by then. */
  count: number;
}

export interface StandbyRing {
  /** Subscribed to everything that the recorder subscribes to. */
  connected(at: number): void;
  disconnected(at: number): void;
  add(message: Pick<InboundMessage, "topic" | "payload" | "retained" | "receivedAt">): void;
  /** `since`: the messages from then on; what is covered is told of all. */
  past(now: number, since?: number): HeardPast;
  /** What was kept since then. */
  after(past: HeardPast): readonly HeardMessage[];
  /** Nobody can store anything: what is here now, and what comes, is kept until `release` however old it grows. */
  hold(now: number): void;
  release(): void;
  clear(): void;
  counters(): { messages: number; bytes: number; leftOut: number };
}

/** What a message takes beside the characters of its topic and its payload (Node 20). An array of its own for each payload took nearly three times as much. */
const OVERHEAD = 120;
/** A clock that goes back by more was set: a few milliseconds are its daily corrections. */
const SET_BACK_MS = 1000;
/** Payloads are copied into slabs of this size; one that is larger than a quarter of it has its own. */
const SLAB = 64 * 1024;

class Kept implements HeardMessage {
  constructor(
    readonly topic: string,
    readonly receivedAt: number,
    private readonly slab: Uint8Array,
    private readonly at: number,
    readonly length: number,
  ) {}
  /** Made when it is looked at: a view for each of hundreds of thousands takes tens of milliseconds. */
  get payload(): Uint8Array {
    return this.slab.subarray(this.at, this.at + this.length);
  }
}

/**
 * The last `keepMs` of a broker's messages with the times at which they were received, at most `maxBytes` of them: the oldest make room
 * first. Retained replays stay out: they are no readings.
 */
export function createStandbyRing({ keepMs, maxBytes }: { keepMs: number; maxBytes: number }): StandbyRing {
  let messages: (Kept | undefined)[] = [];
  let head = 0;
  let slab = new Uint8Array(0);
  let used = 0;
  let bytes = 0;
  let leftOut = 0;
  let connectedSince: number | undefined;
  let earlier: Interval[] = [];
  /** What came up to then is not all here. */
  let fullUntil: number | undefined;
  let count = 0;
  let heldSince: number | undefined;

  const oldestKept = (now: number): number => Math.min(now - keepMs, heldSince ?? now);

  const sizeOf = ({ topic, length }: Kept): number => topic.length * 2 + length + OVERHEAD;

  /** A copy: the payload is a view of what the socket read, and would keep all of that in memory. */
  function copy(topic: string, receivedAt: number, payload: Uint8Array): Kept {
    const length = payload.byteLength;
    if (length > SLAB / 4) return new Kept(topic, receivedAt, new Uint8Array(payload), 0, length);
    if (used + length > slab.byteLength) {
      slab = new Uint8Array(SLAB);
      used = 0;
    }
    slab.set(payload, used);
    used += length;
    return new Kept(topic, receivedAt, slab, used - length, length);
  }

  function removeOldest(): Kept | undefined {
    const oldest = messages[head];
    if (!oldest) return undefined;
    messages[head++] = undefined;
    bytes -= sizeOf(oldest);
    if (head > 1024 && head * 2 > messages.length) {
      messages = messages.slice(head);
      head = 0;
    }
    return oldest;
  }

  function removeOlder(than: number): void {
    for (let oldest = messages[head]; oldest && oldest.receivedAt < than; oldest = messages[head]) removeOldest();
    if (earlier.length > 0) earlier = earlier.filter(({ to }) => to > than);
  }

  function firstSince(since: number): number {
    let first = messages.length;
    while (first > head && (messages[first - 1]?.receivedAt ?? since) >= since) first--;
    return first;
  }

  function clear(): void {
    messages = [];
    head = 0;
    bytes = 0;
    slab = new Uint8Array(0);
    used = 0;
    earlier = [];
    connectedSince = undefined;
    fullUntil = undefined;
  }

  /** Times from before do not compare with those from now on. */
  function forgetBefore(now: number): void {
    const wasConnected = connectedSince !== undefined;
    clear();
    if (heldSince !== undefined) heldSince = now;
    if (wasConnected) connectedSince = now;
  }

  return {
    connected(at) {
      connectedSince ??= at;
    },
    disconnected(at) {
      if (connectedSince !== undefined && at > connectedSince) earlier.push({ from: connectedSince, to: at });
      connectedSince = undefined;
    },
    add({ topic, payload, retained, receivedAt }) {
      if (retained) return;
      const newest = messages.at(-1);
      if (newest && receivedAt < newest.receivedAt - SET_BACK_MS) forgetBefore(receivedAt);
      const message = copy(topic, receivedAt, payload);
      messages.push(message);
      count++;
      bytes += sizeOf(message);
      removeOlder(oldestKept(receivedAt));
      while (bytes > maxBytes) {
        const oldest = removeOldest();
        if (!oldest) break;
        leftOut++;
        fullUntil = oldest.receivedAt;
      }
    },
    past(now, since = Number.NEGATIVE_INFINITY) {
      const oldest = oldestKept(now);
      removeOlder(oldest);
      const coveredSince = Math.max(oldest, fullUntil ?? 0);
      const heard = connectedSince === undefined ? earlier : [...earlier, { from: connectedSince, to: now }];
      return {
        at: now,
        messages: messages.slice(firstSince(since)) as Kept[],
        covered: partsSince(heard, coveredSince),
        fullUntil: fullUntil !== undefined && fullUntil > oldest ? fullUntil : undefined,
        held: heldSince !== undefined,
        count,
      };
    },
    after: (past) => messages.slice(Math.max(head, messages.length - (count - past.count))) as Kept[],
    hold(now) {
      heldSince ??= now - keepMs;
    },
    release() {
      heldSince = undefined;
    },
    clear,
    counters: () => ({ messages: messages.length - head, bytes, leftOut }),
  };
}
