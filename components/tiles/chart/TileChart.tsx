"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { Segmented } from "@/components/ui/Segmented";
import type { PointInfo } from "@/lib/point";
import { t } from "@/lib/texts/t";
import { Chart } from "../../charts/Chart";
import { linesOf } from "../../charts/lines";
import { PRESETS, type PresetId, presetSpan } from "../../charts/span";
import { MAX_LINES } from "../../charts/theme";
import { useFeed } from "../../charts/useFeed";
import { usePointInfos } from "../../live/hooks";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import type { ChartOptions } from "./options";

const SPANS = PRESETS.filter(({ id }) => id !== "1y").map(({ id, label }) => ({ value: id, label }));
const LEAST_HEIGHT = 150;

export function TileChart({ point, title, options }: TileProps<ChartOptions>) {
  const feed = useFeed();
  const [span, setSpan] = useState<PresetId>(options.span);
  // Others may be unknown to this reader, or not there yet: the chart shows what there is.
  const others = usePointInfos(options.points);
  const lines = useMemo(() => {
    const unique = new Map<string, PointInfo>([point, ...others].map((p) => [p.id, p]));
    const shown = [...unique.values()].slice(0, MAX_LINES);
    const lines = linesOf(shown, options.axes, shown.length === 1 ? new Map([[point.id, title]]) : undefined);
    return options.thresholds
      ? lines
      : lines.map((line) => ({ ...line, point: { ...line.point, thresholds: undefined } }));
  }, [point, others, options, title]);
  const now = useMemo(() => presetSpan(span), [span]);
  const [room, height] = useHeight();
  return (
    <>
      <Segmented
        className="chart-spans"
        label={t("tiles.spanOf", { title })}
        value={span}
        options={SPANS}
        onChange={setSpan}
      />
      {/* The value as text for screen readers, as on every tile; others see it in the legend. */}
      <div className="sr-only">
        <Figure point={point} />
      </div>
      <div ref={room} className="chart-room">
        {height > 0 && <Chart feed={feed} lines={lines} span={now} height={height} />}
      </div>
    </>
  );
}

/** The height left for the plot. 0 until the tile is first in sight: then the plot is made and its history loaded. */
function useHeight() {
  const ref = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const room = ref.current;
    if (!room) return;
    const measure = () => {
      const legend = room.querySelector<HTMLElement>(".chart-legend")?.offsetHeight ?? 26;
      setHeight(Math.max(LEAST_HEIGHT, Math.floor(room.clientHeight - legend)));
    };
    const watch = new ResizeObserver(measure);
    watch.observe(room);
    return () => watch.disconnect();
  }, []);
  return [ref, height] as const;
}
