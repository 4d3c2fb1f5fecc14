import type { PointId } from "@/lib/ids";
import { type Columns, valueAt } from "./columns";
import type { CrosshairState, Under } from "./crosshair";
import type { Line } from "./lines";
import type { Picture } from "./picture";
import { seriesOf } from "./series";

/** What is on the canvas. */
export interface Drawn {
  lines: readonly Line[];
  picture: Pick<Picture, "lanes" | "limits">;
  /** By series, times first. */
  data: readonly ArrayLike<number | null | undefined>[];
  /** History and what came since, by point. */
  columns: ReadonlyMap<PointId, Columns>;
  now: number;
}

/** uPlot's cursor, with its place and the distance within which a reading counts as meant in epoch ms. */
export interface Cursor {
  there: number;
  reach: number;
  /** The nearest place on the axis of times, and the nearest of each series. */
  idx: number | null | undefined;
  idxs: readonly (number | null | undefined)[] | undefined;
}

/** What stands under the cursor, by line: on a reading where one is near, else where the hand is. What was not reported there is not told. */
export function underCursor(drawn: Drawn, { there, reach, idx, idxs }: Cursor): CrosshairState {
  const { lines, picture, data, columns, now } = drawn;
  const times = data[0] ?? [];
  const numbers = lines.filter((line) => line.kind === "number");
  const states = lines.filter((line) => line.kind === "state");
  const near = idx == null ? undefined : times[idx];
  const at = near != null && Math.abs(near - there) <= reach && numbers.length > 0 ? near : there;

  /** A series' value at the place of another series' nearest reading, where that is near enough. */
  const cell = (series: number, like: number, tolerance: number): number | undefined => {
    const i = idxs?.[like];
    const t = i == null ? undefined : times[i];
    return i == null || t == null || Math.abs(t - at) > tolerance ? undefined : (data[series]?.[i] ?? undefined);
  };

  function ofNumber({ point }: Line, number: number): Under {
    const { max, min, mean, past } = seriesOf(number, numbers.length);
    const limit = picture.limits[number];
    const tolerance = Math.max(reach, (limit ?? 0) / 2);
    const compared = cell(past, past, tolerance);
    const nearest = times[idxs?.[mean] ?? -1] ?? 0;
    if (limit !== undefined || Math.abs(nearest - at) <= reach)
      return {
        value: cell(mean, mean, tolerance),
        min: cell(min, mean, tolerance),
        max: cell(max, mean, tolerance),
        past: compared,
      };
    // It speaks on change: the value holds until the next one.
    const known = columns.get(point.id);
    return { value: known && at <= now ? valueAt(known, at) : undefined, past: compared };
  }

  const ofState = (lane: number): Under => ({
    value: picture.lanes[lane]?.find(({ from, to }) => from <= at && at < to)?.value,
  });
  const under = lines.map((line) =>
    line.kind === "state" ? ofState(states.indexOf(line)) : ofNumber(line, numbers.indexOf(line)),
  );
  return { at, under, said: false };
}
