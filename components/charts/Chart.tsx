"use client";

import { useMemo, useSyncExternalStore } from "react";
import { useReader } from "@/components/kit/reader";
import { t } from "@/lib/texts/t";
import { useLive } from "../live/LiveProvider";
import type { Mark } from "./draw";
import { type Extent, extentOf, tidyMean } from "./envelope";
import type { Feed, FeedState } from "./feed";
import { Legend, sayLine } from "./Legend";
import type { Line } from "./lines";
import { NotRecorded } from "./NotRecorded";
import { Plot } from "./Plot";
import { pictureOf } from "./picture";
import { type Comparison, type Span, timeRangeOf } from "./span";
import { spanWords } from "./spanWords";
import { sharesOf } from "./states";
import { summaryText } from "./summary";
import { useCrosshair, useFeedState } from "./useFeed";
import { localZone } from "./zone";

export interface ChartProps {
  feed: Feed;
  lines: readonly Line[];
  span: Span;
  onSpan?: ((span: Span) => void) | undefined;
  onReset?: () => void;
  compare?: Comparison;
  marks?: readonly Mark[];
  height: number;
}

/** A chart with its legend and status. Loaded on demand, since uPlot and the chart code are large. */
export function Chart({ feed, lines, span, onSpan, onReset, compare = "none", marks, height }: ChartProps) {
  const { locale } = useReader();
  const crosshair = useCrosshair();
  const zone = localZone();
  const width = span.kind === "last" ? span.ms : span.to - span.from;
  const summary = useSummary(feed, lines, span, zone);
  return (
    <div className="chart">
      <Legend lines={lines} crosshair={crosshair} width={width} zone={zone} />
      <div className="chart-picture">
        <Plot
          feed={feed}
          crosshair={crosshair}
          lines={lines}
          span={span}
          onSpan={onSpan}
          onReset={onReset}
          compare={compare}
          marks={marks}
          height={height}
          locale={locale}
          zone={zone}
          summary={summary}
          writeState={(line, value) => sayLine(line, value, locale)}
        />
        <Status feed={feed} />
      </div>
      <NotRecorded feed={feed} lines={lines} width={width} zone={zone} />
    </div>
  );
}

/** Why the chart is incomplete. It is shown over the lower edge of the plot, which stays visible. */
function Status({ feed }: { feed: Feed }) {
  const { loading, problem, shown, columns } = useFeedState(feed);
  const nothing = shown && !loading && [...columns.values()].every(({ t, before }) => t.length === 0 && !before);
  const words = problem
    ? t("charts.notLoaded", { problem })
    : !shown
      ? t("charts.loadingHistory")
      : nothing
        ? t("charts.noReadingsRange")
        : undefined;
  return (
    <p className="chart-status" role="status" data-problem={problem ? "" : undefined}>
      {words}
      {problem && (
        <button type="button" onClick={feed.again}>
          {t("ui.tryAgain")}
        </button>
      )}
    </p>
  );
}

const coarse = (at: number): number => Math.floor(at / 10_000) * 10_000;

/** The chart in words, for its accessible name; updated at most every ten seconds. */
function useSummary(feed: Feed, lines: readonly Line[], span: Span, zone: string): string {
  const { locale } = useReader();
  const { store, ticker } = useLive();
  const shown = useSyncExternalStore(
    feed.subscribe,
    () => feed.get().shown,
    () => undefined,
  );
  const now = useSyncExternalStore(
    ticker.subscribe,
    () => coarse(ticker.now()),
    () => coarse(ticker.paintedAt()),
  );
  return useMemo(() => {
    const state: FeedState = feed.get();
    const view = timeRangeOf(span, now);
    const { points } = store.getState();
    const where = spanWords(span, locale, zone);
    if (!shown) return t("charts.chartLoading", { where });
    const { lanes, gaps } = pictureOf(lines, state, points, view, now);
    const states = lines.filter((line) => line.kind === "state");
    const numbers = lines.filter((line) => line.kind === "number");
    return summaryText(
      where,
      lines.map((line) => {
        const columns = state.columns.get(line.point.id);
        const number = line.kind === "number";
        return {
          label: line.label,
          extent: number && columns ? tidyExtent(extentOf(columns, view.from, view.to)) : undefined,
          shares: number ? undefined : sharesOf(lanes[states.indexOf(line)] ?? []),
          gaps: number ? gaps[numbers.indexOf(line)] : undefined,
          now: span.kind === "last" ? points.get(line.point.id)?.value : undefined,
          write: (value) => sayLine(line, value, locale),
        };
      }),
    );
  }, [feed, lines, span, zone, locale, store, shown, now]);
}

const tidyExtent = (extent: Extent | undefined): Extent | undefined => extent && { ...extent, mean: tidyMean(extent) };
