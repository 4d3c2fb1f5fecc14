import { z } from "zod";
import { err, ok, type Result } from "./result";

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a duration as people write it (`500ms`, `5s`, `10 min`, `1h`, `7d`); a bare number means seconds. Answers milliseconds. */
export function parseDuration(text: string | number): Result<number> {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)?\s*$/.exec(String(text));
  if (!match) return err(`"${text}" is not a duration: write a number with ms, s, m, h or d behind it, as in 60s`);
  return ok(Math.round(Number(match[1]) * (UNITS[match[2] ?? "s"] as number)));
}

/** A duration as text; it stays as written, `parseDuration` reads it where it is used. */
export const DurationSchema = z.union([z.string(), z.number().transform(String)]).superRefine((text, ctx) => {
  const result = parseDuration(text);
  if (!result.ok) ctx.addIssue({ code: "custom", message: result.error });
});

/** A time as programs and people write it, as epoch milliseconds: those, or ISO 8601. */
export function parseTime(text: string): number | undefined {
  const at = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : undefined;
}
