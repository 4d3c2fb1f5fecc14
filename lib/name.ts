import { z } from "zod";
import { saidOf, withText } from "./texts/issues";
import { isSameSaid, say } from "./texts/said";

/**
 * Control characters and line separators: invisible where a name is shown, and able to break the line of a log, a CSV or a mail that
 * it stands in.
 */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const NAME_FAULT = say("schema.name");

/** What people and devices call things: names, titles, sections, units. One schema for all of them. */
export const nameText = (longest: number, shortest = 0) =>
  z
    .string()
    .min(shortest)
    .max(longest)
    .refine((text) => !CONTROL.test(text), withText(NAME_FAULT));

const cleanName = (text: string): string =>
  text
    .replaceAll(new RegExp(`${CONTROL.source}+`, "gu"), " ")
    .replaceAll(/ {2,}/g, " ")
    .trim() || "?";

/**
 * Parses what was not typed in just now: a row that an earlier version stored, a device's announcement. Names are cleaned where that is
 * all they lack; anything else is refused as ever.
 */
export function parseWithCleanNames<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed;
  const paths = parsed.error.issues.filter((issue) => isSameSaid(saidOf(issue), NAME_FAULT)).map(({ path }) => path);
  if (paths.length === 0) return parsed;
  const cleaned = structuredClone(value);
  for (const path of paths) cleanAt(cleaned, path);
  return schema.safeParse(cleaned);
}

function cleanAt(root: unknown, path: readonly PropertyKey[]): void {
  let parent = root as Record<PropertyKey, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<PropertyKey, unknown>;
  const last = path.at(-1);
  if (last !== undefined && typeof parent[last] === "string") parent[last] = cleanName(parent[last]);
}
