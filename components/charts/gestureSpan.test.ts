import { expect, test } from "vitest";
import { createGestureSpan } from "./gestureSpan";
import type { Span } from "./span";

/** A gesture whose time and frames the test controls. */
function setUp() {
  const due: { at: number; run: () => void }[] = [];
  const frames: (() => void)[] = [];
  const told: Span[] = [];
  let now = 0;
  let drawn = 0;
  const gesture = createGestureSpan({
    after(ms, run) {
      const timer = { at: now + ms, run };
      due.push(timer);
      return () => void due.splice(due.indexOf(timer), due.includes(timer) ? 1 : 0);
    },
    onFrame: (run) => frames.push(run),
    draw: () => void drawn++,
    onPause: (span) => told.push(span),
  });
  return {
    gesture,
    told,
    drawn: () => drawn,
    frame: () => frames.splice(0).forEach((run) => void run()),
    pass(ms: number) {
      now += ms;
      for (const timer of due.filter(({ at }) => at <= now)) {
        due.splice(due.indexOf(timer), 1);
        timer.run();
      }
    },
  };
}
const span = (ms: number): Span => ({ kind: "last", ms });

test("the canvas follows a gesture once a frame, and the page gets the span once, when the gesture pauses", () => {
  const h = setUp();
  for (const ms of [1, 2, 3]) h.gesture.move(span(ms));
  expect(h.gesture.span).toEqual(span(3));
  expect(h.drawn()).toBe(0);
  h.frame();
  expect(h.drawn()).toBe(1);
  h.pass(60);
  h.gesture.move(span(4));
  h.pass(60);
  expect(h.told).toEqual([]);
  h.frame();
  h.pass(30);
  expect([h.drawn(), h.told, h.gesture.span]).toEqual([2, [span(4)], undefined]);
});

test("what was moved is forgotten when the chart goes back or is gone: the page is not told later", () => {
  const h = setUp();
  h.gesture.move(span(1));
  h.gesture.drop();
  h.pass(1000);
  expect([h.told, h.gesture.span]).toEqual([[], undefined]);
  h.frame();
  h.gesture.move(span(2));
  h.frame();
  expect(h.drawn()).toBe(2);
});
