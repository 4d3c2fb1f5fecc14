import type { XY } from "./geo";

export interface Gestures {
  pan(dx: number, dy: number): void;
  /** Around this pixel of the element. */
  zoom(factor: number, at: XY): void;
}

/** The zoom factor of one unit of wheel movement. */
const NOTCH = 1.0015;

/**
 * One pointer moves the map, two zoom it. The wheel zooms only with Ctrl or ⌘ held, or while the map has the focus, so that scrolling
 * the page does not stop at a map. Returns the clean-up function.
 */
export function listen(element: HTMLElement, { pan, zoom }: Gestures): () => void {
  const pointers = new Map<number, XY>();
  const place = (event: MouseEvent): XY => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const spread = ([a, b]: XY[]) => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0);
  const middle = ([a, b]: XY[]): XY => (a && b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : { x: 0, y: 0 });

  const down = (event: PointerEvent): void => {
    if ((event.target as Element).closest("button")) return;
    pointers.set(event.pointerId, place(event));
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const old = [...pointers.values()];
    pointers.set(event.pointerId, place(event));
    const now = [...pointers.values()];
    if (now.length === 1) {
      const [to] = now as [XY];
      pan(to.x - before.x, to.y - before.y);
      return;
    }
    const [from, to] = [middle(old), middle(now)];
    pan(to.x - from.x, to.y - from.y);
    if (spread(old) > 0) zoom(spread(now) / spread(old), to);
  };
  const up = (event: PointerEvent): void => void pointers.delete(event.pointerId);
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return;
    event.preventDefault();
    zoom(NOTCH ** -event.deltaY, place(event));
  };

  const all = [
    ["pointerdown", down],
    ["pointermove", move],
    ["pointerup", up],
    ["pointercancel", up],
    ["wheel", wheel],
  ] as const;
  for (const [type, listener] of all) element.addEventListener(type, listener as EventListener, { passive: false });
  return () => {
    for (const [type, listener] of all) element.removeEventListener(type, listener as EventListener);
  };
}
