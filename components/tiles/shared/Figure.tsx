"use client";

import type { PointInfo } from "@/lib/point";
import { figureOf, type Words } from "./figure";
import { useReader } from "./reader";
import { useValue } from "./useReading";

/**
 * The value itself. A leaf of its own that listens to its own point: a reading renders this and nothing around it.
 * `data-value` holds the value as it came, for scripts; its text is as the reader writes it.
 */
export function Figure({ point, size = "m", words }: { point: PointInfo; size?: "s" | "m" | "l"; words?: Words }) {
  const value = useValue(point.id);
  const { locale } = useReader();
  const { text, unit } = figureOf(value, point, locale, words);
  return (
    <div className="figure" data-size={size}>
      <span data-value={String(value)}>{text}</span>
      {unit !== "" && (
        <>
          {" "}
          <span className="figure-unit">{unit}</span>
        </>
      )}
    </div>
  );
}
