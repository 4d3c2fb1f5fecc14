import { filterMatches } from "../topics/match";
import { quantityOf, wordsOf } from "./guess";
import { payloadAsText } from "./payload";
import type { Sibling } from "./place";
import { alike, beginsAlike, type Shape, shapeOf } from "./shape";

export interface AlikeLevel {
  at: number;
  /** The topics that differ in it. */
  covers: string[];
}

/** Which single levels could be a "+", so that all that it matches looks alike. */
export function alikeLevels(levels: readonly string[], shape: Shape, siblings: readonly Sibling[]): AlikeLevel[] {
  return [...levels.keys()].flatMap((at) => {
    if (levels[0]?.startsWith("$") && at === 0) return [];
    const filter = levels.with(at, "+").join("/");
    const met = siblings.filter((sibling) => filterMatches(filter, sibling.topic));
    const enough = shape.structured && shape.fields.length > 1 ? 1 : 2;
    if (met.length < enough) return [];
    const sameKind = (other: Sibling): boolean =>
      looksAlike(shape, other) &&
      (at < levels.length - 1 ||
        shape.structured ||
        sameQuantity(levels.at(-1) ?? "", other.topic.split("/").at(-1) ?? ""));
    return met.every(sameKind) ? [{ at, covers: met.map((sibling) => sibling.topic) }] : [];
  });
}

/** The one that gathers the most, of as many the first. */
export const widest = (alike: readonly AlikeLevel[]): AlikeLevel | undefined =>
  alike.reduce<AlikeLevel | undefined>(
    (best, one) => (one.covers.length > (best?.covers.length ?? 0) ? one : best),
    undefined,
  );

function looksAlike(shape: Shape, { head, bytes }: Sibling): boolean {
  if (head.length < bytes) return beginsAlike(shape, payloadAsText(head, true) ?? "");
  const other = shapeOf(head);
  return other !== undefined && alike(shape, other);
}

/** Bare values side by side are of one kind when their names only count: "probe1", "probe2"; "temperature" and "fan" are not. */
function sameQuantity(a: string, b: string): boolean {
  if (quantityOf(wordsOf(a)) !== quantityOf(wordsOf(b))) return false;
  const stem = (level: string): string => level.toLowerCase().replace(/[0-9a-f]*\d[0-9a-f]*/g, "#");
  return stem(a) === stem(b) && /\d/.test(a);
}
