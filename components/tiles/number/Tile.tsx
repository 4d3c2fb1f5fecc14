"use client";

import type { TileProps } from "../definition";
import { Entry } from "../shared/Entry";
import { Figure } from "../shared/Figure";
import { entered } from "./entered";
import type { NumberOptions } from "./options";

export function NumberTile({ point, title, control }: TileProps<NumberOptions>) {
  const { min, max, step, assumed } = point.command ?? {};
  return (
    <div className="number-tile">
      {!assumed && <Figure point={point} size="s" />}
      <Entry
        title={title}
        control={control}
        read={(typed) => entered(typed, { min, max, step })}
        field={{
          type: "number",
          inputMode: "decimal",
          min,
          max,
          step: step ?? "any",
          placeholder: min !== undefined && max !== undefined ? `${min} to ${max}` : undefined,
        }}
      />
    </div>
  );
}
