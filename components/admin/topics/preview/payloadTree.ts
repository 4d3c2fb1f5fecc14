import { type JsonLeaf, type JsonNode, jsonTree } from "@/components/kit/jsonPaths";
import type { CompiledRegistration } from "@/lib/compiled";
import { bytesOf, type TopicPreview } from "@/lib/previewDecode";

/** As JSON where the text is JSON; else as the document that the registered format sees in the bytes. */
export function payloadTree(
  { binary, text, message }: TopicPreview,
  compiled: CompiledRegistration | undefined,
): JsonNode | undefined {
  const json = binary ? undefined : jsonTree(text);
  if (json || !compiled) return json;
  const document = compiled.document(bytesOf(message.payload));
  return document === undefined ? undefined : jsonTree(JSON.stringify(document));
}

/** A field of the messages that arrive: its path, and what it was last. */
export interface FoundField {
  path: string;
  text: string;
}

/** A filter of many topics must not cost a page its time, nor a list its end. */
const TOPICS = 20;
const FIELDS = 200;
const MAX_TEXT = 40;

/** The fields of all messages, each once, in the order in which they were first seen. */
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
