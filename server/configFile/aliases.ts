import { type Document, isAlias, isMap, isPair, isSeq, type Node } from "yaml";
import { type SaidText, say } from "../../lib/texts/said";

/** Far above a file of 20,000 topics; ten lines of aliases of aliases (a "billion laughs") mean more than any memory holds. */
const MAX_VALUES = 1_000_000;

/**
 * Where the values that a document stands for become too many, its aliases expanded (merge keys are aliases too); undefined where they
 * do not. Each node is looked at once: the library's own limit counts the uses of one anchor, and refuses the 101st harmless one.
 */
export function expandsTooFar(doc: Document): { offset: number; message: SaidText } | undefined {
  const sizes = new Map<string, { values: number }>();
  let offset: number | undefined;

  function size(node: unknown): number {
    if (isPair(node)) return size(node.key) + size(node.value);
    // What an alias names within itself is not complete yet, and never would be.
    if (isAlias(node)) return sizes.get(node.source)?.values ?? 1;
    const mine = { values: Number.POSITIVE_INFINITY };
    const anchor = (node as (Node & { anchor?: string }) | null)?.anchor;
    if (anchor !== undefined) sizes.set(anchor, mine);
    let values = 1;
    if (isMap(node) || isSeq(node)) for (const item of node.items) values += size(item);
    mine.values = values;
    if (values > MAX_VALUES) offset ??= (node as Node).range?.[0] ?? 0;
    return values;
  }

  size(doc.contents);
  return offset === undefined ? undefined : { offset, message: say("problem.fileAliases", { most: MAX_VALUES }) };
}
