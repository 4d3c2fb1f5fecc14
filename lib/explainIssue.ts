import type { z } from "zod";
import { eitherOf, saidOf } from "./texts/issues";
import { type Said, say } from "./texts/said";

/** Where in the input (keys and indexes from its root), and what is wrong with it. */
export interface Explained {
  path: readonly PropertyKey[];
  message: Said;
}

/**
 * Says what a person must mend. A union's own message is "Invalid input": of its alternatives the one that the input came nearest to
 * explains it. Unknown keys are placed at the keys themselves.
 */
export function explainIssue(issue: z.core.$ZodIssue): Explained[] {
  return explain(issue, []);
}

/** A body may hold a hundred thousand of them, and nobody mends more than these in one go. */
const MAX_KEYS = 100;

function explain(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): Explained[] {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys
      .slice(0, MAX_KEYS)
      .map((key) => ({ path: [...path, key], message: say("schema.unknownKey", { key }) }));
  if (issue.code === "invalid_key") return issue.issues.flatMap((inner) => explain(inner, path));
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branches = issue.errors.map((branch) => branch.flatMap((inner) => explain(inner, path)));
    const tried = issue.errors.map((branch, i) => ({ explained: branches[i] ?? [], score: nearness(branch) }));
    const best = Math.max(...tried.map((t) => t.score));
    const nearest = tried.filter((t) => t.score === best).map((t) => t.explained);
    if (best > 0) return nearest[0] ?? [];
    return [{ path, message: eitherOf(nearest.flat().map((e) => e.message)) }];
  }
  return [{ path, message: saidOf(issue) }];
}

/** How near the input came to one alternative of a union: 0 when it is of another type altogether. */
function nearness(branch: readonly z.core.$ZodIssue[]): number {
  const scores = branch.map((issue) => {
    if (issue.code === "custom" || issue.code === "invalid_format") return 3;
    if (issue.path.length > 0) return 2;
    if (issue.code === "invalid_union") return Math.max(0, ...issue.errors.map(nearness));
    return issue.code === "invalid_type" || issue.code === "invalid_value" ? 0 : 1;
  });
  return Math.max(0, ...scores);
}
