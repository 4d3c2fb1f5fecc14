"use client";

import { useEffect, useState } from "react";
import { useLive } from "@/components/live/LiveProvider";
import type { LiveData } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import { isInFlight, isUnsettled } from "@/lib/inFlight";

/**
 * Of several points the one whose command is news: the foot of a tile tells of one. A command that waits, or was not confirmed, keeps
 * the word while another is confirmed. Undefined: none of them was ever asked for anything.
 */
export function useSpoken(ids: readonly PointId[]): PointId | undefined {
  const { store } = useLive();
  const [spoken, setSpoken] = useState(() => newest(store.getInitialState(), ids));
  useEffect(() => {
    setSpoken((before) => (before !== undefined && ids.includes(before) ? before : newest(store.getState(), ids)));
    return store.subscribe((now, then) => {
      if (now.points === then.points && now.gestures === then.gestures) return;
      for (const id of ids) if (changed(now, then, id)) setSpoken((before) => next(now, before, id, ids));
    });
  }, [store, ids]);
  return spoken;
}

type CommandData = Pick<LiveData, "points" | "gestures">;

function newest({ points }: CommandData, ids: readonly PointId[]): PointId | undefined {
  let best: PointId | undefined;
  let bestAt = 0;
  for (const id of ids) {
    const command = points.get(id)?.command;
    // What a person must still read comes before all that was confirmed.
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

function changed(now: CommandData, then: CommandData, id: PointId): boolean {
  const gesture = now.gestures.get(id);
  if (gesture && gesture !== then.gestures.get(id)) return true;
  const command = now.points.get(id)?.command;
  return command !== undefined && command !== then.points.get(id)?.command;
}

function keeps({ points, gestures }: CommandData, spoken: PointId | undefined, other: PointId): boolean {
  if (spoken === undefined || spoken === other) return false;
  const own = points.get(spoken)?.command;
  const waits =
    gestures.get(spoken)?.phase === "asking" || (own !== undefined && (isInFlight(own) || isUnsettled(own)));
  return waits && !gestures.has(other) && points.get(other)?.command?.state === "confirmed";
}
