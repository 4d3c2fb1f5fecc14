"use client";

import { PickPoints } from "@/components/kit/PickPoints";
import { Field, NativeSelect } from "@/components/ui/Field";
import { type PlainKey, t } from "@/lib/texts/t";
import { AXES, type AxesMode } from "../../charts/axes";
import type { SettingsProps } from "../definition";
import { MOST_MORE } from "../shared/points";
import { chartOptions, SPANS } from "./options";

const SPAN_CHOICES = SPANS.map((span) => ({ value: span, label: span.replace(/(?=[hd])/, " ") }));
const AXES_WORDS: Record<AxesMode, PlainKey> = {
  unit: "tiles.axesUnit",
  shared: "tiles.axesShared",
  own: "tiles.axesOwn",
};

/** The chart's points, its initial range, and how its axes are shared. */
export function ChartSettings({ point, options, points, onChange }: SettingsProps) {
  const read = chartOptions.parse(options);
  // Invalid options are replaced by the defaults; the tile shows what is wrong with them.
  const own = read.ok ? options : undefined;
  const standard = chartOptions.parse(undefined);
  const now = read.ok ? read.value : standard.ok ? standard.value : undefined;
  if (!now) return null;
  const set = (changes: Record<string, unknown>) => onChange({ ...own, ...changes });
  return (
    <>
      <Field label={t("tiles.initialRange")}>
        <NativeSelect value={now.span} options={SPAN_CHOICES} onChange={(span) => set({ span })} />
      </Field>
      <Field label={t("tiles.axes")}>
        <NativeSelect
          value={now.axes}
          options={AXES.map((value) => ({ value, label: t(AXES_WORDS[value]) }))}
          onChange={(axes) => set({ axes })}
        />
      </Field>
      <fieldset className="sm:col-span-2">
        <legend className="mb-1.5 text-sm font-medium">{t("tiles.morePoints", { most: MOST_MORE })}</legend>
        <PickPoints
          points={points?.filter((p) => p.id !== point.id)}
          chosen={now.points.filter((id) => id !== point.id)}
          most={MOST_MORE}
          onChange={(chosen) => set({ points: chosen })}
        />
      </fieldset>
    </>
  );
}
