import { type JsonLeaf, type JsonNode, jsonTree } from "@/components/kit/jsonPaths";
import type { CompiledRegistration } from "@/lib/compiled";
import { bytesOf, type TopicPreview } from "@/lib/previewDecode";

/** The payload as a tree: its text if that is JSON, else the document that the registered format decodes. */
export function payloadTree(
  { binary, text, message }: TopicPreview,
  compiled: CompiledRegistration | undefined,
): JsonNode | undefined {
  const json = binary ? undefined : jsonTree(text);
  if (json || !compiled) return json;
  const document = compiled.document(bytesOf(message.payload));
  return document === undefined ? undefined : jsonTree(JSON.stringify(document));
}

/** A field of the received messages: its path and last value. */
export interface FoundField {
  path: string;
  text: string;
}

/** Limits, so that a filter with many topics neither blocks the page nor makes an endless list. */
const TOPICS = 20;
const FIELDS = 200;
const MAX_TEXT = 40;

/** The fields of all messages, each once, in the order of their first appearance. */
export function foundFields(
  topics: readonly TopicPreview[],
  compiled: CompiledRegistration | undefined,
): readonly FoundField[] {
  const found = new Map<string, FoundField & { at: number }>();
  for (const entry of topics.slice(0, TOPICS)) {
    const tree = payloadTree(entry, compiled);
    for (const { path, value, written } of tree ? leavesOf(tree) : []) {
      const before = found.get(path);
      if (before ? before.at > entry.message.at : found.size >= FIELDS) continue;
      const text = written ?? (typeof value === "string" ? value : JSON.stringify(value));
      found.set(path, {
        path,
        text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text,
        at: entry.message.at,
      });
    }
  }
  return [...found.values()].map(({ path, text }) => ({ path, text }));
}

function leavesOf(node: JsonNode): JsonLeaf[] {
  return node.kind === "leaf" ? [node.leaf] : node.children.flatMap(leavesOf);
}
