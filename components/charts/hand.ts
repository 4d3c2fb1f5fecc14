import type { Cancel, Clock } from "@/lib/clock";
import type { Span } from "./span";

const REST_MS = 90;

/** Makes gestures fast: the canvas follows them once a frame, and React gets the span when they pause. */
export interface Hand {
  /** The span of the current gesture, until React has it. */
  readonly span: Span | undefined;
  move(span: Span): void;
  /** Discards the span of the current gesture. */
  drop(): void;
}

export function createHand(parts: {
  after: Clock["after"];
  /** Calls once, before the next frame is painted. */
  onFrame(run: () => void): unknown;
  draw(): void;
  tell(span: Span): void;
}): Hand {
  let span: Span | undefined;
  let waiting = false;
  let rest: Cancel | undefined;
  return {
    get span() {
      return span;
    },
    move(next) {
      span = next;
      rest?.();
      rest = parts.after(REST_MS, () => {
        span = undefined;
        parts.tell(next);
      });
      if (waiting) return;
      waiting = true;
      parts.onFrame(() => {
        waiting = false;
        parts.draw();
      });
    },
    drop() {
      rest?.();
      span = undefined;
    },
  };
}
