"use client";

import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { t } from "@/lib/texts/t";
import type { TileProps } from "../definition";
import {
  accuracyText,
  fitted,
  graticule,
  lengthOf,
  metresPerPixel,
  panned,
  placeText,
  project,
  scaleBar,
  toPixel,
  type View,
  zoomed,
} from "./geo";
import { listen } from "./gestures";
import type { MapOptions } from "./options";
import { type Placed, usePlaces } from "./usePlaces";

const STEP = 1.6;
const KEY_PAN = 40;

/** The positions of its points, with degrees, distances and paths, drawn without map tiles. It follows the points until it is moved. */
export function TileMap({ point, title, options }: TileProps<MapOptions>) {
  const frame = useRef<HTMLDivElement>(null);
  const { points, trail } = options;
  const ids = useMemo(() => [...new Set([point.id, ...points])], [point.id, points]);
  const placed = usePlaces(frame, ids, trail);
  const size = useSize(frame);
  const [moved, setMoved] = useState<View>();
  const own = placed.find((one) => one.id === point.id);

  const seen = placed.flatMap(({ place, way }) => (place ? [place, ...way] : way));
  const auto = seen.length > 0 ? fitted(seen.map(project), size.width, size.height) : undefined;
  const view = moved ?? auto;
  const change = (next: (view: View) => View) =>
    setMoved((before) => (before ?? auto) && next((before ?? auto) as View));
  const zoom = (factor: number, at = { x: size.width / 2, y: size.height / 2 }) =>
    change((now) => zoomed(now, factor, at, size.width, size.height));
  const pan = (dx: number, dy: number) => change((now) => panned(now, dx, dy));

  const latest = useRef({ pan, zoom });
  latest.current = { pan, zoom };
  const there = view !== undefined;
  useEffect(() => {
    const element = frame.current;
    if (!element || !there) return;
    return listen(element, {
      pan: (dx, dy) => latest.current.pan(dx, dy),
      zoom: (factor, at) => latest.current.zoom(factor, at),
    });
  }, [there]);

  const keys: Record<string, () => void> = {
    "+": () => zoom(STEP),
    "=": () => zoom(STEP),
    "-": () => zoom(1 / STEP),
    ArrowLeft: () => pan(KEY_PAN, 0),
    ArrowRight: () => pan(-KEY_PAN, 0),
    ArrowUp: () => pan(0, KEY_PAN),
    ArrowDown: () => pan(0, -KEY_PAN),
    Home: () => setMoved(undefined),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  };

  return (
    <>
      <p className="map-place" data-value={own?.place ? placeText(own.place) : "null"}>
        {own?.place
          ? [placeText(own.place), accuracyText(own.place)].filter(Boolean).join(" ")
          : t("tiles.noLocationYet")}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a map is no form, and no figure either while it can be moved */}
      <div
        ref={frame}
        role="group"
        className="map-room"
        aria-label={t("tiles.mapHelp", { title })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys above need the focus
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {view && (
          <>
            <Drawing placed={placed} view={view} {...size} />
            <div className="map-buttons">
              <button type="button" aria-label={t("tiles.zoomIn")} onClick={() => zoom(STEP)}>
                +
              </button>
              <button type="button" aria-label={t("tiles.zoomOut")} onClick={() => zoom(1 / STEP)}>
                −
              </button>
              {moved && (
                <button type="button" aria-label={t("tiles.showAll")} onClick={() => setMoved(undefined)}>
                  ⤢
                </button>
              )}
            </div>
          </>
        )}
      </div>
    </>
  );
}

function Drawing({ placed, view, width, height }: { placed: readonly Placed[]; view: View } & Size) {
  const { meridians, parallels } = graticule(view, width, height);
  const metres = metresPerPixel(view);
  const bar = scaleBar(metres, Math.min(110, width / 3));
  const pixel = (place: Parameters<typeof project>[0]) => toPixel(project(place), view, width, height);
  return (
    <svg className="map-drawing" width={width} height={height} aria-hidden="true">
      {meridians.map(({ at, text }) => (
        <g key={text}>
          <line className="map-line" x1={at} x2={at} y1={0} y2={height} />
          <text className="map-degree" x={at + 3} y={11}>
            {text}
          </text>
        </g>
      ))}
      {parallels.map(({ at, text }) => (
        <g key={text}>
          <line className="map-line" x1={0} x2={width} y1={at} y2={at} />
          <text className="map-degree" x={4} y={at - 3}>
            {text}
          </text>
        </g>
      ))}
      {placed.map(({ id, way }) => (
        <polyline
          key={id}
          className="map-way"
          points={way
            .map(pixel)
            .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
            .join(" ")}
        />
      ))}
      {placed.map(({ id, name, place, way }) => {
        if (!place) return null;
        const { x, y } = pixel(place);
        const far = lengthOf(way);
        return (
          <g key={id}>
            {place.accuracy !== undefined && (
              <circle className="map-accuracy" cx={x} cy={y} r={Math.max(0, place.accuracy / metres)} />
            )}
            <circle className="map-marker" cx={x} cy={y} r={6} />
            {placed.length > 1 && (
              <text className="map-name" x={x + 10} y={y + 4}>
                {name}
              </text>
            )}
            {far >= 1 && <title>{t("tiles.pathLength", { name, metres: Math.round(far) })}</title>}
          </g>
        );
      })}
      <g transform={`translate(${width - bar.pixels - 10} ${height - 10})`}>
        <path className="map-bar" d={`M0 -5 V0 H${bar.pixels} V-5`} />
        <text className="map-degree" x={bar.pixels / 2} y={-7} textAnchor="middle">
          {bar.text}
        </text>
      </g>
    </svg>
  );
}

interface Size {
  width: number;
  height: number;
}

function useSize(frame: React.RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 300, height: 200 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return size;
}
