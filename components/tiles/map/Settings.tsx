"use client";

import { PickPoints } from "@/components/kit/PickPoints";
import { Checkbox } from "@/components/ui/Field";
import { t } from "@/lib/texts/t";
import type { SettingsProps } from "../definition";
import { MOST_MORE } from "../shared/points";
import { mapOptions } from "./options";

/** The map's other points, and whether their paths are drawn. */
export function MapSettings({ point, options, points, onChange }: SettingsProps) {
  const read = mapOptions.parse(options);
  // Invalid options are replaced by the defaults; the tile shows what is wrong with them.
  const own = read.ok ? options : undefined;
  const now = read.ok ? read.value : { points: [], trail: true };
  return (
    <>
      <Checkbox
        label={t("tiles.drawPath")}
        checked={now.trail}
        onChange={(event) => onChange({ ...own, trail: event.target.checked })}
      />
      <fieldset className="sm:col-span-2">
        <legend className="mb-1.5 text-sm font-medium">{t("tiles.moreLocations", { most: MOST_MORE })}</legend>
        <PickPoints
          points={points?.filter((p) => p.id !== point.id && p.holds === "place")}
          chosen={now.points.filter((id) => id !== point.id)}
          most={MOST_MORE}
          onChange={(chosen) => onChange({ ...own, points: chosen })}
        />
      </fieldset>
    </>
  );
}
