import { readdirSync } from "node:fs";
import { createDiscovery } from "../lib/discovery/discovery";
import type { DiscoveryExample } from "../lib/discovery/example";
import type { Steps } from "../lib/steps";
import { PAYLOADS, type Shape } from "./shapes";
import type { Target } from "./target";

const NOW = Date.UTC(2026, 10, 24, 12);
const MAX_BYTES = 256 * 1024;
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Where a list or an object with members stands in a document. */
function* branches(json: Json, path: readonly string[] = []): IterableIterator<readonly string[]> {
  if (typeof json !== "object" || json === null) return;
  const keys = Object.keys(json);
  if (keys.length > 0) yield path;
  for (const key of keys) yield* branches((json as { [key: string]: Json })[key] as Json, [...path, key]);
}
function* texts(json: Json, path: readonly string[] = []): IterableIterator<readonly string[]> {
  if (typeof json === "string") yield path;
  if (typeof json !== "object" || json === null) return;
  for (const key of Object.keys(json)) yield* texts((json as { [key: string]: Json })[key] as Json, [...path, key]);
}

const at = (json: Json, path: readonly string[]): Json =>
  path.reduce<Json>((node, key) => (node as { [key: string]: Json })[key] as Json, json);

/** The document with one of its branches repeated until it has that size: lists by their items, objects under other keys. */
function grown(json: Json, path: readonly string[], size: number): string {
  const copy = structuredClone(json);
  const node = at(copy, path);
  const whole = JSON.stringify(copy).length;
  const one = JSON.stringify(node).length;
  const times = Math.max(1, Math.floor((size - whole) / (one + 2 * Object.keys(node as object).length)));
  if (Array.isArray(node)) {
    const items = [...node];
    for (let i = 1; i < times; i++) for (const item of items) node.push(renumbered(item, i));
  } else {
    const entries = Object.entries(node as { [key: string]: Json });
    for (let i = 1; i < times; i++)
      for (const [key, value] of entries) (node as { [key: string]: Json })[`${key}${i}`] = value;
  }
  const text = JSON.stringify(copy);
  return text.length > size ? JSON.stringify(json) : text;
}

/** Ids within a list tell its items apart. */
function renumbered(item: Json, i: number): Json {
  if (typeof item === "string") return `${item}${i}`;
  if (typeof item !== "object" || item === null || Array.isArray(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => [
      key,
      typeof value === "string" && value.length < 60 ? `${value}${i}` : value,
    ]),
  );
}

const NASTY: readonly ((size: number) => string)[] = [
  (size) => "a".repeat(size),
  (size) => " ".repeat(size),
  (size) => "1".repeat(size),
  (size) => "a/".repeat(size / 2),
  (size) => "{{ value_json.a }}".repeat(size / 18),
  (size) => `{{ value_json.a.${"b.get('a',1).".repeat(size / 12)}`,
  (size) => `{{ value_json${" . a".repeat(size / 4)}`,
  (size) => `{{ ${"(".repeat(size)}`,
  (size) => `{{ ${"a|b".repeat(size / 3)} }}`,
  (size) => "{% if a %}".repeat(size / 10),
  (size) => "{{".repeat(size / 2),
  (size) => "aB".repeat(size / 2),
  (size) => "_1".repeat(size / 2),
];

function withText(json: Json, path: readonly string[], text: string): string {
  if (path.length === 0) return JSON.stringify(text);
  const copy = structuredClone(json);
  const parent = at(copy, path.slice(0, -1)) as { [key: string]: Json };
  parent[path.at(-1) as string] = text;
  return JSON.stringify(copy);
}

const parsed = (payload: unknown): Json | undefined => {
  if (payload instanceof Uint8Array) return undefined;
  if (typeof payload !== "string") return payload as Json;
  try {
    return JSON.parse(payload) as Json;
  } catch {
    return undefined;
  }
};

const utf8 = new TextEncoder();
const bytesOf = (payload: unknown): Uint8Array =>
  payload instanceof Uint8Array
    ? payload
    : utf8.encode(typeof payload === "string" ? payload : JSON.stringify(payload));

