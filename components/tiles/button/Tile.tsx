"use client";

import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import type { ButtonOptions } from "./options";

export function ButtonTile({ point, title, options, control }: TileProps<ButtonOptions>) {
  return (
    <div className="button-tile">
      {point.topic !== undefined && <Figure point={point} size="s" />}
      <button
        type="button"
        className="control-button"
        aria-label={`${options.label} ${title}`}
        aria-describedby={control.describedBy}
        data-asked={control.target === null || undefined}
        disabled={control.disabled}
        onClick={() => control.send(null)}
      >
        {options.label}
      </button>
    </div>
  );
}
