"use client";

import { type Choice, TextInput } from "@/components/ui/Field";
import { Segmented } from "@/components/ui/Segmented";
import type { ControlDrafts } from "../draft/draft";
import type { InputProps } from "./FieldList";
import { At, useForm } from "./formContext";

type StaleDraft = ControlDrafts["stale"];

const STALES: readonly Choice<StaleDraft["stale"]>[] = [
  { value: "auto", label: "Automatic" },
  { value: "after", label: "After a time" },
  { value: "never", label: "Never" },
];

const STALE_HINT: Record<StaleDraft["stale"], string> = {
  auto: "A regular value is stale after three missed readings. Values sent only on change never go stale.",
  after: "Stale after this long without a reading.",
  never: "Silence is ignored. Only availability can mark the value offline.",
};

/** When silence means that the value is old. */
export function StaleInput({ at, value, onChange }: InputProps<StaleDraft>) {
  const { readOnly } = useForm();
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
          onChange={(stale) => onChange({ ...value, stale })}
        />
        <p className="mt-1.5 text-xs text-ink-3">{STALE_HINT[value.stale]}</p>
      </div>
      {value.stale === "after" && (
        <At at={at} label="Stale after" required className="max-w-40">
          <TextInput
            value={value.after}
            placeholder="60s, 10 min, 1h"
            readOnly={readOnly}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => onChange({ ...value, after: event.target.value })}
          />
        </At>
      )}
    </div>
  );
}
