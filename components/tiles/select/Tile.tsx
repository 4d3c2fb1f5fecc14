"use client";

import { useValue } from "@/components/kit/useReading";
import { wordFor } from "@/lib/units/format";
import { choices } from "../controls/choices";
import type { TileProps } from "../definition";
import type { SelectOptions } from "./options";

/** The choice shown is the reported one: choosing another asks for it, and this one stays until the device says so. */
export function SelectTile({ point, title, control }: TileProps<SelectOptions>) {
  const reported = useValue(point.id);
  const assumed = point.command?.assumed === true;
  const value = assumed ? null : reported;
  const { chosen, list } = choices(point.command?.options ?? [], value);
  const say = (text: string) => wordFor(text, point.words) ?? text;
  const asked = control.target === undefined || control.target === value ? undefined : String(control.target);
  return (
    <div className="select-tile">
      {!assumed && (
        <div className="figure figure-line" data-size="s">
          <span className="text-value" data-value={String(value)}>
            {value === null ? "—" : say(String(value))}
          </span>
          {asked && <span className="asked">{say(asked)}</span>}
        </div>
      )}
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
            {say(text) || "Choose…"}
          </option>
        ))}
      </select>
    </div>
  );
}
