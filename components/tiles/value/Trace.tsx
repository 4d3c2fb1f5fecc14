"use client";

import { type RefObject, useCallback, useMemo, useRef, useSyncExternalStore } from "react";
import { useLive } from "@/components/live/LiveProvider";
import { NO_SERIES, SERIES_MS, type Series } from "@/components/live/seriesBuffer";
import type { PointId } from "@/lib/ids";
import { whileInSight } from "../shared/onScreen";
import { useInSight } from "../shared/useInSight";
import { numbersOf, sparkline } from "./sparkline";

const BOX = { width: 240, height: 36, foot: 28 };
/** The shortest time shown, so that a page that was just opened shows a line instead of a dot at the edge. */
const LEAST_MS = 60_000;
/** Without new readings the line moves on in these steps, not every second. */
const CREEP_MS = 10_000;

/**
 * The last minutes as a line. The browser stretches it, so nothing is measured. It is redrawn at most once a second, and only on screen.
 * Its space is reserved from the start, so that a line that appears later moves nothing.
 */
export function Trace({ id }: { id: PointId }) {
  const { store, ticker } = useLive();
  const ref = useRef<HTMLDivElement>(null);
  const series = useSeries(ref, id);
  const creep = (ms: number): number => Math.ceil(ms / CREEP_MS) * CREEP_MS;
  const to = useInSight(
    ref,
    ticker.subscribe,
    () => creep(ticker.now()),
    () => creep(ticker.paintedAt()),
  );
  const every = store.getState().points.get(id)?.status.every;
  const drawn = useMemo(() => {
    const numbers = numbersOf(series);
    const end = Math.max(to, numbers.t.at(-1) ?? 0);
    const known = Math.max(LEAST_MS, end - (numbers.t[0] ?? end));
    return sparkline(numbers, { from: end - Math.min(SERIES_MS, known), to: end, every, ...BOX });
  }, [series, to, every]);
  return (
    <div ref={ref} className="trace">
      {drawn && (
        <svg viewBox={`0 0 ${BOX.width} ${BOX.height + BOX.foot}`} preserveAspectRatio="none" aria-hidden="true">
          <path className="trace-area" d={drawn.area} />
          <path className="trace-line" d={drawn.line} vectorEffect="non-scaling-stroke" />
        </svg>
      )}
    </div>
  );
}

/** The readings of the last minutes, collected only while the tile is on screen. The last series stays until there is a newer one. */
function useSeries(ref: RefObject<Element | null>, id: PointId): Series {
  const { link } = useLive();
  const last = useRef({ id, series: NO_SERIES });
  const subscribe = useCallback(
    (listener: () => void) =>
      whileInSight(ref.current, () => {
        const end = link?.series.subscribe(id, listener);
        listener();
        return () => end?.();
      }),
    [ref, link, id],
  );
  const get = (): Series => {
    const series = link?.series.get(id) ?? NO_SERIES;
    if (series !== NO_SERIES || last.current.id !== id) last.current = { id, series };
    return last.current.series;
  };
  return useSyncExternalStore(subscribe, get, () => NO_SERIES);
}
