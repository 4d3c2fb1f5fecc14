import type { Cancel, Clock } from "@/lib/clock";
import type { Span } from "./span";

const REST_MS = 90;

/** Hands are quicker than React: the canvas follows them once a frame, and the page is told when they rest. */
export interface Hand {
  /** Where a hand has moved the chart and the page does not know it yet. */
  readonly span: Span | undefined;
  move(span: Span): void;
  /** Forgets where it has moved the chart. */
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
