/** Where a finger is, in CSS pixels of the viewport. */
export interface Finger {
  x: number;
  y: number;
}

/** The slider under the finger, measured when the finger came down. */
export interface TrackBox {
  left: number;
  width: number;
  /** The thumb's middle, viewport pixels; undefined while no value is known and so no thumb is drawn. */
  thumb: number | undefined;
}

export type TouchPhase = "undecided" | "sliding" | "abandoned";

export interface TouchDrag {
  readonly phase: TouchPhase;
  readonly start: Finger;
  readonly box: TrackBox;
  /** From the thumb's middle to the finger, where the drag began on the thumb: it does not jump under the finger then. */
  readonly grip: number;
  readonly slop: number;
}

/** The thumb's width in controls.css. */
export const THUMB_PX = 26;
/** Half of the smallest comfortable target (44 px): a press this near takes hold of the thumb. */
const GRAB_PX = 22;
/** Less is how a finger that scrolls begins. */
const SLOP_PX = 8;
/** On the thumb a sideways movement is meant. */
const THUMB_SLOP_PX = 3;
/** A finger that has left the track this far up or down has changed its mind, as with the scrollbars of desktops. */
const AWAY_PX = 64;

export function startDrag(start: Finger, box: TrackBox): TouchDrag {
  const distance = box.thumb === undefined ? Number.POSITIVE_INFINITY : start.x - box.thumb;
  const onThumb = Math.abs(distance) <= GRAB_PX;
  return { phase: "undecided", start, box, grip: onThumb ? distance : 0, slop: onThumb ? THUMB_SLOP_PX : SLOP_PX };
}

/** A drag is decided once: sideways it slides, up or down it belongs to the page. */
export function moveDrag(drag: TouchDrag, at: Finger): TouchDrag {
  const across = Math.abs(at.x - drag.start.x);
  const along = Math.abs(at.y - drag.start.y);
  if (drag.phase === "undecided") {
    if (across > drag.slop && across > along) return { ...drag, phase: "sliding" };
    return along > SLOP_PX ? { ...drag, phase: "abandoned" } : drag;
  }
  return drag.phase === "sliding" && along > AWAY_PX && along > across ? { ...drag, phase: "abandoned" } : drag;
}

/** Where the thumb goes, 0 to 1: its middle travels from half a thumb behind one end to half a thumb before the other. */
export function placeOfFinger({ box, grip }: Pick<TouchDrag, "box" | "grip">, x: number): number {
  const travel = box.width - THUMB_PX;
  if (travel <= 0) return 0;
  return Math.min(1, Math.max(0, (x - grip - box.left - THUMB_PX / 2) / travel));
}
