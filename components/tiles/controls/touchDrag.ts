/** The position of a finger, in CSS pixels of the viewport. */
export interface Finger {
  x: number;
  y: number;
}

/** The slider under the finger, measured at the touch. */
export interface TrackBox {
  left: number;
  width: number;
  /** The middle of the thumb in viewport pixels; undefined while no value is known and no thumb is shown. */
  thumb: number | undefined;
}

export type TouchPhase = "undecided" | "sliding" | "abandoned";

export interface TouchDrag {
  readonly phase: TouchPhase;
  readonly start: Finger;
  readonly box: TrackBox;
  /** The distance from the thumb's middle to the finger, if the drag began on the thumb: the thumb must not jump to the finger. */
  readonly grip: number;
  readonly slop: number;
}

/** The thumb's width in controls.css. */
export const THUMB_PX = 26;
/** Half of the smallest comfortable target (44 px): a touch this near grabs the thumb. */
const GRAB_PX = 22;
/** A smaller movement may be the start of scrolling. */
const SLOP_PX = 8;
/** On the thumb, a smaller sideways movement is enough. */
const THUMB_SLOP_PX = 3;
/** A finger that moves this far above or below the track abandons the drag, as with desktop scrollbars. */
const AWAY_PX = 64;

export function startDrag(start: Finger, box: TrackBox): TouchDrag {
  const distance = box.thumb === undefined ? Number.POSITIVE_INFINITY : start.x - box.thumb;
  const onThumb = Math.abs(distance) <= GRAB_PX;
  return { phase: "undecided", start, box, grip: onThumb ? distance : 0, slop: onThumb ? THUMB_SLOP_PX : SLOP_PX };
}

/** A drag is decided once: sideways it moves the slider, up or down it scrolls the page. */
export function moveDrag(drag: TouchDrag, at: Finger): TouchDrag {
  const across = Math.abs(at.x - drag.start.x);
  const along = Math.abs(at.y - drag.start.y);
  if (drag.phase === "undecided") {
    if (across > drag.slop && across > along) return { ...drag, phase: "sliding" };
    return along > SLOP_PX ? { ...drag, phase: "abandoned" } : drag;
  }
  return drag.phase === "sliding" && along > AWAY_PX && along > across ? { ...drag, phase: "abandoned" } : drag;
}

/** The value for a finger, 0 to 1. The thumb's middle travels from half a thumb after one end to half a thumb before the other. */
export function placeOfFinger({ box, grip }: Pick<TouchDrag, "box" | "grip">, x: number): number {
  const travel = box.width - THUMB_PX;
  if (travel <= 0) return 0;
  return Math.min(1, Math.max(0, (x - grip - box.left - THUMB_PX / 2) / travel));
}
