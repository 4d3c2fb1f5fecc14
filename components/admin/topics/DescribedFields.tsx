"use client";

import { Button, IconButton } from "@/components/ui/Button";
import { type Choice, Field, NativeSelect, TextInput } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { Segmented } from "@/components/ui/Segmented";
import type { Level } from "@/lib/thresholds";
import type { DescribedDraft, ThresholdDraft } from "./draft";
import type { ValueScope } from "./draftReducer";
import { errorUnder } from "./fieldErrors";
import { At, useForm } from "./formContext";
import { inputModeOf, TextFields, type TextSpec } from "./TextFields";
import { TransformField } from "./TransformField";

const TYPES: readonly Choice<DescribedDraft["type"]>[] = [
  { value: "", label: "Detect automatically" },
  { value: "number", label: "Number" },
  { value: "boolean", label: "On or off" },
  { value: "text", label: "Text" },
];

const UNIT: readonly TextSpec<DescribedDraft>[] = [
  { key: "unit", at: "unit", label: "Unit", placeholder: "°C, %, W, bar" },
  { key: "precision", at: "precision", label: "Decimals", number: "whole", placeholder: "as sent, at most 3" },
];

const WORDS: readonly TextSpec<DescribedDraft>[] = [
  { key: "on", at: "payloads/on", label: "On when the payload is", placeholder: "ON, true, 1 …", mono: true },
  { key: "off", at: "payloads/off", label: "Off when the payload is", placeholder: "OFF, false, 0 …", mono: true },
];

const READINGS: readonly TextSpec<DescribedDraft>[] = [
  {
    key: "unknown",
    at: "unknown",
    label: "Payloads for “no reading”",
    hint: "One per line. Shown as unknown.",
    placeholder: "-127",
    mono: true,
    lines: true,
  },
  {
    key: "words",
    at: "words",
    label: "Display texts",
    hint: "Shown instead of a value, one per line.",
    placeholder: "on = Open\noff = Closed",
    lines: true,
  },
];

const CATEGORIES: readonly Choice<DescribedDraft["category"]>[] = [
  { value: "", label: "Main value" },
  { value: "config", label: "Setting" },
  { value: "diagnostic", label: "Diagnostic" },
];

const SHOWS: Record<DescribedDraft["type"], { numbers: boolean; words: boolean }> = {
  "": { numbers: true, words: false },
  number: { numbers: true, words: false },
  boolean: { numbers: false, words: true },
  text: { numbers: false, words: false },
};

