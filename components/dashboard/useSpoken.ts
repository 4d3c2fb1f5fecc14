"use client";

import { useEffect, useState } from "react";
import { endAll } from "@/components/live/endAll";
import { useLive } from "@/components/live/LiveProvider";
import type { LiveData } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import { isInFlight, isUnsettled } from "@/lib/inFlight";

/**
 * The point whose command the foot of a composite tile shows, since it shows only one: the newest. A command that is in flight or
 * unconfirmed is not replaced when another one is confirmed. Undefined: none of the points has had a command.
 */
export function useSpoken(ids: readonly PointId[]): PointId | undefined {
  const { store } = useLive();
  const [spoken, setSpoken] = useState(() => newest(store.getInitialState(), ids));
  useEffect(() => {
    setSpoken((before) => (before !== undefined && ids.includes(before) ? before : newest(store.getState(), ids)));
    const seen = new Map(ids.map((id) => [id, newsOf(store.getState(), id)]));
    const look = (): void => {
      const now = store.getState();
      for (const id of ids) {
        const [before, news] = [seen.get(id), newsOf(now, id)];
        seen.set(id, news);
        const gestured = news.gesture !== undefined && news.gesture !== before?.gesture;
        const commanded = news.command !== undefined && news.command !== before?.command;
        if (gestured || commanded) setSpoken((before) => next(now, before, id, ids));
      }
    };
    return endAll(store.onPage(look), ...ids.map((id) => store.onPoint(id, look)));
  }, [store, ids]);
  return spoken;
}

type CommandData = Pick<LiveData, "points" | "gestures">;

function newest({ points }: CommandData, ids: readonly PointId[]): PointId | undefined {
  let best: PointId | undefined;
  let bestAt = 0;
  for (const id of ids) {
    const command = points.get(id)?.command;
    // Commands that a person must still read come before all confirmed ones.
    const at = command ? command.at + (isUnsettled(command) ? UNREAD : 0) : 0;
    if (at > bestAt) [best, bestAt] = [id, at];
  }
  return best;
}

const UNREAD = 1e15;

function next(
  now: CommandData,
  before: PointId | undefined,
  id: PointId,
  ids: readonly PointId[],
): PointId | undefined {
  if (keeps(now, before, id)) return before;
  return now.points.get(id)?.command?.dismissed ? newest(now, ids) : id;
}

const newsOf = ({ points, gestures }: CommandData, id: PointId) => ({
  command: points.get(id)?.command,
  gesture: gestures.get(id),
});

function keeps({ points, gestures }: CommandData, spoken: PointId | undefined, other: PointId): boolean {
  if (spoken === undefined || spoken === other) return false;
  const own = points.get(spoken)?.command;
  const waits =
    gestures.get(spoken)?.phase === "asking" || (own !== undefined && (isInFlight(own) || isUnsettled(own)));
  return waits && !gestures.has(other) && points.get(other)?.command?.state === "confirmed";
}
