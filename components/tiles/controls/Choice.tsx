"use client";

import type { Control } from "@/components/kit/control";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { choices } from "./choices";

/** A select that shows the reported option. Choosing another one sends it; the shown one changes only when the device reports it. */
export function Choice({
  point,
  value,
  title,
  control,
  write,
}: {
  point: PointInfo;
  /** The reported value; null: none, or the device reports no state. */
  value: Value;
  title: string;
  control: Control;
  write: (text: string) => string;
}) {
  const { chosen, list } = choices(point.command?.options ?? [], value);
  return (
    <select
      className="select-input"
      value={chosen}
      disabled={control.disabled}
      aria-label={title}
      aria-describedby={control.describedBy}
      onChange={(event) => control.send(event.target.value)}
    >
      {list.map(({ text, reportedOnly }) => (
        <option key={text} value={text} disabled={reportedOnly}>
          {write(text)}
        </option>
      ))}
    </select>
  );
}
