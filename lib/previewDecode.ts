import type { CompiledRegistration } from "./compiled";
import type { PreviewMessage } from "./protocol";
import type { Value } from "./reading";
import type { Said } from "./texts/said";
import { wildcardLevels } from "./topics/match";
import type { FormatOptions } from "./units/format";

/** What Telltale makes of one value of one message. */
export type Understood =
  | {
      ok: true;
      /** The key of the value; "" for the only one. */
      slot: string;
      point: string;
      name: string;
      value: Value;
      unit: string | undefined;
      precision: number | undefined;
      words: FormatOptions["words"];
      type: string;
      at: number;
    }
  | { ok: false; slot: string; point: string; name: string; reason: Said };

/** The newest message of one topic, and how many came. */
export interface TopicPreview {
  topic: string;
  message: PreviewMessage;
  count: number;
  /** As text where it is UTF-8, cut; else as hexadecimal bytes. */
  text: string;
  binary: boolean;
}

/** Distinct topics shown; a filter of "#" on a large broker must not drown the page. */
export const MAX_TOPICS = 100;
const MAX_TEXT = 4000;
const MAX_HEX_BYTES = 64;

export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Payload for the eye: never markup, never longer than a screen. */
export function payloadText(bytes: Uint8Array): { text: string; binary: boolean } {
  try {
    const text = utf8.decode(bytes);
    return { text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text, binary: false };
  } catch {
    const hex = [...bytes.subarray(0, MAX_HEX_BYTES)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    return { text: bytes.length > MAX_HEX_BYTES ? `${hex} …` : hex, binary: true };
  }
}

export interface Preview {
  /** In the order in which they were first seen: rows do not jump. */
  topics: readonly TopicPreview[];
  received: number;
  /** Came, but were not sent on by the server or have no room here. */
  dropped: number;
}

export const emptyPreview: Preview = { topics: [], received: 0, dropped: 0 };

/** Pure: the preview after one batch. */
export function addMessages(preview: Preview, messages: readonly PreviewMessage[], dropped: number): Preview {
  const topics = new Map(preview.topics.map((entry) => [entry.topic, entry]));
  let left = dropped;
  for (const message of messages) {
    const before = topics.get(message.topic);
    if (!before && topics.size >= MAX_TOPICS) {
      left++;
      continue;
    }
    topics.set(message.topic, {
      topic: message.topic,
      message,
      count: (before?.count ?? 0) + 1,
      ...payloadText(bytesOf(message.payload)),
    });
  }
  return {
    topics: [...topics.values()],
    received: preview.received + messages.length,
    dropped: preview.dropped + left,
  };
}

const typeOf = (value: Value): string =>
  value === null ? "unknown" : typeof value === "string" ? "text" : typeof value;

/** The same code as on the server: what is shown here is what the tile will show. */
export function understand(compiled: CompiledRegistration, message: PreviewMessage): Understood[] {
  const levels = compiled.filter === undefined ? [] : wildcardLevels(compiled.filter, message.topic);
  const points = compiled.points(levels, message.topic);
  return compiled.read(bytesOf(message.payload), message.at).map((outcome): Understood => {
    const point = points[outcome.slot.index];
    const named = {
      slot: outcome.slot.key ?? "",
      point: point?.id ?? "",
      name: point?.info.name ?? outcome.slot.key ?? "",
    };
    if (!outcome.ok) return { ...named, ok: false, reason: outcome.reject.message };
    const { value, at, unit = point?.info.unit } = outcome;
    return {
      ...named,
      ok: true,
      value,
      at,
      unit,
      precision: point?.info.precision,
      words: point?.info.words,
      type: typeOf(value),
    };
  });
}
