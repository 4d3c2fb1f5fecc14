"use client";

import { useEffect } from "react";
import type { TileProps } from "../definition";
import { figureOf, sayValue } from "../shared/figure";
import { useReader } from "../shared/reader";
import { useValue } from "../shared/useReading";
import type { SliderOptions } from "./options";
import { placeOf, scaleOf } from "./scale";
import { useSlide } from "./useSlide";

/** The thumb follows the hand while it is held; let go, it stands where the device says, and a ghost where it should go. */
export function SliderTile({ point, title, control }: TileProps<SliderOptions>) {
  const reported = useValue(point.id);
  const { locale } = useReader();
  const assumed = point.command?.assumed === true;
  // Of an actuator that never reports, the last thing sent is all there is; the foot says "sent".
  const value = assumed ? (control.command?.value ?? null) : reported;
  const scale = scaleOf(point);
  const { held, ref: input } = useSlide(control, point.command?.send ?? "release");
  const shown = held ?? (typeof value === "number" ? value : scale.min);
  const place = placeOf(held ?? value, scale);
  const ghost = held === undefined ? placeOf(control.target, scale) : undefined;
  const { text, unit } = figureOf(held ?? value, point, locale);

  // Uncontrolled on purpose: React must not move the thumb under the hand.
  useEffect(() => {
    if (input.current && held === undefined) input.current.value = String(shown);
  }, [input, shown, held]);

  return (
    <div className="slider">
      <div className="slider-track" data-known={place !== undefined || undefined}>
        <input
          ref={input}
          type="range"
          className="slider-input"
          min={scale.min}
          max={scale.max}
          step={scale.step}
          defaultValue={shown}
          disabled={control.disabled}
          aria-label={title}
          aria-describedby={control.describedBy}
          aria-valuetext={place === undefined ? "unknown" : sayValue(held ?? value, point, locale)}
          style={{ "--place": place ?? 0 } as React.CSSProperties}
        />
        {ghost !== undefined && ghost !== place && (
          <span className="slider-ghost" style={{ "--place": ghost } as React.CSSProperties} />
        )}
      </div>
      <div className="figure figure-line" data-size="s" data-held={held !== undefined || undefined}>
        <span data-value={String(value)}>{text}</span>
        {unit !== "" && (
          <>
            {" "}
            <span className="figure-unit">{unit}</span>
          </>
        )}
      </div>
    </div>
  );
}
