"use client";

import { useValue } from "@/components/kit/useReading";
import { t } from "@/lib/texts/t";
import { wordFor } from "@/lib/units/format";
import { Choice } from "../controls/Choice";
import type { TileProps } from "../definition";
import type { SelectOptions } from "./options";

export function SelectTile({ point, title, control }: TileProps<SelectOptions>) {
  const reported = useValue(point.id);
  const assumed = point.command?.assumed === true;
  const value = assumed ? null : reported;
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
      <Choice
        point={point}
        value={value}
        title={title}
        control={control}
        write={(text) => say(text) || t("tiles.chooseOption")}
      />
    </div>
  );
}
