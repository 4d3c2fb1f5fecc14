"use client";

import { worstBreach } from "@/lib/breach";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import { figureOf } from "../shared/figure";
import { useReader } from "../shared/reader";
import { useValue } from "../shared/useReading";
import { arcPath, bands, pointAt, shareOf } from "./arc";
import type { GaugeOptions } from "./options";

const CENTRE = { x: 100, y: 96 };
const RADIUS = 74;
const BAND_RADIUS = 89;
const TRACK = arcPath(0, 1, RADIUS, CENTRE);
const [LEFT, RIGHT] = [pointAt(0, RADIUS, CENTRE), pointAt(1, RADIUS, CENTRE)];

/** One thick arc in ink; thresholds stand outside it as thin bands, so that colour on the arc itself means alarm. */
export function GaugeTile({ point, options }: TileProps<GaugeOptions>) {
  const { locale } = useReader();
  const { min, max } = point.command ?? {};
  const commanded = min !== undefined && max !== undefined ? ([min, max] as const) : undefined;
  const range = options.range ?? point.range ?? commanded ?? ([0, 100] as const);
  const [low, high] = range.map((end) => figureOf(end, { type: "number" }, locale).text);
  return (
    <div className="gauge">
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
  );
}

/** A leaf: a reading changes one dash length, which needs no layout. */
function Needle({
  id,
  range,
  thresholds,
}: {
  id: TileProps<GaugeOptions>["point"]["id"];
  range: readonly [number, number];
  thresholds: TileProps<GaugeOptions>["point"]["thresholds"];
}) {
  const value = useValue(id);
  if (typeof value !== "number") return null;
  const share = shareOf(value, range);
  return (
    <path
      className="gauge-arc"
      data-level={worstBreach(value, thresholds)?.level}
      d={TRACK}
      pathLength={1}
      // A dash of no length would still draw its round end: that is the zero mark, and wanted.
      strokeDasharray={`${share.toFixed(4)} 2`}
    />
  );
}
