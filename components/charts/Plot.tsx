"use client";

import { type KeyboardEvent, useEffect, useEffectEvent, useRef } from "react";
import uPlot from "uplot";
import { useLive } from "../live/LiveProvider";
import { valueAt } from "./columns";
import type { Crosshair, Under } from "./crosshair";
import { drawLanes, drawMarks, drawThresholds, type Mark } from "./draw";
import type { Feed } from "./feed";
import { listen } from "./gestures";
import type { Line } from "./lines";
import { firstsOf, type Picture, pictureOf } from "./picture";
import { plotOptions, seriesOf } from "./plotOptions";
import { type Comparison, comparedWith, pan, type Span, seenOf, selected, stretchOf, zoom } from "./span";
import { onThemeChange, readTheme } from "./theme";
import { serverNow } from "./useFeed";

export interface PlotProps {
  feed: Feed;
  crosshair: Crosshair;
  lines: readonly Line[];
  span: Span;
  /** Absent: the span is fixed by whoever draws the chart, hands only move the crosshair. */
  onSpan?: ((span: Span) => void) | undefined;
  onReset?: (() => void) | undefined;
  compare?: Comparison;
  marks?: readonly Mark[];
  height: number;
  locale: string;
  zone: string;
  /** The accessible name: all of it in words. */
  summary: string;
  writeState(line: Line, value: Picture["lanes"][number][number]["value"]): string;
}

/** The ring is for whoever comes by keyboard. (`focusVisible` is newer than TypeScript's DOM.) */
const QUIETLY = { preventScroll: true, focusVisible: false } as FocusOptions;

const REST_MS = 90;
/** A reading this near to the crosshair, in pixels, is what it stands on. */
const NEAR = 14;
/** Steps of a key, as shares of the width. */
const KEY_ZOOM = 0.7;
const KEY_PAN = 0.25;

/**
 * uPlot in the page. It is made anew when its lines, theme or comparison change; data, span and size go into the one that is there.
 * What comes live goes from the feed to the canvas and renders nothing.
 */
