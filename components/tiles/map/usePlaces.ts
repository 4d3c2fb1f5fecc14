"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { call } from "@/components/api";
import { useLive } from "@/components/live/LiveProvider";
import { type Place, readPlace } from "@/lib/decoders/location/notation";
import type { PointId } from "@/lib/ids";
import { paced } from "../shared/onScreen";

/** How many past readings of each point the path is drawn from. */
const TRAIL = 200;

export interface Placed {
  id: PointId;
  name: string;
  /** Undefined: not reported, or unknown. */
  place: Place | undefined;
  /** Its positions, oldest first, the current one last. */
  way: readonly Place[];
}

/** The current and earlier positions of the points. Nothing is fetched or rendered while the tile is off screen. */
export function usePlaces(
  frame: React.RefObject<Element | null>,
  ids: readonly PointId[],
  trail: boolean,
): readonly Placed[] {
  const { store } = useLive();
  const ways = useRef(new Map<PointId, Place[]>());
  const look = useCallback(
    (): Placed[] =>
      ids.flatMap((id) => {
        const point = store.getState().points.get(id);
        if (!point) return [];
        const place = readPlace(point.value);
        return [{ id, name: point.info.name, place, way: ways.current.get(id) ?? [] }];
      }),
    [store, ids],
  );
  const [placed, setPlaced] = useState<readonly Placed[]>(look);

  useEffect(() => {
    const ended = new AbortController();
    const asked = new Set<PointId>();
    const add = (id: PointId): void => {
      const place = readPlace(store.getState().points.get(id)?.value);
      const way = ways.current.get(id) ?? [];
      const last = way.at(-1);
      if (place && (last?.lat !== place.lat || last.lon !== place.lon))
        ways.current.set(id, [...way, place].slice(-TRAIL));
    };
    const fetchWay = async (id: PointId): Promise<void> => {
      asked.add(id);
      const answer = await call("GET /points/{id}/readings", {
        params: { id },
        query: { limit: TRAIL },
        signal: ended.signal,
      });
      if (ended.signal.aborted || !answer.ok) return;
      ways.current.set(
        id,
        answer.value.value.flatMap((value) => readPlace(value) ?? []),
      );
      drawing.changed();
    };
    const drawing = paced(
      frame.current,
      () => {
        if (trail) for (const id of ids) if (!asked.has(id)) void fetchWay(id);
        for (const id of ids) add(id);
        setPlaced(look());
      },
      "never",
    );
    const undo = ids.map((id) => store.onPoint(id, drawing.changed));
    drawing.changed();
    return () => {
      ended.abort();
      drawing.stop();
      for (const end of undo) end();
    };
  }, [store, ids, trail, look, frame]);
  return placed;
}
