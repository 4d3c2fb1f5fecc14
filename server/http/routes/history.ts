import { type HistorySeries, historyContracts } from "../../../lib/api";
import type { PointInfo } from "../../../lib/point";
import { gapsWithin, type RecordingGap } from "../../../lib/recordingGap";
import { err, ok, type Result } from "../../../lib/result";
import { say } from "../../../lib/texts/said";
import { EXPORT_FORMATS, exportStream } from "../exportHistory";
import { implement, type Mount } from "../implement";
import { emptyReport, importHistory } from "../importHistory";
import type { HttpParts } from "../parts";
import { type Fault, fieldFault } from "../problem";

const HOUR = 3_600_000;
/** A chart over more is a mistake; it also keeps bucket numbers within what counts exactly. */
const LONGEST_SPAN = 200 * 365 * 24 * HOUR;

const NOTHING: HistorySeries = { tier: "raw", t: [], value: [], before: null };

export function historyRoutes({ live, history, store, cluster, clock }: HttpParts): Mount[] {
  /** The last hour unless told otherwise. */
  function spanOf(query: { from?: number; to?: number }): Result<{ from: number; to: number }, Fault> {
    // One past the present, so that a reading of this very millisecond is in.
    const to = query.to ?? clock.now() + 1;
    const from = query.from ?? to - HOUR;
    if (from >= to) return err(fieldFault("?from", say("problem.fromBeforeTo")));
    if (to - from > LONGEST_SPAN) return err(fieldFault("?from", say("problem.spanTooLong")));
    return ok({ from, to });
  }

  /** By broker. A data folder has those that were moved into it; where there are none its answers say nothing of them. */
  async function gapsOf(infos: readonly Pick<PointInfo, "broker">[], { from, to }: { from: number; to: number }) {
    const gaps = new Map<string, { gaps: RecordingGap[] }>();
    const brokers = [...new Set(infos.map(({ broker }) => broker))];
    const ask = cluster?.gaps ?? store.recordingGaps;
    const found = await Promise.all(brokers.map((broker) => ask(broker, from, to)));
    for (const [i, broker] of brokers.entries()) {
      const within = gapsWithin(found[i] ?? [], from, to);
      if (cluster || within.length > 0) gaps.set(broker, { gaps: within });
    }
    return gaps;
  }

  return implement(historyContracts, {
    async ofPoint({ points: [{ info }], query }) {
      const span = spanOf(query);
      if (!span.ok) return span;
      const [[series], gaps] = await Promise.all([
        history.query({ points: [info.id], ...span.value, width: query.width }),
        gapsOf([info], span.value),
      ]);
      return ok({ ...(series ?? NOTHING), ...gaps.get(info.broker) });
    },

    async readings({ points: [{ info }], query }) {
      const before = query.before ?? clock.now() + 1;
      return ok(await history.range(info.id, 0, before, query.limit));
    },

    async ofPoints({ points, query }) {
      const span = spanOf(query);
      if (!span.ok) return span;
      const ids = points.map(({ info }) => info.id);
      const [found, gaps] = await Promise.all([
        history.query({ points: ids, ...span.value, width: query.width }),
        gapsOf(
          points.map(({ info }) => info),
          span.value,
        ),
      ]);
      const series = points.flatMap(({ info }, i) =>
        found[i] ? [{ point: info.id, history: { ...found[i], ...gaps.get(info.broker) } }] : [],
      );
      return ok({ ...span.value, series });
    },

    async export({ points, query: { format, ...query } }) {
      const span = spanOf(query);
      if (!span.ok) return span;
      const ids = new Set(points.map(({ info }) => info.id));
      const stream = exportStream(history, { points: [...ids], ...span.value, format });
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

    async import({ request, query, audit }) {
      if (!/^text\/csv\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
        return err({ status: 415, detail: say("problem.sendCsv") });
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
  });
}
