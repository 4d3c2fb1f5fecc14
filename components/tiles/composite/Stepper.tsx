"use client";

import { partLabel } from "@/components/kit/partLabel";
import { useValue } from "@/components/kit/useReading";
import { t } from "@/lib/texts/t";
import { SliderTrack } from "../controls/SliderTrack";
import { scaleOf } from "../controls/scale";
import { type BodyProps, PartHead } from "./Part";
import { useSteps } from "./useSteps";
import { useWhole } from "./whole";

/** − and + for single steps, and a slider. The large figure is the reported value, or the target while buttons are pressed. */
export function Stepper({ role, point, name, control, say }: BodyProps) {
  const { kind } = useWhole();
  const reported = useValue(point.id);
  const scale = scaleOf(point);
  const from =
    typeof control.target === "number" ? control.target : typeof reported === "number" ? reported : undefined;
  const { held: pressed, next, press } = useSteps(control, from, scale);
  const button = (by: -1 | 1, sign: string, word: string) => (
    <button
      type="button"
      className="control-button step-button"
      aria-label={`${word} ${name}`}
      aria-describedby={control.describedBy}
      disabled={control.disabled || next(by) === undefined}
      onClick={() => press(by)}
    >
      {sign}
    </button>
  );
  const limited = point.command?.min !== undefined || point.range !== undefined;
  return (
    <SliderTrack point={point} title={name} control={control} say={say}>
      {(held, value, track) => (
        <div data-part-value={String(value)}>
          <PartHead role={role} />
          <div className="stepper">
            {button(-1, "−", t("tiles.lower"))}
            <output
              className="step-figure"
              aria-label={t("tiles.setRole", { role: partLabel(kind, role) })}
              data-held={(pressed ?? held) !== undefined || undefined}
            >
              {say(pressed ?? held ?? value)}
            </output>
            {button(1, "+", t("tiles.raise"))}
          </div>
          {limited && track}
        </div>
      )}
    </SliderTrack>
  );
}
