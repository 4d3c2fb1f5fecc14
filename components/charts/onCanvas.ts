import type { PointId } from "@/lib/ids";
import type { PointView } from "../live/store";
import type { Cell } from "./align";
import type { FeedState } from "./feed";
import type { Line } from "./lines";
import { type Picture, pictureOf } from "./picture";
import type { Stretch } from "./span";

/** A picture is made anew after this long even where nothing comes: the newest values are drawn on to the present. */
const OLD_MS = 900;

/** The picture that is on the canvas. */
export interface OnCanvas {
  readonly picture: Picture | undefined;
  /** The data of another picture, where this one does not serve any more for what is seen; undefined: it does. */
  refresh(
    state: FeedState,
    points: ReadonlyMap<PointId, PointView>,
    view: Stretch,
    now: number,
  ): Picture["data"] | undefined;
}

/** `compared`: there are series for a span of the past. */
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
      // Wider than what is seen, so that a hand on it moves the picture and makes no new one.
      const around = { from: from - (to - from), to: to + (to - from) };
      picture = pictureOf(lines, state, points, around, now);
      made = { state, at: now };
      // The answer for another comparison is on its way: its columns are not these.
      const [times, ...columns] = picture.data;
      const fitting = Array.from(
        { length: series - 1 },
        (_, i) => columns[i] ?? new Array<Cell>(times.length).fill(undefined),
      );
      return [times, ...fitting];
    },
  };
}
