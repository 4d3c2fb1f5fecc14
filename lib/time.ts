import { z } from "zod";
import { err, ok, type Result } from "./result";
import { issueOf } from "./texts/issues";
import { type Said, say } from "./texts/said";

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a duration as people write it (`500ms`, `5s`, `10 min`, `1h`, `7d`); a bare number means seconds. Answers milliseconds. */
export function parseDuration(text: string | number): Result<number, Said> {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)?\s*$/.exec(String(text));
  if (!match) return err(say("schema.duration", { text }));
  return ok(Math.round(Number(match[1]) * (UNITS[match[2] ?? "s"] as number)));
}

/** A duration as text; it stays as written, `parseDuration` reads it where it is used. */
export const DurationSchema = z.union([z.string(), z.number().transform(String)]).superRefine((text, ctx) => {
  const result = parseDuration(text);
  if (!result.ok) ctx.addIssue(issueOf(result.error));
});

/** A time as programs and people write it, as epoch milliseconds: those, or ISO 8601. */
export function parseTime(text: string): number | undefined {
  const at = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : undefined;
}
