"use client";

import { useMemo } from "react";
import { Field, TextInput } from "@/components/ui/Field";
import { compileCel, type Scope } from "@/lib/expressions/cel";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { formatValue } from "@/lib/units/format";
import { errorUnder, sentence } from "../../fieldErrors";
import { useForm } from "./formContext";

/** An expression with its result for the newest message, or why it has none. Syntax errors are shown while typing. */
export function TransformField({
  at,
  label,
  hint,
  placeholder,
  scope,
  text,
  slot,
  onChange,
}: {
  at: string;
  label: string;
  hint: string | undefined;
  placeholder: string | undefined;
  scope: Scope;
  text: string;
  /** The key of the value whose result is shown, "" for the only one; undefined: none. */
  slot?: string;
  onChange: (text: string) => void;
}) {
  const { errors, readOnly, newest } = useForm();
  const compiled = useMemo(() => (text.trim() === "" ? undefined : compileCel(text.trim(), scope)), [text, scope]);
  const read = compiled?.ok && slot !== undefined ? newest?.outcomes.find((one) => one.slot === slot) : undefined;
  const failed =
    read && !read.ok
      ? t("registration.transformFailed", { reason: sentence(inWords(read.reason)), message: newest?.text ?? "" })
      : undefined;
  const error = errorUnder(errors, at) ?? (compiled && !compiled.ok ? sentence(inWords(compiled.error)) : failed);
  const shown = read?.ok
    ? formatValue(read.value, {
        unit: read.unit,
        precision: read.precision,
        words: read.words,
        unknown: t("kit.unknownValue"),
      })
    : undefined;
  return (
    <div data-at={at} className="min-w-0">
      <Field
        label={label}
        hint={hint}
        error={error}
        aside={
          shown && !error ? (
            <span className="font-figures text-ink">
              {t("registration.transformGives", { value: `${shown.text} ${shown.unit}`.trim() })}
            </span>
          ) : undefined
        }
      >
        <TextInput
          mono
          value={text}
          placeholder={placeholder}
          readOnly={readOnly}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={1000}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    </div>
  );
}
