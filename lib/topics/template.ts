import { err, ok, type Result } from "../result";
import { type Said, say } from "../texts/said";

/** A text with `{1}`, `{2}`, …: what the wildcards of a filter matched, in order. */
export interface LevelTemplate {
  /** The wildcards that it uses, counted from 1. */
  readonly uses: ReadonlySet<number>;
  /** Fills in the result of `wildcardLevels`; a missing level ("a/#" on "a") is empty. */
  fill(levels: readonly string[]): string;
}

/** Refuses a number for which the filter has no wildcard. Other braces are plain text. */
export function parseTemplate(text: string, wildcards: number): Result<LevelTemplate, Said> {
  // Splitting on a group puts the numbers at the odd places.
  const parts = text.split(/\{(\d+)\}/);
  const uses = new Set<number>();
  for (let i = 1; i < parts.length; i += 2) uses.add(Number(parts[i]));
  for (const n of uses) {
    if (n >= 1 && n <= wildcards) continue;
    if (wildcards === 0) return err(say("schema.levelWithoutWildcard", { n }));
    return err(
      wildcards === 1 ? say("schema.levelNotOne", { n }) : say("schema.levelNotOneOf", { n, last: wildcards }),
    );
  }
  const fill = (levels: readonly string[]): string =>
    parts.map((part, i) => (i % 2 ? (levels[Number(part) - 1] ?? "") : part)).join("");
  return ok({ uses, fill: uses.size === 0 ? () => text : fill });
}

/** How many wildcards a filter has. */
export const countWildcards = (filter: string): number =>
  filter.split("/").filter((level) => level === "+" || level === "#").length;
