"use client";

import { useCallback, useRef, useSyncExternalStore } from "react";
import { type Live, useLive } from "@/components/live/LiveProvider";
import type { Connection, PointView } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import { type Link, type TileState, tileState } from "./tileState";

const LINK: Record<Connection["state"], Link> = {
  live: "live",
  connecting: "connecting",
  silent: "lost",
  offline: "lost",
  refused: "lost",
};

export const stateOf = (point: PointView, connection: Connection, now: number): TileState =>
  tileState(
    { point: point.info, value: point.value, at: point.at, status: point.status, command: point.command },
    LINK[connection.state],
    now,
  );

interface Seen {
  point: PointView | undefined;
  connection: Connection;
  state: TileState | undefined;
}

/**
 * What the tile of a point may claim. The same object while that stays the same: a reading that changes only the value renders
 * nothing here. A silent point is told from its last reading, which does not change while it is silent.
 */
export function useTileState(id: PointId | undefined): TileState | undefined {
  const live = useLive();
  const seen = useRef<Seen | undefined>(undefined);
  const get = useCallback(() => look(live, id, seen), [live, id]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const undo = [live.store.onConnection(listener), ...(id === undefined ? [] : [live.store.onPoint(id, listener)])];
      return () => {
        for (const end of undo) end();
      };
    },
    [live.store, id],
  );
  return useSyncExternalStore(subscribe, get, get);
}

function look(
  { store, ticker }: Pick<Live, "store" | "ticker">,
  id: PointId | undefined,
  seen: { current: Seen | undefined },
): TileState | undefined {
  const { points, connection } = store.getState();
  const point = id === undefined ? undefined : points.get(id);
  const before = seen.current;
  if (before && before.point === point && before.connection === connection) return before.state;
  const next = point && stateOf(point, connection, ticker.now());
  const state = sameState(before?.state, next) ? before?.state : next;
  seen.current = { point, connection, state };
  return state;
}

function sameState(a: TileState | undefined, b: TileState | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.state === b.state &&
    a.level === b.level &&
    a.light === b.light &&
    (a.note === b.note || JSON.stringify(a.note) === JSON.stringify(b.note))
  );
}
