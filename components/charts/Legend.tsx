"use client";

import { sayValue } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { useValue } from "@/components/kit/useReading";
import type { Value } from "@/lib/reading";
import { t } from "@/lib/texts/t";
import type { Crosshair, Under } from "./crosshair";
import { tidyMean } from "./envelope";
import type { Line } from "./lines";
import { MIXED } from "./states";
import { colourOf, dashOf } from "./theme";
import { momentText } from "./ticks";
import { useCrosshairState } from "./useFeed";

/** Formats a value of a line or lane. */
export function sayLine(line: Line, value: Value | undefined, locale: string): string {
  if (value === undefined) return t("charts.notKnown");
  if (value === MIXED && line.point.type === "boolean") return t("charts.onAndOff");
  return sayValue(value, line.point, locale);
}

/** The lines with their current values, or with the values and the time at the crosshair. */
export function Legend({
  lines,
  crosshair,
  width,
  zone,
}: {
  lines: readonly Line[];
  crosshair: Crosshair;
  /** The width of the span in ms, which decides the precision of times. */
  width: number;
  zone: string;
}) {
  const at = useCrosshairState(crosshair);
  const { locale } = useReader();
  const words = at && momentText(at.at, width, locale, zone);
  return (
    <div className="chart-legend">
      <ul>
        {lines.map((line, i) => (
          <li key={line.point.id}>
            <Swatch slot={line.slot} state={line.kind === "state"} />
            <span className="chart-legend-name">{line.label}</span>{" "}
            <span className="chart-legend-value">
              {at ? (
                <UnderText line={line} under={at.under[i]} locale={locale} />
              ) : (
                <Present line={line} locale={locale} />
              )}
            </span>
          </li>
        ))}
      </ul>
      <span className="chart-legend-time">{words}</span>
      <span className="sr-only" role="status">
        {at?.said &&
          `${words}: ${lines.map((line, i) => `${line.label} ${sayLine(line, at.under[i]?.value, locale)}`).join(", ")}`}
      </span>
    </div>
  );
}

function Present({ line, locale }: { line: Line; locale: string }) {
  return sayLine(line, useValue(line.point.id), locale);
}

function UnderText({ line, under, locale }: { line: Line; under: Under | undefined; locale: string }) {
  const { value, min, max, past }: Under = under ?? { value: undefined };
  const bucket = typeof value === "number" && min !== undefined && max !== undefined;
  const text = sayLine(line, bucket ? tidyMean({ min, mean: value, max }) : value, locale);
  const unitless = { ...line.point, unit: "" };
  return (
    <>
      {text}
      {bucket && min !== max && (
        <span className="chart-legend-range">
          {" "}
          {sayValue(min, unitless, locale)} … {sayValue(max, unitless, locale)}
        </span>
      )}
      {past !== undefined && (
        <span className="chart-legend-range">
          {" "}
          {t("charts.valueBefore", { value: sayValue(Number(past.toPrecision(4)), line.point, locale) })}
        </span>
      )}
    </>
  );
}

function Swatch({ slot, state }: { slot: number; state: boolean }) {
  return (
    <svg viewBox="0 0 14 6" className="chart-swatch" aria-hidden="true">
      {state ? (
        <rect width="14" height="6" rx="1.5" fill={colourOf(slot)} />
      ) : (
        <path d="M0 3H14" stroke={colourOf(slot)} strokeWidth="3" strokeDasharray={dashOf(slot) && "5 3"} />
      )}
    </svg>
  );
}
