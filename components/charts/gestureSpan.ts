import type { Cancel, Clock } from "@/lib/clock";
import type { Span } from "./span";

const PAUSE_MS = 90;

/** Makes gestures fast: the canvas follows them once a frame, and React gets the span when they pause. */
export interface GestureSpan {
  /** The span of the current gesture, until React has it. */
  readonly span: Span | undefined;
  move(span: Span): void;
  /** Discards the span of the current gesture. */
  drop(): void;
}

export function createGestureSpan(parts: {
  after: Clock["after"];
  /** Calls once, before the next frame is painted. */
  onFrame(run: () => void): unknown;
  draw(): void;
  onPause(span: Span): void;
}): GestureSpan {
  let span: Span | undefined;
  let waiting = false;
  let cancelPause: Cancel | undefined;
  return {
    get span() {
      return span;
    },
    move(next) {
      span = next;
      cancelPause?.();
      cancelPause = parts.after(PAUSE_MS, () => {
        span = undefined;
        parts.onPause(next);
      });
      if (waiting) return;
      waiting = true;
      parts.onFrame(() => {
        waiting = false;
        parts.draw();
      });
    },
    drop() {
      cancelPause?.();
      span = undefined;
    },
  };
}
