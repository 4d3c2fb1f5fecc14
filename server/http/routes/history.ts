import { z } from "zod";
import type { Access } from "../../../lib/access";
import { HistoriesOut, HistorySeries, ImportOut, ReadingsOut } from "../../../lib/api";
import { PointId } from "../../../lib/ids";
import { err, ok, type Result } from "../../../lib/result";
import { endpoint, type Mount } from "../endpoint";
import { EXPORT_FORMATS, exportStream } from "../exportHistory";
import { emptyReport, importHistory } from "../importHistory";
import type { HttpParts } from "../parts";
import { type Fault, fieldFault } from "../problem";
import { parseTime } from "../time";
import { visiblePoint } from "./points";

const HOUR = 3_600_000;
const MOST_POINTS = 50;
/** What all points of one request may answer together: beyond it an answer is megabytes. */
const MOST_COLUMNS = 50_000;
/** A chart over more is a mistake; it also keeps bucket numbers within what counts exactly. */
const LONGEST_SPAN = 200 * 365 * 24 * HOUR;

const NOTHING: HistorySeries = { tier: "raw", t: [], value: [], before: null };

const Time = z
  .string()
  .max(64)
  .transform((text, ctx) => {
    const at = parseTime(text);
    if (at !== undefined) return Math.round(at);
    ctx.addIssue({ code: "custom", message: "give a time as epoch milliseconds or ISO 8601" });
    return z.NEVER;
  });

const Points = z
  .union([PointId, z.array(PointId).max(MOST_POINTS, `give at most ${MOST_POINTS} points`)])
  .transform((points) => (Array.isArray(points) ? points : [points]));

const Span = { from: Time.optional(), to: Time.optional() };
const Width = z.coerce.number().int().min(2).max(10_000).default(1000);

/** What was, as far as the caller's rights reach. */
export function historyRoutes({ live, history, clock }: HttpParts): Mount[] {
  /** The last hour unless told otherwise. */
  function spanOf(query: { from?: number; to?: number }): Result<{ from: number; to: number }, Fault> {
    // One past the present, so that a reading of this very millisecond is in.
    const to = query.to ?? clock.now() + 1;
    const from = query.from ?? to - HOUR;
    if (from >= to) return err(fieldFault("?from", "from must be before to"));
    if (to - from > LONGEST_SPAN) return err(fieldFault("?from", "from and to are more than 200 years apart"));
    return ok({ from, to });
  }

  function visible(access: Access, points: readonly PointId[]): Result<PointId[], Fault> {
    const found: PointId[] = [];
    for (const id of points) {
      const point = visiblePoint(live, access, id);
      if (!point.ok) return point;
      found.push(point.value.info.id);
    }
    return ok(found);
  }

  return [
    endpoint({
      method: "get",
      path: "/points/{id}/history",
      level: "viewer",
      summary: "One point over [from, to): readings where they are few, else at most `width` buckets",
      query: z.object({ ...Span, width: Width }),
      answer: HistorySeries,
      async run({ params, access, query }) {
        const found = visiblePoint(live, access, params.id);
        if (!found.ok) return found;
        const span = spanOf(query);
        if (!span.ok) return span;
        const points = [found.value.info.id];
        const [series] = await history.query({ points, ...span.value, width: query.width });
        return ok(series ?? NOTHING);
      },
    }),
    endpoint({
      method: "get",
      path: "/points/{id}/readings",
      level: "viewer",
      summary: "The newest readings before a moment (default: now), oldest first",
      query: z.object({ before: Time.optional(), limit: z.coerce.number().int().min(1).max(10_000).default(100) }),
      answer: ReadingsOut,
      async run({ params, access, query }) {
        const found = visiblePoint(live, access, params.id);
        if (!found.ok) return found;
        const before = query.before ?? clock.now() + 1;
        return ok(await history.range(found.value.info.id, 0, before, query.limit));
      },
    }),
    endpoint({
      method: "get",
      path: "/history",
      level: "viewer",
      summary: "Several points over [from, to), as `points` names them, each with at most `width` buckets",
      query: z.object({ points: Points, ...Span, width: Width }),
      answer: HistoriesOut,
      async run({ access, query }) {
        if (query.points.length * query.width > MOST_COLUMNS)
          return err(fieldFault("?width", `points times width must be at most ${MOST_COLUMNS}`));
        const found = visible(access, query.points);
        if (!found.ok) return found;
        const span = spanOf(query);
        if (!span.ok) return span;
        const points = found.value;
        const series = await history.query({ points, ...span.value, width: query.width });
        return ok({
          ...span.value,
          series: series.map((one, i) => ({ point: points[i] as PointId, history: one })),
        });
      },
    }),
    endpoint({
      method: "get",
      path: "/history/export",
      level: "viewer",
      summary: "Every reading of [from, to), point by point and oldest first, as CSV or JSON Lines",
      query: z.object({ points: Points, ...Span, format: z.enum(["csv", "jsonl"]).default("csv") }),
      produces: ["text/csv", "application/jsonl"],
      async run({ access, query }) {
        const found = visible(access, query.points);
        if (!found.ok) return found;
        const span = spanOf(query);
        if (!span.ok) return span;
        const { format } = query;
        const stream = exportStream(history, { points: [...new Set(found.value)], ...span.value, format });
        const day = new Date(span.value.from).toISOString().slice(0, 10);
        return ok(
          new Response(stream, {
            headers: {
              "Content-Type": EXPORT_FORMATS[format].type,
              "Content-Disposition": `attachment; filename="telltale-history-${day}.${format}"`,
            },
          }),
        );
      },
    }),
    endpoint({
      method: "post",
      path: "/history/import",
      level: "admin",
      summary: "Adds readings from a CSV with the columns point, time and value; `dryRun=true` only looks at it",
      query: z.object({ dryRun: z.enum(["true", "false"]).default("false") }),
      consumes: "text/csv",
      answer: ImportOut,
      async run({ request, query, audit }) {
        if (!/^text\/csv\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
          return err({ status: 415, detail: "Send the file as it is, with the header Content-Type: text/csv." });
        const report = emptyReport(query.dryRun === "true");
        const body: AsyncIterable<Uint8Array> = request.body ?? (async function* () {})();
        const note = async (brokenOff?: true) => {
          const { rows, added, refused, dryRun } = report;
          if (!dryRun && (!brokenOff || rows > 0))
            await audit("history.import", "history", { rows, added, refused, brokenOff });
        };
        try {
          const done = await importHistory({ body, live, history, now: clock.now(), report });
          await note(done.ok ? undefined : true);
          return done;
        } catch (error) {
          // The page went away, or the disk is full: what was added before is there and stands in the trail.
          await note(true);
          throw error;
        }
      },
    }),
  ];
}
