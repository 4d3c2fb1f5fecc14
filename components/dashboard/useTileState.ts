"use client";

import { useCallback, useRef, useSyncExternalStore } from "react";
import { type Link, type TileState, tileState, wholeState } from "@/components/kit/tileState";
import { endAll } from "@/components/live/endAll";
import { useLive } from "@/components/live/LiveProvider";
import type { Connection, LiveData, PointView } from "@/components/live/store";
import type { PointId } from "@/lib/ids";

const LINK: Record<Connection["state"], Link> = {
  live: "live",
  connecting: "connecting",
  silent: "lost",
  offline: "lost",
  refused: "lost",
};

/** Whether the connection is lost, so that values may be out of date. */
export const isLost = (connection: Connection): boolean => LINK[connection.state] === "lost";

export const stateOf = (
  { info, value, at, status, command }: PointView,
  { connection, brokers }: Pick<LiveData, "connection" | "brokers">,
): TileState =>
  tileState(
    { point: info, value, at, status, command, broker: brokers.find(({ id }) => id === info.broker)?.name },
    LINK[connection.state],
  );

interface StateSeen {
  points: readonly (PointView | undefined)[];
  connection: Connection;
  state: TileState | undefined;
}

const NONE: readonly PointId[] = [];

/**
 * The state of a point's tile; `others` are the other points of its whole. The same object while the state stays the same, so a reading
 * that changes only the value renders nothing here.
 */
export function useTileState(id: PointId | undefined, others: readonly PointId[] = NONE): TileState | undefined {
  const seen = useRef<StateSeen | undefined>(undefined);
  const painted = useRef<StateSeen | undefined>(undefined);
  const { store } = useLive();
  const get = useCallback(() => look(store.getState(), id, others, seen), [store, id, others]);
  // Tiles hydrate one after the other, so values may have changed since the server rendered the page.
  const getPainted = useCallback(() => look(store.getInitialState(), id, others, painted), [store, id, others]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const points = id === undefined ? others : [id, ...others];
      return endAll(store.onConnection(listener), ...points.map((point) => store.onPoint(point, listener)));
    },
    [store, id, others],
  );
  return useSyncExternalStore(subscribe, get, getPainted);
}

function look(
  page: LiveData,
  id: PointId | undefined,
  others: readonly PointId[],
  seen: { current: StateSeen | undefined },
): TileState | undefined {
  const { points, connection } = page;
  const point = id === undefined ? undefined : points.get(id);
  const before = seen.current;
  const same =
    before?.connection === connection &&
    before.points[0] === point &&
    before.points.length === others.length + 1 &&
    others.every((other, i) => before.points[i + 1] === points.get(other));
  if (before && same) return before.state;
  const beside = others.map((other) => points.get(other));
  const main = point && stateOf(point, page);
  const next =
    main && others.length > 0
      ? wholeState(
          main,
          beside.flatMap((one) => (one ? stateOf(one, page) : [])),
        )
      : main;
  const state = sameState(before?.state, next) ? before?.state : next;
  seen.current = { points: [point, ...beside], connection, state };
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
