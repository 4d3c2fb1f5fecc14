"use client";

import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import uPlot from "uplot";
import { useLive } from "../live/LiveProvider";
import { pageTimers } from "../live/timers";
import type { Crosshair } from "./crosshair";
import { drawLanes, drawMarks, drawNotRecorded, drawThresholds, type Mark } from "./draw";
import type { Feed } from "./feed";
import { createGestureSpan } from "./gestureSpan";
import { listen } from "./gestures";
import type { Line } from "./lines";
import { nextPlace } from "./nextPlace";
import { createOnCanvas } from "./onCanvas";
import { firstsOf, type Picture } from "./picture";
import { plotOptions } from "./plotOptions";
import { type Comparison, comparedWith, pan, type Span, seenOf, selected, timeRangeOf, zoom } from "./span";
import { onThemeChange, readTheme } from "./theme";
import { underCursor } from "./underCursor";
import { serverNow } from "./useFeed";

export interface PlotProps {
  feed: Feed;
  crosshair: Crosshair;
  lines: readonly Line[];
  span: Span;
  /** Undefined: the span is fixed, and gestures only move the crosshair. */
  onSpan?: ((span: Span) => void) | undefined;
  onReset?: (() => void) | undefined;
  compare?: Comparison;
  marks?: readonly Mark[];
  height: number;
  locale: string;
  zone: string;
  /** The accessible name: the chart in words. */
  summary: string;
  writeState(line: Line, value: Picture["lanes"][number][number]["value"]): string;
}

/** Focus by a click shows no focus ring. (TypeScript's DOM types do not have `focusVisible` yet.) */
const QUIETLY = { preventScroll: true, focusVisible: false } as FocusOptions;

/** The crosshair snaps to a reading within this distance in pixels. */
const NEAR = 14;
/** The steps of the keys: a zoom factor, and a share of the width. */
const KEY_ZOOM = 0.7;
const KEY_PAN = 0.25;

/**
 * uPlot as a component. The plot is created again when its lines, theme or comparison change; data, span and size are set on the existing
 * one. Live readings go from the feed to the canvas without rendering by React.
 */
