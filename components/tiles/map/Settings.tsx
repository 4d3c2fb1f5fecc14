"use client";

import { PickPoints } from "@/components/kit/PickPoints";
import { Checkbox } from "@/components/ui/Field";
import { t } from "@/lib/texts/t";
import type { SettingsProps } from "../definition";
import { MOST_MORE } from "../shared/points";
import { mapOptions } from "./options";

/** What else is on the map, and whether the way there is drawn. */
export function MapSettings({ point, options, points, onChange }: SettingsProps) {
  const read = mapOptions.parse(options);
  // What cannot be read starts anew: the tile says what was wrong with it.
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
