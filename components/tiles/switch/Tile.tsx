"use client";

import type { Value } from "@/lib/reading";
import type { Control, TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import { useValue } from "../shared/useReading";
import type { SwitchOptions } from "./options";
import { switchView } from "./view";

export function SwitchTile(props: TileProps<SwitchOptions>) {
  return props.point.command?.assumed ? <TwoButtons {...props} /> : <Switch {...props} />;
}

function Switch({ point, title, options, control }: TileProps<SwitchOptions>) {
  return (
    <div className="switch-row">
      <SwitchButton value={useValue(point.id)} title={title} control={control} />
      <Figure point={point} size="s" words={options} />
    </div>
  );
}

/** The thumb stands where the device said it is; a dashed ghost stands where it should go. */
export function SwitchButton({ value, title, control }: { value: Value; title: string; control: Control }) {
  const { position, ghost, next } = switchView(value, control.target);
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={position === "on"}
      aria-label={title}
      aria-describedby={control.describedBy}
      data-position={position}
      data-ghost={ghost}
      disabled={control.disabled}
      onClick={() => control.send(next)}
    >
      <span className="switch-thumb" />
      {ghost && <span className="switch-ghost" />}
    </button>
  );
}

/** Nothing will ever report the state, so no position is shown: two buttons, and under them what was last sent. */
export function TwoButtons({
  options,
  control,
  of,
}: Pick<TileProps<SwitchOptions>, "options" | "control"> & { of?: string }) {
  return (
    <div className="two-buttons">
      {([true, false] as const).map((value) => (
        <button
          key={String(value)}
          type="button"
          className="control-button"
          data-asked={control.target === value || undefined}
          aria-label={of && `${value ? options.on : options.off} ${of}`}
          aria-describedby={control.describedBy}
          disabled={control.disabled}
          onClick={() => control.send(value)}
        >
          {value ? options.on : options.off}
        </button>
      ))}
    </div>
  );
}