/** What is said of one value: its type, its unit, its limits. */
export function DescribedFields({ place, value, at }: { place: ValueScope; value: DescribedDraft; at: string }) {
  const { draft, dispatch, readOnly } = useForm();
  const change = (fields: Partial<DescribedDraft>) => dispatch({ do: "describe", place, fields });
  const shows = SHOWS[value.type];
  // What was written stays in sight, also after the type was changed.
  const words = shows.words || value.on !== "" || value.off !== "";
  return (
    <div className="flex flex-col gap-4">
      {draft.mode !== "template" && (
        <TransformField
          at={`${at}/transform`}
          scope="reading"
          text={value.transform}
          slot={place === "all" ? "" : draft.values.find((row) => row.row === place)?.key.trim()}
          onChange={(transform) => change({ transform })}
        />
      )}
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <At at={`${at}/type`} label="Type" className="max-sm:col-span-2">
          <NativeSelect options={TYPES} value={value.type} disabled={readOnly} onChange={(type) => change({ type })} />
        </At>
        {shows.numbers && <TextFields specs={UNIT} value={value} at={at} onChange={change} />}
      </div>
      {words && (
        <div className="grid grid-cols-2 gap-4">
          <TextFields specs={WORDS} value={value} at={at} onChange={change} />
        </div>
      )}
      {shows.numbers && (
        <>
          <RangeFields value={value} at={`${at}/range`} onChange={change} />
          <Thresholds place={place} rows={value.thresholds} at={`${at}/thresholds`} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextFields specs={READINGS} value={value} at={at} onChange={change} />
        <At at={`${at}/category`} label="Category" hint="Settings and diagnostics are collapsed below the main values.">
          <NativeSelect
            options={CATEGORIES}
            value={value.category}
            disabled={readOnly}
            onChange={(category) => change({ category })}
          />
        </At>
      </div>
    </div>
  );
}

function RangeFields({
  value,
  at,
  onChange,
}: {
  value: DescribedDraft;
  at: string;
  onChange: (fields: Partial<DescribedDraft>) => void;
}) {
  const { readOnly } = useForm();
  return (
    <At at={at} label="Range, from" hint="Scale of a gauge. Leave both blank for none." className="max-w-sm">
      <div className="flex items-center gap-2">
        <TextInput
          value={value.rangeLow}
          inputMode={inputModeOf("any")}
          readOnly={readOnly}
          placeholder="0"
          onChange={(event) => onChange({ rangeLow: event.target.value })}
        />
        <span className="text-sm text-ink-2">to</span>
        <TextInput
          id={`${at}-high`}
          aria-label="Range, to"
          value={value.rangeHigh}
          inputMode={inputModeOf("any")}
          readOnly={readOnly}
          placeholder="100"
          onChange={(event) => onChange({ rangeHigh: event.target.value })}
        />
      </div>
    </At>
  );
}

const SIDES: readonly Choice<ThresholdDraft["side"]>[] = [
  { value: "above", label: "above" },
  { value: "below", label: "below" },
];
const LEVELS: readonly Choice<Level>[] = [
  { value: "warning", label: "Warning" },
  { value: "critical", label: "Critical" },
];

function Thresholds({ place, rows, at }: { place: ValueScope; rows: ThresholdDraft[]; at: string }) {
  const { dispatch, errors, readOnly } = useForm();
  const set = (thresholds: ThresholdDraft[]) => dispatch({ do: "describe", place, fields: { thresholds } });
  const change = (row: number, fields: Partial<ThresholdDraft>) =>
    set(rows.map((item) => (item.row === row ? { ...item, ...fields } : item)));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">Thresholds</legend>
      {rows.map((row, i) => (
        <div key={row.row} data-at={`${at}/${i}`} className="flex flex-wrap items-start gap-2">
          <NativeSelect
            aria-label={`Threshold ${i + 1}: level`}
            options={LEVELS}
            value={row.level}
            disabled={readOnly}
            onChange={(level) => change(row.row, { level })}
            className="w-auto!"
          />
          <NativeSelect
            aria-label={`Threshold ${i + 1}: side`}
            options={SIDES}
            value={row.side}
            disabled={readOnly}
            onChange={(side) => change(row.row, { side })}
            className="w-auto!"
          />
          <div className="w-32">
            <Field
              label={<span className="sr-only">Threshold {i + 1}: value</span>}
              error={errorUnder(errors, `${at}/${i}`)}
            >
              <TextInput
                value={row.at}
                inputMode={inputModeOf("any")}
                readOnly={readOnly}
                className="-mt-1.5"
                onChange={(event) => change(row.row, { at: event.target.value })}
              />
            </Field>
          </div>
          {!readOnly && (
            <IconButton
              label={`Remove threshold ${i + 1}`}
              onClick={() => set(rows.filter((item) => item.row !== row.row))}
            >
              <Icon name="trash" />
            </IconButton>
          )}
        </div>
      ))}
      {!readOnly && (
        <Button size="s" className="self-start" onClick={() => dispatch({ do: "addThreshold", place })}>
          <Icon name="plus" className="size-4" />
          Add a threshold
        </Button>
      )}
    </fieldset>
  );
}

const STALES: readonly Choice<DescribedDraft["stale"]>[] = [
  { value: "auto", label: "Automatic" },
  { value: "after", label: "After a time" },
  { value: "never", label: "Never" },
];

const STALE_HINT: Record<DescribedDraft["stale"], string> = {
  auto: "A regular value is stale after three missed readings. Values sent only on change never go stale.",
  after: "Stale after this long without a reading.",
  never: "Silence is ignored. Only availability can mark the value offline.",
};

const STALE_TIME: readonly TextSpec<DescribedDraft>[] = [
  { key: "staleAfter", at: "staleAfter", label: "Stale after", placeholder: "60s, 10 min, 1h", required: true },
];

/** When silence means that the value is old. */
export function StaleFields({ place, value, at }: { place: ValueScope; value: DescribedDraft; at: string }) {
  const { dispatch, readOnly } = useForm();
  const change = (fields: Partial<DescribedDraft>) => dispatch({ do: "describe", place, fields });
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p aria-hidden="true" className="mb-1.5 text-sm font-medium">
          A value is stale
        </p>
        <Segmented
          label="A value is stale"
          value={value.stale}
          options={readOnly ? STALES.filter((choice) => choice.value === value.stale) : STALES}
          onChange={(stale) => change({ stale })}
        />
        <p className="mt-1.5 text-xs text-ink-3">{STALE_HINT[value.stale]}</p>
      </div>
      {value.stale === "after" && (
        <div className="max-w-40">
          <TextFields specs={STALE_TIME} value={value} at={at} onChange={change} />
        </div>
      )}
    </div>
  );
}
