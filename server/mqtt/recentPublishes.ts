import type { CommandId } from "../../lib/ids";
import type { CommandMark } from "./commandMark";

/**
 * Knows Telltale's own publishes when the broker hands them back. On MQTT 5 by the user property that they carry; on 3.1.1, which
 * has none, by topic and payload, once each and for a short time.
 */
export interface RecentPublishes {
  /** Call before the publish: the echo may be quicker than the acknowledgement. `at`, here and below: by the monotonic clock. */
  wrote(id: CommandId, topic: string, payload: Uint8Array, at: number): void;
  /** It never went out. */
  forget(id: CommandId): void;
  /**
   * MQTT 5: the command whose echo this is, `claimed` being what the user property says. Each is found once, unless it `repeats`: what
   * the broker retained comes again with each subscription, and a broker without subscription identifiers sends copies untold. `mark`: that
   * it is one of another node of this Telltale, or of an earlier run.
   */
  claimed(claimed: Claimed, topic: string, payload: Uint8Array, repeats: boolean): string | undefined;
  /** MQTT 3.1.1: the command whose echo this is; each is found once. */
  match(topic: string, payload: Uint8Array, at: number): string | undefined;
}

interface Claimed {
  id: string;
  mark?: string;
}

const WINDOW_MS = 10_000;
const KEPT = 500;

interface Entry {
  id: CommandId;
  topic: string;
  payload: Uint8Array;
  at: number;
  met: boolean;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && Buffer.compare(a as Buffer, b as Buffer) === 0;

/** `mark`: where several nodes publish. */
export function createRecentPublishes(mark?: CommandMark): RecentPublishes {
  const entries = new Map<CommandId, Entry>();
  /** Commands of other nodes whose echo was met. */
  const others = new Set<string>();

  function ofAnotherNode(claimed: Claimed, topic: string, payload: Uint8Array, repeats: boolean): string | undefined {
    const { id } = claimed;
    if (claimed.mark === undefined || !mark?.isRight(claimed.mark, id, topic, payload)) return undefined;
    if (others.has(id) && !repeats) return undefined;
    others.add(id);
    if (others.size > KEPT) others.delete(others.values().next().value as string);
    return id;
  }

  return {
    wrote(id, topic, payload, at) {
      entries.set(id, { id, topic, payload, at, met: false });
      if (entries.size > KEPT) entries.delete(entries.keys().next().value as CommandId);
    },
    forget(id) {
      entries.delete(id);
    },
    claimed(claimed, topic, payload, repeats) {
      // A device that answers with the properties it was sent, on its own topic, reports; it does not echo. An id that this server
      // did not give out, or one that comes a second time, is somebody's message with our property on it.
      const own = entries.get(claimed.id as CommandId);
      if (!own) return ofAnotherNode(claimed, topic, payload, repeats);
      if (own.topic !== topic || !sameBytes(own.payload, payload)) return undefined;
      if (own.met && !repeats) return undefined;
      own.met = true;
      return own.id;
    },
    match(topic, payload, at) {
      for (const entry of entries.values()) {
        if (entry.met || entry.topic !== topic || at - entry.at > WINDOW_MS) continue;
        if (!sameBytes(entry.payload, payload)) continue;
        entry.met = true;
        return entry.id;
      }
      return undefined;
    },
  };
}
