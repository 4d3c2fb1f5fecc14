import { z } from "zod";
import { PointId } from "../ids";
import { Value } from "../reading";
import { GAP_REASONS } from "../recordingGap";
import { issueOf, withText } from "../texts/issues";
import { say } from "../texts/said";
import { parseTime } from "../time";
import { MOST_COLUMNS, MOST_POINTS } from "./historyLimits";
import { route } from "./route";

/** The last reading before the span: a line or a state reaches in from there. Null when there is none. */
const Before = z.object({ t: z.number(), value: Value }).nullable();
const Numbers = z.array(z.number());

/**
 * When readings may be missing, and why: where several nodes run over one Postgres, and nobody could store what the broker sent. Absent
 * with SQLite.
 */
const Gaps = z.array(z.object({ from: z.number(), to: z.number(), why: z.enum(GAP_REASONS) })).optional();

/**
 * What a chart shows of one point over a span, as columns; times are epoch ms. `raw`: the readings themselves, where they are few;
 * of a point that is no number its changes. Else buckets of `step` ms, aligned to the epoch, `t` the start of each: those without
 * readings are left out, and the first and the last may reach beyond the span. Named by the roll-up that they are, or `bucket`.
 */
export const HistorySeries = z.union([
  z.object({ tier: z.literal("raw"), t: Numbers, value: z.array(Value), before: Before, gaps: Gaps }),
  z.object({
    tier: z.enum(["1m", "15m", "6h", "bucket"]),
    step: z.number(),
    t: Numbers,
    min: Numbers,
    max: Numbers,
    mean: Numbers,
    count: Numbers,
    before: Before,
    /** The time of the newest reading up to the end of the last bucket: what is newer is not in them. */
    newest: z.number().optional(),
    gaps: Gaps,
  }),
]);
export type HistorySeries = z.infer<typeof HistorySeries>;

/** Several points over one span, in the order asked for. */
export const HistoriesOut = z.object({
  from: z.number(),
  to: z.number(),
  series: z.array(z.object({ point: PointId, history: HistorySeries })),
});
export type HistoriesOut = z.infer<typeof HistoriesOut>;

/** Raw readings, oldest first. */
export const ReadingsOut = z.object({ t: Numbers, value: z.array(Value) });
export type ReadingsOut = z.infer<typeof ReadingsOut>;

/** What became of a CSV of history: `rows` were read, `refused` of them do not fit; `known` were there already. */
export const ImportOut = z.object({
  dryRun: z.boolean(),
  rows: z.number(),
  /** Written; in a dry run 0. */
  added: z.number(),
  /** In a dry run 0: it does not look. */
  known: z.number(),
  refused: z.number(),
  /** The first of them. */
  reasons: z.array(z.object({ line: z.number(), reason: z.string() })),
  /** Points that are named and are not there, the first of them, with the number of lines that name them. */
  unknown: z.array(z.object({ point: z.string(), rows: z.number() })),
  /** Of what fits: how many points, and from when to when in epoch ms; null where nothing fits. */
  points: z.number(),
  from: z.number().nullable(),
  to: z.number().nullable(),
});
export type ImportOut = z.infer<typeof ImportOut>;

const Time = z
  .string()
  .max(64)
  .transform((text, ctx) => {
    const at = parseTime(text);
    if (at !== undefined) return Math.round(at);
    ctx.addIssue(issueOf(say("schema.time")));
    return z.NEVER;
  });

const Points = z
  .union([PointId, z.array(PointId).max(MOST_POINTS, withText(say("schema.pointsTooMany", { most: MOST_POINTS })))])
  .transform((points) => (Array.isArray(points) ? points : [points]));

/** The last hour unless told otherwise. */
const Span = { from: Time.optional(), to: Time.optional() };
const Width = z.coerce.number().int().min(2).max(10_000).default(1000);

/** What was, as far as the caller's rights reach. */
export const historyContracts = {
  ofPoint: route({
    method: "GET",
    path: "/points/{id}/history",
    needs: "see",
    of: ({ params }) => [params.id],
    summary: "One point over [from, to): readings where they are few, else at most `width` buckets",
    query: z.object({ ...Span, width: Width }),
    answer: HistorySeries,
  }),
  readings: route({
    method: "GET",
    path: "/points/{id}/readings",
    needs: "see",
    of: ({ params }) => [params.id],
    summary: "The newest readings before a moment (default: now), oldest first",
    query: z.object({ before: Time.optional(), limit: z.coerce.number().int().min(1).max(10_000).default(100) }),
    answer: ReadingsOut,
  }),
  ofPoints: route({
    method: "GET",
    path: "/history",
    needs: "see",
    of: ({ query }) => query.points,
    summary: "Several points over [from, to), as `points` names them, each with at most `width` buckets",
    query: z.object({ points: Points, ...Span, width: Width }).superRefine(({ points, width }, ctx) => {
      if (points.length * width > MOST_COLUMNS)
        ctx.addIssue(issueOf(say("schema.columnsTooMany", { most: MOST_COLUMNS }), "width"));
    }),
    answer: HistoriesOut,
  }),
  export: route({
    method: "GET",
    path: "/history/export",
    needs: "see",
    of: ({ query }) => query.points,
    summary: "Every reading of [from, to), point by point and oldest first, as CSV or JSON Lines",
    query: z.object({ points: Points, ...Span, format: z.enum(["csv", "jsonl"]).default("csv") }),
    produces: ["text/csv", "application/jsonl"],
  }),
  import: route({
    method: "POST",
    path: "/history/import",
    needs: "admin",
    summary: "Adds readings from a CSV with the columns point, time and value; `dryRun=true` only looks at it",
    query: z.object({ dryRun: z.enum(["true", "false"]).default("false") }),
    consumes: "text/csv",
    answer: ImportOut,
  }),
};
