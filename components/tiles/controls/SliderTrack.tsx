"use client";

import { type ReactNode, useEffect } from "react";
import type { Control } from "@/components/kit/control";
import { useValue } from "@/components/kit/useReading";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { t } from "@/lib/texts/t";
import { placeOf, scaleOf } from "./scale";
import { useSlide } from "./useSlide";

/**
 * The thumb follows the pointer while it is dragged. After that it shows the reported value, and a ghost shows the requested one.
 * `children` renders the value: the dragged one (`held`) and the reported one.
 */
export function SliderTrack({
  point,
  title,
  control,
  say,
  children,
}: {
  point: PointInfo;
  title: string;
  control: Control;
  say: (value: Value) => string;
  children: (held: number | undefined, value: Value, track: ReactNode) => ReactNode;
}) {
  const reported = useValue(point.id);
  const assumed = point.command?.assumed === true;
  // An actuator that reports no state shows the last value sent; the foot says "sent".
  const value = assumed ? (control.command?.value ?? null) : reported;
  const scale = scaleOf(point);
  const known = typeof value === "number" ? value : undefined;
  const { held, ref: input } = useSlide(control, point.command?.send ?? "release", known);
  const shown = held ?? known ?? scale.min;
  const place = placeOf(held ?? value, scale);
  const ghost = held === undefined ? placeOf(control.target, scale) : undefined;

  // Uncontrolled on purpose: React must not move the thumb during a drag.
  useEffect(() => {
    if (input.current && held === undefined) input.current.value = String(shown);
  }, [input, shown, held]);

  return children(
    held,
    value,
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
        aria-valuetext={place === undefined ? t("kit.unknownValue") : say(held ?? value)}
        style={{ "--place": place ?? 0 } as React.CSSProperties}
      />
      {ghost !== undefined && ghost !== place && (
        <span className="slider-ghost" style={{ "--place": ghost } as React.CSSProperties} />
      )}
    </div>,
  );
}
