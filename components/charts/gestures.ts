/**
 * Gestures on a chart: Ctrl or ⌘ with the wheel and two fingers zoom, one finger or Shift and the mouse pan, a double click resets. The
 * wheel alone scrolls the page. (Dragging the mouse selects a range, which uPlot handles.) Shares are of the plot's width, 0 at the left.
 */
export interface Moves {
  zoom(factor: number, around: number): void;
  /** Positive is later. */
  pan(share: number): void;
  reset(): void;
}

const WHEEL = 0.0022;
const PINCH_PIXELS = 50;
export function listen(over: HTMLElement, moves: Moves): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const share = (clientX: number): number => {
    const { left, width } = over.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width)));
  };

  over.addEventListener(
    "wheel",
    (event) => {
      const line = event.deltaMode === 1 ? 16 : 1;
      const [dx, dy] = [event.deltaX * line, event.deltaY * line];
      // A touchpad's pinch is a wheel event with ctrlKey, in much smaller steps than a mouse wheel's.
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const pinch = Math.abs(dy) < PINCH_PIXELS ? 4 : 1;
        moves.zoom(Math.exp(Math.max(-300, Math.min(300, dy)) * WHEEL * pinch), share(event.clientX));
      } else if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) {
        event.preventDefault();
        moves.pan((event.shiftKey && dx === 0 ? dy : dx) / over.clientWidth);
      }
    },
    { passive: false, signal },
  );

  const fingers = new Map<number, number>();
  over.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType !== "mouse") fingers.set(event.pointerId, event.clientX);
    },
    { signal },
  );
  over.addEventListener(
    "pointermove",
    (event) => {
      const before = fingers.get(event.pointerId);
      if (before === undefined) return;
      const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, x]) => x);
      fingers.set(event.pointerId, event.clientX);
      const other = others[0];
      if (other === undefined) {
        moves.pan((before - event.clientX) / over.clientWidth);
        return;
      }
      const [apart, now] = [Math.abs(before - other), Math.abs(event.clientX - other)];
      if (apart > 8 && now > 8) moves.zoom(apart / now, share((event.clientX + other) / 2));
    },
    { signal },
  );
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const)
    window.addEventListener(end, (event) => fingers.delete((event as PointerEvent).pointerId), { signal });

  // Shift and the mouse: in the capture phase, before uPlot's own listener, which would select.
  over.addEventListener(
    "mousedown",
    (event) => {
      if (!event.shiftKey || event.button !== 0) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      let x = event.clientX;
      const dragging = new AbortController();
      const until = { signal: dragging.signal };
      signal.addEventListener("abort", () => dragging.abort(), until);
      window.addEventListener(
        "mousemove",
        (move) => {
          moves.pan((x - move.clientX) / over.clientWidth);
          x = move.clientX;
        },
        until,
      );
      window.addEventListener("mouseup", () => dragging.abort(), until);
    },
    { capture: true, signal },
  );
  over.addEventListener("dblclick", moves.reset, { signal });
  return () => abort.abort();
}
