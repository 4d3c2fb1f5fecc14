import type { Json } from "../decoders/decoder";
import { parseJson } from "../decoders/jsonText";

/** A message as conventions read it. It is decoded at most once, however many of them read it. */
export interface Message {
  readonly topic: string;
  readonly levels: readonly string[];
  readonly payload: Uint8Array;
  readonly retained: boolean;
  /** When it was received, epoch ms. */
  readonly at: number;
  readonly empty: boolean;
  /** The payload as UTF-8 text; undefined if it is larger than `limit` bytes or not UTF-8. */
  text(limit?: number): string | undefined;
  json(limit?: number): Json | undefined;
  /** The payload if it is a JSON object, else undefined. */
  object(limit?: number): JsonObject | undefined;
}

export type JsonObject = { [key: string]: Json };

/** The default limit. Configs and readings are far smaller; for lists of all devices readers pass a higher one. */
const MAX_BYTES = 64 * 1024;
const utf8 = new TextDecoder("utf-8", { fatal: true });

export function createMessage(topic: string, payload: Uint8Array, at: number, retained: boolean): Message {
  let text: string | null | undefined;
  let json: { value: Json | undefined } | undefined;
  let levels: string[] | undefined;
  function read(limit: number): string | undefined {
    if (payload.length > limit) return undefined;
    if (text === undefined) {
      try {
        text = utf8.decode(payload);
      } catch {
        // Expected: binary payloads are common, and no text convention can read them.
        text = null;
      }
    }
    return text ?? undefined;
  }
  function document(limit: number): Json | undefined {
    const source = read(limit);
    if (source === undefined) return undefined;
    if (!json) {
      const parsed = /^\s*[[{"\-\dtfn]/.test(source) ? parseJson(source) : undefined;
      json = { value: parsed?.ok ? parsed.value : undefined };
    }
    return json.value;
  }
  return {
    topic,
    payload,
    retained,
    at,
    empty: payload.length === 0,
    get levels() {
      levels ??= topic.split("/");
      return levels;
    },
    text: (limit = MAX_BYTES) => read(limit),
    json: (limit = MAX_BYTES) => document(limit),
    object(limit = MAX_BYTES) {
      const value = document(limit);
      return isObject(value) ? value : undefined;
    },
  };
}

export const isObject = (v: unknown): v is JsonObject => typeof v === "object" && v !== null && !Array.isArray(v);

/** An own member of an object, never one of its prototype. */
export const get = (o: JsonObject | undefined, key: string): Json | undefined =>
  o !== undefined && Object.hasOwn(o, key) ? o[key] : undefined;

/** A text, number or boolean as a trimmed text of at most `max` characters; undefined if it is empty. */
export function textOf(v: Json | undefined, max = 200): string | undefined {
  if (typeof v !== "string" && typeof v !== "number" && typeof v !== "boolean") return undefined;
  const text = String(v).toWellFormed().replaceAll("\u0000", "").trim();
  return text === "" ? undefined : text.slice(0, max).trim();
}

export function numberOf(v: Json | undefined): number | undefined {
  const n = typeof v === "string" && v.trim() !== "" ? Number(v) : v;
  return typeof n === "number" && Number.isFinite(n) ? n : undefined;
}

export const objectOf = (v: Json | undefined): JsonObject | undefined => (isObject(v) ? v : undefined);
export const listOf = (v: Json | undefined): readonly Json[] => (Array.isArray(v) ? v : []);

/** The keys of a document and the types of their values: equal for two readings of the same device. */
export function shapeOf(json: Json | undefined, depth = 3): string {
  if (json === null || json === undefined) return "0";
  if (typeof json !== "object") return (typeof json)[0] as string;
  if (depth === 0) return "…";
  if (Array.isArray(json))
    return `[${json
      .slice(0, 8)
      .map((one) => shapeOf(one, depth - 1))
      .join()}]`;
  return `{${Object.entries(json)
    .slice(0, 200)
    .map(([key, value]) => key + shapeOf(value, depth - 1))
    .join()}}`;
}