export function Plot(props: PlotProps) {
  const { feed, crosshair, lines, span, onSpan, compare = "none", height, locale, zone, summary } = props;
  const live = useLive();
  const root = useRef<HTMLDivElement>(null);
  const plot = useRef<{ u: uPlot; redraw(): void; visible: boolean }>(undefined);
  const latest = useRef(props);
  const hand = useRef<{ span: Span; frame: number; tell: ReturnType<typeof setTimeout> }>(undefined);
  useEffect(() => {
    latest.current = hand.current ? { ...props, span: hand.current.span } : props;
  });
  const zoomable = onSpan !== undefined;
  const structure = JSON.stringify(
    lines.map((l) => [l.point.id, l.kind, l.slot, l.scale, l.label, l.point.thresholds]),
  );
  const compared = compare !== "none";

  const now = () => serverNow(live);
  /** What of the span is seen: hands move what the eye has before it. */
  const seen = (at: number): Span => seenOf(latest.current.span, firstsOf(feed.get(), latest.current.lines), at);
  /** Hands are quicker than React: the canvas follows once a frame, and the page is told when they rest. */
  const move = (change: (span: Span, now: number) => Span) => {
    if (!latest.current.onSpan) return;
    const next = change(seen(now()), now());
    latest.current = { ...latest.current, span: next };
    const before = hand.current;
    clearTimeout(before?.tell);
    hand.current = {
      span: next,
      frame: before?.frame || requestAnimationFrame(follow),
      tell: setTimeout(() => {
        hand.current = undefined;
        latest.current.onSpan?.(next);
      }, REST_MS),
    };
  };
  const follow = () => {
    if (hand.current) hand.current.frame = 0;
    plot.current?.redraw();
  };
  const reset = () => {
    clearTimeout(hand.current?.tell);
    hand.current = undefined;
    latest.current.onReset?.();
  };
  useEffect(() => () => clearTimeout(hand.current?.tell), []);

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
      let picture: Picture | undefined;
      const known = { state: feed.get(), at: Number.NEGATIVE_INFINITY };
      const laneDrawings = () =>
        states.map((line, i) => ({
          label: line.label,
          colour: theme.lines[line.slot] ?? theme.ink2,
          stretches: picture?.lanes[i] ?? [],
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
          stepped: (number) => picture !== undefined && picture.limits[number] === undefined,
          moving: () => latest.current.span.kind === "last",
          hooks: {
            drawClear: [(self) => drawBands(self)],
            draw: [
              (self) => {
                drawLanes(self, laneDrawings(), numbers.length, theme);
                drawMarks(self, latest.current.marks ?? [], theme);
              },
            ],
            setCursor: [(self) => crosshair.set(underCursor(self))],
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

      /** The washes of a scale whose lines agree on them: of several lines with thresholds of their own none could be told apart. */
      function drawBands(self: uPlot) {
        const first = numbers[0];
        if (!first) return;
        const same = numbers.filter((line) => line.scale === first.scale && line.point.thresholds?.length);
        if (same.length === 0 || (numbers.length > 1 && same[0] !== first)) return;
        drawThresholds(self, first.scale, first.point.thresholds, theme, states.length);
      }

      function underCursor(self: uPlot) {
        const { idx, left } = self.cursor;
        const times = self.data[0] ?? [];
        if (left == null || left < 0 || !picture) return undefined;
        const there = self.posToVal(left, "x");
        const reach = self.posToVal(left + NEAR, "x") - there;
        // On a reading where one is near, else where the hand is: what was not said there is not told.
        const near = idx == null ? undefined : times[idx];
        const at = near !== undefined && Math.abs(near - there) <= reach && numbers.length > 0 ? near : there;
        let number = 0;
        const under = lines.map((line): Under => {
          if (line.kind === "state")
            return { value: picture?.lanes[states.indexOf(line)]?.find((s) => s.from <= at && at < s.to)?.value };
          const { max, min, mean, past } = seriesOf(number, numbers.length);
          const limit = picture?.limits[number++];
          const cell = (series: number, like: number, tolerance: number) => {
            const i = self.cursor.idxs?.[like];
            const t = i == null ? undefined : times[i];
            return t === undefined || Math.abs(t - at) > tolerance
              ? undefined
              : (self.data[series]?.[i ?? 0] ?? undefined);
          };
          const tolerance = Math.max(reach, (limit ?? 0) / 2);
          const compared = cell(past, past, tolerance);
          if (limit !== undefined || Math.abs((times[self.cursor.idxs?.[mean] ?? -1] ?? 0) - at) <= reach)
            return {
              value: cell(mean, mean, tolerance),
              min: cell(min, mean, tolerance),
              max: cell(max, mean, tolerance),
              past: compared,
            };
          const columns = feed.get().columns.get(line.point.id);
          return { value: columns && at <= now() ? valueAt(columns, at) : undefined, past: compared };
        });
        return { at, under, said: false };
      }

      function draw() {
        const at = now();
        const view = stretchOf(seen(at), at);
        const state = feed.get();
        if (!picture || known.state !== state || at - known.at > 900) {
          // Wider than what is seen, so that a hand on it moves the picture and makes no new one.
          const wide = view.to - view.from;
          const around = { from: view.from - wide, to: view.to + wide };
          picture = pictureOf(lines, state, live.store.getState().points, around, at);
          Object.assign(known, { state, at });
          // A picture of another comparison is on its way: its columns are not these.
          const wanted = 1 + numbers.length * (compared ? 4 : 3);
          const data = picture.data.slice(0, wanted);
          while (data.length < wanted) data.push(new Array(data[0]?.length ?? 0).fill(undefined));
          u.batch(() => {
            u.setData(data as uPlot.AlignedData, false);
            u.setScale("x", { min: view.from, max: view.to });
          });
        } else u.setScale("x", { min: view.from, max: view.to });
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

  /** Tells the feed what is seen. Widths in steps, so that a few pixels more are not another question. */
  const ask = useEffectEvent((pixels: number) => {
    const { span: shown, compare: how = "none" } = latest.current;
    const view = stretchOf(shown, now());
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

  // The picture creeps on while nothing comes.
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
    const { min = 0, max = 0 } = u.scales.x ?? {};
    const first = u.valToIdx(min ?? 0);
    const last = u.valToIdx(max ?? 0);
    const from = u.cursor.idx ?? (by > 0 ? first - 1 : last + 1);
    const idx = Math.min(last, Math.max(first, from + by));
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
    // The arrows read the picture out, as a pointer does for the eye.
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