export function Plot(props: PlotProps) {
  const { feed, crosshair, lines, span, onSpan, compare = "none", height, locale, zone, summary } = props;
  const live = useLive();
  const root = useRef<HTMLDivElement>(null);
  const plot = useRef<{ u: uPlot; redraw(): void; visible: boolean }>(undefined);
  const latest = useRef(props);
  const [gesture] = useState(() =>
    createGestureSpan({
      after: pageTimers.after,
      onFrame: (run) => requestAnimationFrame(run),
      draw: () => plot.current?.redraw(),
      onPause: (span) => latest.current.onSpan?.(span),
    }),
  );
  useEffect(() => {
    latest.current = gesture.span ? { ...props, span: gesture.span } : props;
  });
  const zoomable = onSpan !== undefined;
  const structure = JSON.stringify(
    lines.map((l) => [l.point.id, l.kind, l.slot, l.scale, l.label, l.point.thresholds]),
  );
  const compared = compare !== "none";

  const now = () => serverNow(live);
  /** The visible part of the span, which gestures move. */
  const seen = (at: number): Span => seenOf(latest.current.span, firstsOf(feed.get(), latest.current.lines), at);
  const move = (change: (span: Span, now: number) => Span) => {
    if (!latest.current.onSpan) return;
    const next = change(seen(now()), now());
    latest.current = { ...latest.current, span: next };
    gesture.move(next);
  };
  const reset = () => {
    gesture.drop();
    latest.current.onReset?.();
  };
  useEffect(() => gesture.drop, [gesture]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `structure` stands for the lines; what moves is read when it is drawn
  useEffect(() => {
    const box = root.current;
    if (!box) return;
    let made: { destroy(): void } | undefined;
    const make = () => {
      made?.destroy();
      made = mount(box);
    };
    make();
    const undo = onThemeChange(make);
    return () => {
      undo();
      made?.destroy();
      plot.current = undefined;
    };

    function mount(host: HTMLDivElement) {
      const theme = readTheme(host);
      const numbers = lines.filter((line) => line.kind === "number");
      const states = lines.filter((line) => line.kind === "state");
      const canvas = createOnCanvas(lines, compared);
      const laneDrawings = () =>
        states.map((line, i) => ({
          label: line.label,
          colour: theme.lines[line.slot] ?? theme.ink2,
          intervals: canvas.picture?.lanes[i] ?? [],
          write: (value: Parameters<PlotProps["writeState"]>[1]) => latest.current.writeState(line, value),
        }));

      const u = new uPlot(
        plotOptions({
          lines,
          compared,
          theme,
          width: Math.max(120, host.clientWidth),
          height: latest.current.height,
          locale,
          zone,
          zoomable,
          stepped: (number) => canvas.picture !== undefined && canvas.picture.limits[number] === undefined,
          moving: () => latest.current.span.kind === "last",
          hooks: {
            drawClear: [(self) => drawBands(self)],
            draw: [
              (self) => {
                drawLanes(self, laneDrawings(), numbers.length, theme);
                drawMarks(self, latest.current.marks ?? [], theme);
              },
            ],
            setCursor: [(self) => crosshair.set(crosshairOf(self))],
            setSelect: [
              (self) => {
                const { left, width } = self.select;
                if (width < 5) return;
                const [a, b] = [self.posToVal(left, "x"), self.posToVal(left + width, "x")];
                self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
                move((_span, at) => selected(a, b, at));
              },
            ],
          },
        }),
        [[]],
        host,
      );
      u.over.style.touchAction = zoomable ? "pan-y" : "auto";

      /** Only the thresholds of the first number: those of several lines could not be distinguished. */
      function drawBands(self: uPlot) {
        const [first] = numbers;
        if (first) drawThresholds(self, first.scale, first.point.thresholds, theme, states.length);
        drawNotRecorded(self, canvas.picture?.notRecorded ?? [], theme);
      }

      function crosshairOf(self: uPlot) {
        const { idx, idxs, left } = self.cursor;
        const { picture } = canvas;
        if (left == null || left < 0 || !picture) return undefined;
        const there = self.posToVal(left, "x");
        const reach = self.posToVal(left + NEAR, "x") - there;
        const { columns } = feed.get();
        return underCursor({ lines, picture, data: self.data, columns, now: now() }, { there, reach, idx, idxs });
      }

      function draw() {
        const at = now();
        const view = timeRangeOf(seen(at), at);
        const data = canvas.refresh(feed.get(), live.store.getState().points, view, at);
        u.batch(() => {
          if (data) u.setData(data as uPlot.AlignedData, false);
          u.setScale("x", { min: view.from, max: view.to });
        });
      }

      const mine = { u, visible: true, redraw: () => (mine.visible ? draw() : undefined) };
      plot.current = mine;
      const size = new ResizeObserver(() => {
        if (host.clientWidth > 0 && host.clientWidth !== u.width) {
          u.setSize({ width: host.clientWidth, height: latest.current.height });
          ask(host.clientWidth);
        }
      });
      size.observe(host);
      const sight = new IntersectionObserver(([entry]) => {
        mine.visible = entry?.isIntersecting ?? true;
        mine.redraw();
      });
      sight.observe(host);
      const unsubscribe = feed.subscribe(mine.redraw);
      const hands = zoomable
        ? listen(u.over, {
            zoom: (factor, around) => move((s, at) => zoom(s, factor, around, at)),
            pan: (share) => move((s, at) => pan(s, share, at)),
            reset,
          })
        : () => undefined;
      ask(host.clientWidth);
      draw();
      return {
        destroy() {
          size.disconnect();
          sight.disconnect();
          unsubscribe();
          hands();
          crosshair.set(undefined);
          u.destroy();
        },
      };
    }
  }, [feed, crosshair, structure, compared, zoomable, locale, zone]);

  /** Requests the visible data from the feed. Widths are rounded, so that a few pixels more are not a new request. */
  const ask = useEffectEvent((pixels: number) => {
    const { span: shown, compare: how = "none" } = latest.current;
    const view = timeRangeOf(shown, now());
    feed.show({
      ...view,
      points: lines.map((line) => line.point.id),
      width: Math.max(200, Math.ceil(pixels / 100) * 100),
      before: comparedWith(view, how, zone),
      moving: shown.kind === "last",
    });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another span, comparison or height is what this is for
  useEffect(() => {
    const mine = plot.current;
    if (!mine) return;
    if (mine.u.height !== height) mine.u.setSize({ width: mine.u.width, height });
    mine.redraw();
    ask(mine.u.width);
  }, [span, compare, height, structure, props.marks]);

  // A moving span advances even without new readings.
  useEffect(() => {
    if (span.kind !== "last") return;
    const every = Math.min(60_000, Math.max(1000, span.ms / 600));
    const timer = setInterval(() => plot.current?.redraw(), every);
    return () => clearInterval(timer);
  }, [span]);

  const onKeyDown = (event: KeyboardEvent) => {
    const u = plot.current?.u;
    if (!u) return;
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act.needsZoom && !zoomable) return;
    event.preventDefault();
    act.run(u, event.shiftKey);
  };

  const step = (u: uPlot, by: number) => {
    const times = u.data[0] ?? [];
    const { min, max } = u.scales.x ?? {};
    const idx = nextPlace(u.cursor.idx, by, [u.valToIdx(min ?? 0), u.valToIdx(max ?? 0)]);
    const at = times[idx];
    if (at === undefined) return;
    u.setCursor({ left: u.valToPos(at, "x"), top: u.bbox.height / 4 });
    const state = crosshair.get();
    if (state) crosshair.set({ ...state, said: true });
  };

  const KEYS: Record<string, { needsZoom?: boolean; run(u: uPlot, shift: boolean): void }> = {
    ArrowLeft: { run: (u, shift) => step(u, shift ? -10 : -1) },
    ArrowRight: { run: (u, shift) => step(u, shift ? 10 : 1) },
    "+": { needsZoom: true, run: () => move((s, at) => zoom(s, KEY_ZOOM, 0.5, at)) },
    "=": { needsZoom: true, run: () => move((s, at) => zoom(s, KEY_ZOOM, 0.5, at)) },
    "-": { needsZoom: true, run: () => move((s, at) => zoom(s, 1 / KEY_ZOOM, 0.5, at)) },
    PageUp: { needsZoom: true, run: () => move((s, at) => pan(s, -KEY_PAN, at)) },
    PageDown: { needsZoom: true, run: () => move((s, at) => pan(s, KEY_PAN, at)) },
    Home: { needsZoom: true, run: reset },
    Escape: { run: (u) => u.setCursor({ left: -10, top: -10 }) },
  };

  return (
    // The arrow keys move the crosshair, whose values are announced.
    <div
      ref={root}
      className="plot"
      role="img"
      aria-label={summary}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onKeyDown={onKeyDown}
      onMouseDown={(event) => event.currentTarget.focus(QUIETLY)}
      style={{ height }}
    />
  );
}
