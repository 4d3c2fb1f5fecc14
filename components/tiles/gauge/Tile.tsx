"use client";

import { useLayoutEffect, useRef } from "react";
import { figureOf } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { useLive } from "@/components/live/LiveProvider";
import { bands } from "@/lib/bands";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import { paced } from "../shared/onScreen";
import { arcPath, needleAt, pointAt } from "./arc";
import type { GaugeOptions } from "./options";

const CENTRE = { x: 100, y: 96 };
const RADIUS = 74;
const BAND_RADIUS = 89;
const TRACK = arcPath(0, 1, RADIUS, CENTRE);
const [LEFT, RIGHT] = [pointAt(0, RADIUS, CENTRE), pointAt(1, RADIUS, CENTRE)];

/** A thick arc for the value. Thresholds are thin bands outside of it, so that colour on the arc itself means alarm. */
export function GaugeTile({ point, options }: TileProps<GaugeOptions>) {
  const { locale } = useReader();
  const { min, max } = point.command ?? {};
  const commanded = min !== undefined && max !== undefined ? ([min, max] as const) : undefined;
  const range = options.range ?? point.range ?? commanded ?? ([0, 100] as const);
  const [low, high] = range.map((end) => figureOf(end, { type: "number" }, locale).text);
  return (
    <div className="gauge">
      <div className="gauge-dial">
        <svg viewBox="0 0 200 158" aria-hidden="true">
          <path className="gauge-track" d={TRACK} />
          {bands(point.thresholds, range).map((band) => (
            <path
              key={band.from}
              className="gauge-band"
              data-level={band.level}
              d={arcPath(band.from, band.to, BAND_RADIUS, CENTRE)}
            />
          ))}
          <Needle id={point.id} range={range} thresholds={point.thresholds} />
          <text x={LEFT.x} y={LEFT.y + 19} className="gauge-end">
            {low}
          </text>
          <text x={RIGHT.x} y={RIGHT.y + 19} className="gauge-end">
            {high}
          </text>
        </svg>
        <div className="gauge-figure">
          <Figure point={point} />
        </div>
      </div>
    </div>
  );
}

/** A reading changes only the length of a dash: no layout, and no rendering by React. It is not updated off screen. */
function Needle({
  id,
  range: [low, high],
  thresholds,
}: {
  id: TileProps<GaugeOptions>["point"]["id"];
  range: readonly [number, number];
  thresholds: TileProps<GaugeOptions>["point"]["thresholds"];
}) {
  const { store } = useLive();
  const ref = useRef<SVGPathElement>(null);
  const first = needleAt(store.getInitialState().points.get(id)?.value, [low, high], thresholds);

  useLayoutEffect(() => {
    const write = (): void => {
      if (ref.current)
        setNeedle(ref.current, needleAt(store.getState().points.get(id)?.value, [low, high], thresholds));
    };
    write();
    const needle = paced(ref.current, write, "never");
    const end = store.onPoint(id, needle.changed);
    return () => {
      end();
      needle.stop();
    };
  }, [store, id, low, high, thresholds]);

  return (
    <path
      ref={ref}
      className="gauge-arc"
      d={TRACK}
      pathLength={1}
      strokeDasharray={first?.dash}
      data-level={first?.level}
      visibility={first ? undefined : "hidden"}
    />
  );
}

function setNeedle(path: SVGPathElement, needle: ReturnType<typeof needleAt>): void {
  setAttribute(path, "visibility", needle ? undefined : "hidden");
  setAttribute(path, "stroke-dasharray", needle?.dash);
  setAttribute(path, "data-level", needle?.level);
}

/** Sets the attribute only if it differs: setting it again would repaint it. */
function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