/**
 * Every example of every convention: its messages are handled, and then one of them again with a part of it grown, or a text of it
 * nasty. Topics are those of the examples, so that a new convention is tried by the examples that it must have.
 */
function announcementTargets(examples: readonly DiscoveryExample[]): Target<Uint8Array>[] {
  return examples.flatMap((example) => {
    // A convention whose messages are plain values is tried with the last of them, behind all the others.
    const isPlain = !example.messages.some(([, payload]) => typeof parsed(payload) === "object");
    return example.messages.flatMap(([topic, payload], i) => {
      const before = example.messages.slice(0, i);
      const json = parsed(payload);
      const read = function* (bytes: Uint8Array): Steps {
        const discovery = createDiscovery();
        for (const [earlier, said] of before) discovery.handle(earlier, bytesOf(said), NOW, true);
        yield* discovery.read(topic, bytes, NOW, true);
        yield* discovery.recognise(topic, bytes, NOW, true);
        yield* discovery.merge();
      };
      const shapes: Shape<Uint8Array>[] = [];
      if (isPlain && i === example.messages.length - 1)
        for (const [n, nasty] of NASTY.entries())
          shapes.push({ name: `nasty ${n}`, make: (size) => utf8.encode(nasty(size)) });
      if (json !== undefined) {
        for (const path of branches(json))
          shapes.push({ name: `grown $.${path.join(".")}`, make: (size) => utf8.encode(grown(json, path, size)) });
        for (const path of [...texts(json)].slice(0, 12))
          for (const [n, nasty] of NASTY.entries())
            shapes.push({
              name: `nasty ${n} $.${path.join(".")}`,
              make: (size) => utf8.encode(withText(json, path, nasty(Math.max(30, size - 2000)))),
            });
      }
      return [
        {
          name: `discovery: ${example.name}, ${topic} grown`,
          shapes: shapes.filter(({ name }) => name.startsWith("grown")),
          limit: MAX_BYTES,
          read,
        },
        {
          name: `discovery: ${example.name}, ${topic} nasty`,
          shapes: shapes.filter(({ name }) => name.startsWith("nasty")),
          limit: 60_000,
          read,
        },
      ];
    });
  });
}

/** Every file of examples beside a convention: a new one is found by its place. */
async function allExamples(): Promise<DiscoveryExample[]> {
  const root = new URL("../lib/discovery/", import.meta.url);
  const files = readdirSync(root, { recursive: true })
    .map(String)
    .filter((file) => /[/\\]\w*[eE]xamples\.ts$/.test(file));
  const modules = await Promise.all(files.map((file) => import(new URL(file.replaceAll("\\", "/"), root).href)));
  return modules
    .flatMap((module: Record<string, unknown>) => Object.values(module).filter(Array.isArray).flat())
    .filter(isExample);
}
const isExample = (one: unknown): one is DiscoveryExample =>
  typeof one === "object" && one !== null && "messages" in one;

export async function discoveryTargets(): Promise<Target<Uint8Array>[]> {
  const examples = await allExamples();
  // One topic of each kind: what stands between the first and the last level differs from device to device.
  const kinds = new Map(
    examples.flatMap(({ messages }) => messages.map(([topic]) => [topic.replace(/\/.*\//, "/…/"), topic] as const)),
  );
  return [...announcementTargets(examples), ...topicTargets(kinds.values())].filter(({ shapes }) => shapes.length > 0);
}

/** The payload shapes on one topic of each convention. */
function topicTargets(topics: Iterable<string>): Target<Uint8Array>[] {
  return [...topics].map((topic) => ({
    name: `discovery: any payload on ${topic}`,
    shapes: PAYLOADS,
    limit: MAX_BYTES,
    *read(payload: Uint8Array): Steps {
      const discovery = createDiscovery();
      yield* discovery.read(topic, payload, NOW, true);
      yield* discovery.recognise(topic, payload, NOW, true);
      yield* discovery.merge();
    },
  }));
}
