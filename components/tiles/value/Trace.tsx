"use client";

import { useMemo } from "react";
import { useNow, useSeries } from "@/components/live/hooks";
import { SERIES_MS } from "@/components/live/seriesBuffer";
import type { PointView } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import { usePointPart } from "../shared/useReading";
import { numbersOf, sparkline } from "./sparkline";

const BOX = { width: 240, height: 36, foot: 28 };
/** So that a page that just opened shows a line, not a speck at its end. */
const LEAST_MS = 60_000;

const everyOf = (point: PointView | undefined): number | undefined => point?.status.every;

/** The last minutes as a line. Stretched by the browser, so that nothing has to be measured; drawn anew at most once a second. */
export function Trace({ id }: { id: PointId }) {
  const series = useSeries(id);
  const every = usePointPart(id, everyOf);
  // Coarser than the readings: the line creeps on while nothing comes, but not every second.
  const to = Math.ceil(useNow() / 10_000) * 10_000;
  const drawn = useMemo(() => {
    const numbers = numbersOf(series);
    const end = Math.max(to, numbers.t.at(-1) ?? 0);
    const known = Math.max(LEAST_MS, end - (numbers.t[0] ?? end));
    return sparkline(numbers, { from: end - Math.min(SERIES_MS, known), to: end, every, ...BOX });
  }, [series, to, every]);
  if (!drawn) return null;
  return (
    <div className="trace">
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height + BOX.foot}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="trace-area" d={drawn.area} />
        <path className="trace-line" d={drawn.line} vectorEffect="non-scaling-stroke" />
      </svg>
    </div>
  );
}
