"use client";

import { usePointPart } from "@/components/kit/useReading";
import { readColour } from "../composite/notation";
import { placeOf, scaleOf } from "../controls/scale";
import type { Parts } from "../definition";

const BLACK = "#000000";

/** A ring that is filled by the lamp's brightness, in its own colour if that is known. The state is beside it as text. */
export function Lamp({ parts: { power, brightness, color, hs } }: { parts: Parts }) {
  const on = usePointPart(power?.id, (point) => point?.value);
  const level = usePointPart(brightness?.id, (point) => point?.value);
  const told = usePointPart((color ?? hs)?.id, (point) => point?.value);
  const place = brightness && placeOf(level, scaleOf(brightness));
  const colour = readColour(told ?? null, !color);
  // Some lamps are switched off by the colour black.
  const lit = power ? on === true : brightness ? place !== undefined && place > 0 : (colour?.hex ?? BLACK) !== BLACK;
  return (
    <span
      className="lamp"
      data-lit={lit || undefined}
      style={
        {
          "--lit": place === undefined ? 1 : 0.35 + 0.65 * place,
          ...(colour && { "--lamp": colour.hex }),
        } as React.CSSProperties
      }
    />
  );
}
