"use client";

import type { Control } from "@/components/kit/control";
import type { Words } from "@/components/kit/figure";
import { formatValue } from "@/lib/units/format";

/** For a switch that reports no state: two buttons instead of a position. The foot shows what was last sent. */
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
