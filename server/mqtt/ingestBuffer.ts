import { performance } from "node:perf_hooks";
import type { InboundMessage } from "../ports";
import { createReadPacer } from "./readPacer";

/**
 * Where messages come in. Each is handed on as it arrives, in order, with a pause for the event loop now and then; what arrives
 * meanwhile waits in the socket, and then at the broker.
 *
 * It must not wait there for long. For QoS 0 MQTT cannot tell a broker to be slower: it keeps what is not taken, and hands out values
 * that are seconds old and look fresh; or it drops what its queue does not hold, and nobody is told. What it dropped Telltale cannot
 * know, but how late it is: a ping is answered behind all that stands in the wire. So when the event loop has no idle moment because
 * of messages, it pings; and when the answer takes half a second, the wire comes first: messages are taken as fast as they can be
 * parsed, only the newest of each topic is handed on, and what it replaced is counted. That ends when all is taken.
 */
export interface IngestBuffer {
  take(message: InboundMessage): void;
  /** MQTT.js asks this after each message before it goes on to the next one. */
  pace(next: () => void): void;
  /** Hands on all that waits and starts anew: the connection has ended, and what is said of that must come behind it. */
  flush(): void;
  readonly waiting: number;
  readonly dropped: number;
}

export interface IngestBufferParts {
  hand(message: InboundMessage): void;
  /** Pings the broker; without a connection nothing is ever answered. */
  ping(answered: () => void): void;
  /** Milliseconds that only grow. */
  now?: () => number;
  /** How long the event loop has had nothing to do, ms since its start. */
  idle?: () => number;
  /** Runs it after what the event loop has at hand now. */
  soon?: (run: () => void) => void;
  later?: (run: () => void, ms: number) => void;
}

/** The time is looked at after so many that are handed on. */
const LOOK_EVERY = 32;
/** So long without an idle moment, and the broker is pinged; so long apart. */
const PING_AFTER_MS = 100;
/**
 * A ping that is answered later than BEHIND_MS means that messages are late; one below CAUGHT_UP_MS, that they no longer are. A burst
 * of half a second of work passes whole; what the sockets of both sides hold, before a broker's own queue is filled, is more than
 * arrives in that time unless messages are large.
 */
const BEHIND_MS = 500;
const CAUGHT_UP_MS = 100;
/** An event loop that is never idle is behind because of messages only when they took this part of its time. */
const PART = 0.5;
/** While behind: how often to look whether it is over, and how much of that time goes to what is handed on. */
const SHED_LOOK_MS = 40;
const SHED_HAND_MS = 20;
const IDLE_MS = 1;

/** Values give way to newer ones. These are not values: a node's messages count one another, the others tell of a moment. */
const irreplaceable = ({ retained, echoOf, topic }: InboundMessage): boolean =>
  retained || echoOf !== undefined || topic.startsWith("spBv1.0/");

const loopIdle = (): number => performance.eventLoopUtilization().idle;
const timer = (run: () => void, ms: number): void => void setTimeout(run, ms).unref();

export function createIngestBuffer(parts: IngestBufferParts): IngestBuffer {
  const { hand, ping, now = () => performance.now(), idle = loopIdle, soon, later = timer } = parts;
  /** Since when there was no idle moment, as seen at the ends of long turns, and how much of that time was theirs. */
  let busy = { since: 0, lastAt: 0, idle: 0, turnsMs: 0 };
  let pinged: { at: number } | undefined;
  let answer = { at: 0, ms: 0 };
  let shedding = false;
  let dropped = 0;
  /** While shedding. A topic keeps its place when a newer message takes it, so that each has its turn. */
  const newest = new Map<string, InboundMessage>();

  function askHowLate(at: number): void {
    if (pinged || at - answer.at < PING_AFTER_MS) return;
    const asked = { at };
    pinged = asked;
    ping(() => {
      if (pinged !== asked) return;
      pinged = undefined;
      answer = { at: now(), ms: now() - asked.at };
    });
  }

  /** A turn was as long as it may be. */
  function noteLongTurn(at: number, tookMs: number): void {
    if (shedding) return;
    const idleNow = idle();
    if (idleNow - busy.idle > IDLE_MS || at - busy.lastAt > BEHIND_MS) {
      busy = { since: at, lastAt: at, idle: idleNow, turnsMs: 0 };
      pinged = undefined;
    }
    busy.lastAt = at;
    busy.turnsMs += tookMs;
    const span = at - busy.since;
    if (span < PING_AFTER_MS || busy.turnsMs < span * PART) return;
    askHowLate(at);
    if (!pinged || at - pinged.at < BEHIND_MS) return;
    shedding = true;
    later(look, SHED_LOOK_MS);
  }

  function look(): void {
    if (!shedding) return;
    const idleNow = idle();
    const over = idleNow - busy.idle > IDLE_MS || (!pinged && answer.ms < CAUGHT_UP_MS);
    busy.idle = idleNow;
    try {
      handNewest(SHED_HAND_MS);
    } finally {
      shedding = !over || newest.size > 0;
      if (shedding) {
        later(look, SHED_LOOK_MS);
        askHowLate(now());
      } else busy.lastAt = 0;
    }
  }

  function handNewest(forMs: number): void {
    const until = now() + forMs;
    let n = 0;
    for (const [topic, message] of newest) {
      newest.delete(topic);
      hand(message);
      if (++n % LOOK_EVERY === 0 && now() >= until) return;
    }
  }

  function keep(message: InboundMessage): void {
    const { topic } = message;
    const older = newest.get(topic);
    if (!irreplaceable(message)) {
      if (older) dropped++;
      newest.set(topic, message);
      return;
    }
    if (older) {
      newest.delete(topic);
      hand(older);
    }
    hand(message);
  }

  return {
    take(message) {
      if (shedding) keep(message);
      else hand(message);
    },
    pace: createReadPacer({ onLongTurn: noteLongTurn, now, soon }).pace,
    flush() {
      handNewest(Number.POSITIVE_INFINITY);
      shedding = false;
      pinged = undefined;
    },
    get waiting() {
      return newest.size;
    },
    get dropped() {
      return dropped;
    },
  };
}
