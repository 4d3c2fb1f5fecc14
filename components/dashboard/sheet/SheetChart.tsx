"use client";

import { useMemo, useState } from "react";
import { useReader } from "@/components/kit/reader";
import { Segmented } from "@/components/ui/Segmented";
import type { PointInfo } from "@/lib/point";
import { t } from "@/lib/texts/t";
import { Chart } from "../../charts/Chart";
import { extentOf, tidyMean } from "../../charts/envelope";
import type { Feed } from "../../charts/feed";
import { sayLine } from "../../charts/Legend";
import { type Line, linesOf } from "../../charts/lines";
import { PRESETS, type PresetId, presetSpan, type Span, timeRangeOf } from "../../charts/span";
import { serverNow, useFeed, useFeedState } from "../../charts/useFeed";
import { useLive } from "../../live/LiveProvider";

const SPANS = PRESETS.filter(({ id }) => id !== "30d").map(({ id, label }) => ({ value: id, label }));
const HEIGHT = { number: 190, state: 96 };

/** The point's past, from where its data start. */
export function SheetChart({ point }: { point: PointInfo }) {
  const feed = useFeed();
  const [preset, setPreset] = useState<PresetId>("24h");
  const lines = useMemo(() => linesOf([point], "unit"), [point]);
  const span = useMemo(() => presetSpan(preset), [preset]);
  const [line] = lines;
  return (
    <section className="sheet-chart" aria-label={t("dashboard.history")}>
      <div className="sheet-chart-tools">
        {line?.kind === "number" ? <Extremes feed={feed} line={line} span={span} /> : <span />}
        <Segmented
          label={t("dashboard.spanOf", { name: point.name })}
          value={preset}
          options={SPANS}
          onChange={setPreset}
        />
      </div>
      <Chart feed={feed} lines={lines} span={span} height={HEIGHT[line?.kind ?? "number"]} />
    </section>
  );
}

function Extremes({ feed, line, span }: { feed: Feed; line: Line; span: Span }) {
  const { columns, shown } = useFeedState(feed);
  const live = useLive();
  const { locale } = useReader();
  const known = shown && columns.get(line.point.id);
  const { from, to } = timeRangeOf(span, serverNow(live));
  const extent = known && extentOf(known, from, to);
  const say = (value: number | undefined) => (value === undefined ? "–" : sayLine(line, value, locale));
  return (
    <dl className="sheet-extremes">
      {(
        [
          ["min", t("dashboard.min"), extent?.min],
          ["mean", t("dashboard.average"), extent && tidyMean(extent)],
          ["max", t("dashboard.max"), extent?.max],
        ] as const
      ).map(([stat, label, value]) => (
        <div key={stat}>
          <dt>{label}</dt>
          <dd data-stat={stat}>{say(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
