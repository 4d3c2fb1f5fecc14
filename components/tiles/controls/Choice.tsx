"use client";

import type { Control } from "@/components/kit/control";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { choices } from "./choices";

/** The choice shown is the reported one: choosing another asks for it, and this one stays until the device reports it. */
export function Choice({
  point,
  value,
  title,
  control,
  write,
}: {
  point: PointInfo;
  /** What the device reported; null: nothing, or it never reports. */
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
