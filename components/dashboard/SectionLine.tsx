"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useReader } from "@/components/kit/reader";
import { useLive } from "@/components/live/LiveProvider";
import type { LiveData } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import { sectionSummary } from "./sectionSummary";
import { stateOf } from "./useTileState";

/** What a section holds, beside its heading; looked at once a second. */
export function SectionLine({ points }: { points: readonly PointId[] }) {
  const { store, ticker } = useLive();
  const { locale } = useReader();
  const line = useCallback(
    (page: LiveData): string =>
      sectionSummary(
        points.flatMap((id) => {
          const point = page.points.get(id);
          return point ? [{ info: point.info, value: point.value, state: stateOf(point, page) }] : [];
        }),
        locale,
      ).join(" · "),
    [points, locale],
  );
  const said = useSyncExternalStore(
    ticker.subscribe,
    () => line(store.getState()),
    () => line(store.getInitialState()),
  );
  return said !== "" && <span className="grid-line">{said}</span>;
}
