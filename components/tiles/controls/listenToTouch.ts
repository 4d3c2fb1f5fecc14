import { moveDrag, placeOfFinger, startDrag, THUMB_PX, type TouchDrag } from "./touchDrag";

interface Slide {
  /** The value of the thumb while nobody moves it; undefined: no value is known. */
  place(): number | undefined;
  /** Called when the input's value follows the finger. */
  moved(): void;
  /** Called when the finger is lifted after a drag. */
  release(): void;
  /** Called when a drag is abandoned. */
  restore(): void;
}

/**
 * Handles fingers and pens on a native range input. Browsers move the input as soon as a finger touches it, and commit that when the
 * finger is lifted, even if the page was scrolled in between (`touch-action: pan-y` changes neither). So while a finger is down, the
 * browser's changes are undone, and only what `touchDrag.ts` recognises as a drag counts.
 */
export function listenToTouch(input: HTMLInputElement, { place, moved, release, restore }: Slide) {
  /** True from the finger's touch until the browser has fired all its own events for it. */
  let owned = false;
  let disowning: ReturnType<typeof setTimeout> | undefined;
  let drag: TouchDrag | undefined;

  const undo = (): void => {
    input.value = String(place() ?? input.min);
  };
  const giveUp = (): void => {
    const slid = drag?.phase === "sliding";
    drag = undefined;
    if (!slid) return;
    undo();
    restore();
  };
  const follow = (now: TouchDrag, x: number): void => {
    const [low, high] = [Number(input.min), Number(input.max)];
    // The input itself keeps the value on the scale's steps.
    input.value = String(low + placeOfFinger(now, x) * (high - low));
  };
  /** The finger's last position. */
  let x = 0;

  const listeners = {
    pointerdown(event: PointerEvent) {
      clearTimeout(disowning);
      owned = event.pointerType !== "mouse";
      if (!owned) return;
      // Prevents the mouse events that follow a tap (Pointer Events 3, 11.3): they would move the thumb.
      event.preventDefault();
      if (!event.isPrimary) return giveUp();
      if (!input.disabled) drag = startDrag({ x: event.clientX, y: event.clientY }, boxOf(input, place()));
    },
    pointermove(event: PointerEvent) {
      if (!drag || !event.isPrimary) return;
      const next = moveDrag(drag, { x: event.clientX, y: event.clientY });
      if (next.phase === "abandoned") return giveUp();
      drag = next;
      if (drag.phase !== "sliding") return;
      x = event.clientX;
      follow(drag, x);
      moved();
    },
    pointerup(event: PointerEvent) {
      if (!drag || !event.isPrimary) return;
      const { phase } = drag;
      drag = undefined;
      if (phase === "sliding") release();
      else if (phase === "undecided") openTile(input);
    },
    pointercancel: giveUp,
    input() {
      if (!owned) return;
      if (drag?.phase === "sliding") follow(drag, x);
      else undo();
    },
    keydown() {
      owned = false;
    },
    touchend: disown,
    touchcancel: disown,
  };
  function disown(event: TouchEvent): void {
    if (event.targetTouches.length > 0) return;
    // The browser fires its own `input` and `change` after this event's listeners.
    disowning = setTimeout(() => {
      owned = false;
    });
  }

  for (const [name, listener] of Object.entries(listeners)) input.addEventListener(name, listener as EventListener);
  return {
    ownsValue: () => owned,
    stop() {
      clearTimeout(disowning);
      for (const [name, listener] of Object.entries(listeners))
        input.removeEventListener(name, listener as EventListener);
    },
  };
}

/** A tap moves nothing. Where the slider is the whole tile, it is a tap on the tile. */
function openTile(input: HTMLInputElement): void {
  if (getComputedStyle(input.parentElement ?? input).position === "absolute")
    input.closest(".tile")?.querySelector<HTMLElement>("a.tile-title")?.click();
}

function boxOf(input: HTMLInputElement, place: number | undefined) {
  const { left, width } = input.getBoundingClientRect();
  const [low, high] = [Number(input.min), Number(input.max)];
  const share = place === undefined ? undefined : Math.min(1, Math.max(0, (place - low) / (high - low)));
  const thumb = share === undefined ? undefined : left + THUMB_PX / 2 + share * (width - THUMB_PX);
  return { left, width, thumb };
}
