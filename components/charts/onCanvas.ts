import type { PointId } from "@/lib/ids";
import type { PointView } from "../live/store";
import type { Cell } from "./align";
import type { FeedState } from "./feed";
import type { Line } from "./lines";
import { type Picture, pictureOf } from "./picture";
import type { TimeRange } from "./span";

/** After this time the picture is made again even without new readings, so that the newest values are extended to now. */
const OLD_MS = 900;

/** Caches the picture that is on the canvas. */
export interface OnCanvas {
  readonly picture: Picture | undefined;
  /** The data of a new picture if the current one is outdated, else undefined. */
  refresh(
    state: FeedState,
    points: ReadonlyMap<PointId, PointView>,
    view: TimeRange,
    now: number,
  ): Picture["data"] | undefined;
}

/** `compared`: the chart has series for a compared span. */
export function createOnCanvas(lines: readonly Line[], compared: boolean): OnCanvas {
  const numbers = lines.filter((line) => line.kind === "number").length;
  const series = 1 + numbers * (compared ? 4 : 3);
  let picture: Picture | undefined;
  let made: { state: FeedState; at: number } | undefined;
  return {
    get picture() {
      return picture;
    },
    refresh(state, points, { from, to }, now) {
      // `now` is the server's wall clock, which may be set back.
      if (picture && made?.state === state && Math.abs(now - made.at) <= OLD_MS) return undefined;
      // Wider than the visible range, so that panning does not need a new picture.
      const around = { from: from - (to - from), to: to + (to - from) };
      picture = pictureOf(lines, state, points, around, now);
      made = { state, at: now };
      // While another comparison is loading, the number of columns may differ.
      const [times, ...columns] = picture.data;
      const fitting = Array.from(
        { length: series - 1 },
        (_, i) => columns[i] ?? new Array<Cell>(times.length).fill(undefined),
      );
      return [times, ...fitting];
    },
  };
}
