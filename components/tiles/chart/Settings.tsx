"use client";

import { PickPoints } from "@/components/kit/PickPoints";
import { Field, NativeSelect } from "@/components/ui/Field";
import type { SettingsProps } from "../definition";
import { MOST_MORE } from "../shared/points";
import { AXES, chartOptions, SPANS } from "./options";

const SPAN_CHOICES = SPANS.map((span) => ({ value: span, label: span.replace(/(?=[hd])/, " ") }));
const AXES_WORDS: Record<(typeof AXES)[number], string> = {
  unit: "One for each unit",
  shared: "One for all",
  own: "One for each point",
};
const AXES_CHOICES = AXES.map((value) => ({ value, label: AXES_WORDS[value] }));

/** Which points are on the chart, what it shows first, and how its axes are shared. */
export function ChartSettings({ point, options, points, onChange }: SettingsProps) {
  const read = chartOptions.parse(options);
  // What cannot be read starts anew: the tile says what was wrong with it.
  const own = read.ok ? options : undefined;
  const standard = chartOptions.parse(undefined);
  const now = read.ok ? read.value : standard.ok ? standard.value : undefined;
  if (!now) return null;
  const set = (changes: Record<string, unknown>) => onChange({ ...own, ...changes });
  return (
    <>
      <Field label="Initial range">
        <NativeSelect value={now.span} options={SPAN_CHOICES} onChange={(span) => set({ span })} />
      </Field>
      <Field label="Axes">
        <NativeSelect value={now.axes} options={AXES_CHOICES} onChange={(axes) => set({ axes })} />
      </Field>
      <fieldset className="sm:col-span-2">
        <legend className="mb-1.5 text-sm font-medium">More points, at most {MOST_MORE}</legend>
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
