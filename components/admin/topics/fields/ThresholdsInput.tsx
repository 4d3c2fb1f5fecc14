"use client";

import { Button, IconButton } from "@/components/ui/Button";
import { Field, NativeSelect, TextInput } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import type { Choice } from "@/lib/registration/control";
import { t } from "@/lib/texts/t";
import type { Level } from "@/lib/thresholds";
import { errorUnder } from "../../fieldErrors";
import type { ThresholdDraft } from "../draft/draft";
import { shownChoices } from "./entryTexts";
import type { InputProps } from "./FieldList";
import { useForm } from "./formContext";
import { inputModeOf } from "./plainInputs";

const SIDES: readonly Choice<ThresholdDraft["side"]>[] = [
  { value: "above", label: "registration.above" },
  { value: "below", label: "registration.below" },
];
const LEVELS: readonly Choice<Level>[] = [
  { value: "warning", label: "registration.warning" },
  { value: "critical", label: "registration.critical" },
];

/** The thresholds beyond which a value is a warning or critical. */
export function ThresholdsInput({ field, at, value: rows, onChange: set, place }: InputProps<ThresholdDraft[]>) {
  const { dispatch, errors, readOnly } = useForm();
  const change = (row: number, fields: Partial<ThresholdDraft>) =>
    set(rows.map((item) => (item.row === row ? { ...item, ...fields } : item)));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t(field.title)}</legend>
      {rows.map((row, i) => (
        <div key={row.row} data-at={`${at}/${i}`} className="flex flex-wrap items-start gap-2">
          <NativeSelect
            aria-label={t("registration.thresholdLevel", { number: i + 1 })}
            options={shownChoices(LEVELS)}
            value={row.level}
            disabled={readOnly}
            onChange={(level) => change(row.row, { level })}
            className="w-auto!"
          />
          <NativeSelect
            aria-label={t("registration.thresholdSide", { number: i + 1 })}
            options={shownChoices(SIDES)}
            value={row.side}
            disabled={readOnly}
            onChange={(side) => change(row.row, { side })}
            className="w-auto!"
          />
          <div className="w-32">
            <Field
              label={<span className="sr-only">{t("registration.thresholdValue", { number: i + 1 })}</span>}
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
              label={t("registration.removeThreshold", { number: i + 1 })}
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
          {t("registration.addThreshold")}
        </Button>
      )}
    </fieldset>
  );
}
