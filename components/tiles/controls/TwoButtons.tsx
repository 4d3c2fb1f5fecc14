"use client";

import type { Control } from "@/components/kit/control";
import type { Words } from "@/components/kit/figure";
import { formatValue } from "@/lib/units/format";

/** Nothing will ever report the state, so no position is shown: two buttons, and under them what was last sent. */
export function TwoButtons({ words, control, of }: { words?: Words | undefined; control: Control; of?: string }) {
  return (
    <div className="two-buttons">
      {([true, false] as const).map((value) => (
        <button
          key={String(value)}
          type="button"
          className="control-button"
          data-asked={control.target === value || undefined}
          aria-label={of && `${formatValue(value, { words }).text} ${of}`}
          aria-describedby={control.describedBy}
          disabled={control.disabled}
          onClick={() => control.send(value)}
        >
          {formatValue(value, { words }).text}
        </button>
      ))}
    </div>
  );
}
