"use client";

import { TextInput } from "@/components/ui/Field";
import { Segmented } from "@/components/ui/Segmented";
import type { Choice } from "@/lib/registration/control";
import { type PlainKey, t } from "@/lib/texts/t";
import type { ControlDrafts } from "../draft/draft";
import { shownChoices } from "./entryTexts";
import type { InputProps } from "./FieldList";
import { At, useForm } from "./formContext";

type StaleDraft = ControlDrafts["stale"];

const STALES: readonly Choice<StaleDraft["stale"]>[] = [
  { value: "auto", label: "registration.staleAuto" },
  { value: "after", label: "registration.staleAfter" },
  { value: "never", label: "registration.staleNever" },
];

const STALE_HELP: Record<StaleDraft["stale"], PlainKey> = {
  auto: "registration.staleAutoHelp",
  after: "registration.staleAfterHelp",
  never: "registration.staleNeverHelp",
};

/** Durations are written like this in every language. */
const DURATIONS = "60s, 10 min, 1h";

/** After how much silence a value is stale. */
export function StaleInput({ at, value, onChange }: InputProps<StaleDraft>) {
  const { readOnly } = useForm();
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p aria-hidden="true" className="mb-1.5 text-sm font-medium">
          {t("registration.valueIsStale")}
        </p>
        <Segmented
          label={t("registration.valueIsStale")}
          value={value.stale}
          options={shownChoices(readOnly ? STALES.filter((choice) => choice.value === value.stale) : STALES)}
          onChange={(stale) => onChange({ ...value, stale })}
        />
        <p className="mt-1.5 text-xs text-ink-3">{t(STALE_HELP[value.stale])}</p>
      </div>
      {value.stale === "after" && (
        <At at={at} label={t("registration.staleTime")} required className="max-w-40">
          <TextInput
            value={value.after}
            placeholder={DURATIONS}
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
