import type { PointId } from "@/lib/ids";
import { type Columns, valueAt } from "./columns";
import type { CrosshairState, Under } from "./crosshair";
import type { Line } from "./lines";
import type { Picture } from "./picture";
import { seriesOf } from "./series";

/** The data on the canvas. */
export interface Drawn {
  lines: readonly Line[];
  picture: Pick<Picture, "lanes" | "limits">;
  /** By series, times first. */
  data: readonly ArrayLike<number | null | undefined>[];
  /** History with live readings, by point. */
  columns: ReadonlyMap<PointId, Columns>;
  now: number;
}

/** uPlot's cursor: its time, and the distance within which it snaps to a reading, in epoch ms. */
export interface Cursor {
  there: number;
  reach: number;
  /** The nearest index on the time axis, and the nearest one of each series. */
  idx: number | null | undefined;
  idxs: readonly (number | null | undefined)[] | undefined;
}

/** The values at the cursor, by line: at a reading if one is near, else at the cursor itself. Values that were not reported are omitted. */
export function underCursor(drawn: Drawn, { there, reach, idx, idxs }: Cursor): CrosshairState {
  const { lines, picture, data, columns, now } = drawn;
  const times = data[0] ?? [];
  const numbers = lines.filter((line) => line.kind === "number");
  const states = lines.filter((line) => line.kind === "state");
  const near = idx == null ? undefined : times[idx];
  const at = near != null && Math.abs(near - there) <= reach && numbers.length > 0 ? near : there;

  /** The value of a series at the nearest reading of another series, if that is near enough. */
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
    // The point reports only changes: a value is valid until the next one.
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
