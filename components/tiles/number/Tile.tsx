"use client";

import { useReader } from "@/components/kit/reader";
import { Entry } from "../controls/Entry";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import { entered, limitsText } from "./entered";
import type { NumberOptions } from "./options";

export function NumberTile({ point, title, control }: TileProps<NumberOptions>) {
  const { locale } = useReader();
  const { min, max, step, assumed } = point.command ?? {};
  return (
    <div className="number-tile">
      {!assumed && <Figure point={point} size="s" />}
      <Entry
        title={title}
        control={control}
        read={(typed) => entered(typed, { min, max, step }, locale)}
        field={{
          // Not type=number: that reads by the language of the browser, not of the page, and drops what it cannot read
          // (a comma in an English browser: 12,5 became 125).
          type: "text",
          // The decimal keypad of iOS has no minus.
          inputMode: min !== undefined && min >= 0 ? "decimal" : "text",
          placeholder: min !== undefined && max !== undefined ? limitsText({ min, max }, locale) : undefined,
        }}
      />
    </div>
  );
}
