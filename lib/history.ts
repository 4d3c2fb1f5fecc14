import { z } from "zod";
import type { Value } from "./reading";
import type { Registration, ValueSpec } from "./registration";
import { err, ok, type Result } from "./result";
import { type Said, say } from "./texts/said";
import { DurationSchema, parseDuration } from "./time";

/** What of a point's readings is kept, and for how long. As written in a registration; absent fields have defaults. */
export const HistorySpec = z.union([
  z.literal(false),
  z.strictObject({
    keep: z
      .union([z.literal("every"), z.literal("change"), DurationSchema])
      .optional()
      .describe("every reading (default), changes only (change), or at most one reading in this time."),
    deadband: z
      .number()
      .positive()
      .optional()
      .describe("Numbers count as changed when they are further than this from the one kept last."),
    raw: DurationSchema.optional().describe("For how long readings are kept as they were."),
    rollups: z
      .union([
        DurationSchema,
        z.strictObject({
          "1m": DurationSchema.optional(),
          "15m": DurationSchema.optional(),
          "6h": DurationSchema.optional(),
        }),
      ])
      .optional()
      .describe("For how long roll-ups are kept: all of them, or each by its name."),
  }),
]);
export type HistorySpec = z.infer<typeof HistorySpec>;

/** How long a point's history is kept, in milliseconds: its readings, and each roll-up of them. */
export type KeepFor = Record<"raw" | "1m" | "15m" | "6h", number>;

export interface HistoryPolicy {
  /** A number: milliseconds that must lie between two readings that are kept. */
  readonly keep: "every" | "change" | "nothing" | number;
  readonly deadband: number;
  readonly keepFor: KeepFor;
}

const DAY = 86_400_000;
export const KEEP_FOR: KeepFor = { raw: 30 * DAY, "1m": 180 * DAY, "15m": 2 * 365 * DAY, "6h": 10 * 365 * DAY };
const KEEP_EVERYTHING: HistoryPolicy = { keep: "every", deadband: 0, keepFor: KEEP_FOR };
/** Readings are packed within the hour; what goes before would be in no roll-up. */
const SHORTEST_RAW = DAY;

/** Makes a policy of what is written; the error names the field within it. */
export function compileHistory(spec: HistorySpec | undefined): Result<HistoryPolicy, { field: string; message: Said }> {
  if (spec === undefined) return ok(KEEP_EVERYTHING);
  if (spec === false) return ok({ ...KEEP_EVERYTHING, keep: "nothing" });
  const keep = spec.keep ?? (spec.deadband === undefined ? "every" : "change");
  if (spec.deadband !== undefined && keep !== "change")
    return err({ field: "/deadband", message: say("schema.deadband") });
  const rollups = typeof spec.rollups === "string" ? undefined : spec.rollups;
  const all = typeof spec.rollups === "string" ? spec.rollups : undefined;
  const raw = msOf(spec.raw, KEEP_FOR.raw);
  if (raw < SHORTEST_RAW) return err({ field: "/raw", message: say("schema.rawTooShort") });
  // What is coarser is kept for at least as long: a chart over an older span is made of it.
  const minute = Math.max(raw, msOf(rollups?.["1m"] ?? all, KEEP_FOR["1m"]));
  const quarter = Math.max(minute, msOf(rollups?.["15m"] ?? all, KEEP_FOR["15m"]));
  const long = Math.max(quarter, msOf(rollups?.["6h"] ?? all, KEEP_FOR["6h"]));
  return ok({
    keep: keep === "every" || keep === "change" ? keep : msOf(keep, 0),
    deadband: spec.deadband ?? 0,
    keepFor: { raw, "1m": minute, "15m": quarter, "6h": long },
  });
}

/** Checked by the schema already. */
function msOf(text: string | undefined, otherwise: number): number {
  const ms = text === undefined ? undefined : parseDuration(text);
  return ms?.ok ? ms.value : otherwise;
}

/** The reading of a point that was kept last. */
export interface Kept {
  value: Value;
  at: number;
}

/** Whether a reading is kept, behind the one that was kept last. */
export function isKept({ keep, deadband }: HistoryPolicy, last: Kept | undefined, value: Value, at: number): boolean {
  if (keep === "every") return true;
  if (keep === "nothing") return false;
  if (last === undefined) return true;
  // A late reading may lie on either side.
  if (typeof keep === "number") return Math.abs(at - last.at) >= keep;
  if (typeof value === "number" && typeof last.value === "number") {
    const distance = Math.abs(value - last.value);
    return deadband === 0 ? distance !== 0 : distance > deadband;
  }
  return value !== last.value;
}

/** How long history is kept, by registration (`climate`) and by value (`climate.t`), where they say so. */
export function keepRules(registrations: Iterable<Registration>): Record<string, KeepFor> {
  const rules: [string, KeepFor][] = [];
  for (const registration of registrations) {
    const specs: [string, ValueSpec["history"]][] = [[registration.id, registration.history]];
    for (const [key, value] of Object.entries(registration.values ?? {}))
      specs.push([`${registration.id}.${key}`, value.history]);
    for (const [name, spec] of specs) {
      const policy = compileHistory(spec);
      if (spec !== undefined && policy.ok) rules.push([name, policy.value.keepFor]);
    }
  }
  return Object.fromEntries(rules);
}
