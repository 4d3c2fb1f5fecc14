"use client";

import { TextArea, TextInput } from "@/components/ui/Field";
import type { NumberControl, Placeholder } from "@/lib/registration/control";
import { type PlainKey, t } from "@/lib/texts/t";
import { placeholderText } from "./entryTexts";
import { At, useForm } from "./formContext";
import { inputModeOf } from "./plainInputs";

/** The members of T that hold what stands in a text field. */
type TextKey<T> = { [K in keyof T]-?: string extends T[K] ? K : never }[keyof T];

export interface TextSpec<T> {
  key: TextKey<T>;
  /** Its name in the registration; by that its errors find it. */
  at: string;
  label: PlainKey;
  hint?: PlainKey;
  placeholder?: Placeholder;
  mono?: boolean;
  /** It takes a number: any, none below zero, or only a whole one that is not below zero. */
  number?: NumberControl["sort"];
  list?: string;
  className?: string;
  required?: boolean;
  /** May have several lines. */
  lines?: boolean;
}

/** Text fields as a table: one row of the table is one field. */
export function TextFields<T extends object>({
  specs,
  value,
  at,
  onChange,
}: {
  specs: readonly TextSpec<T>[];
  value: T;
  /** The pointer of what holds them. */
  at: string;
  onChange: (fields: Partial<T>) => void;
}) {
  return specs.map((spec) => (
    <At
      key={spec.at}
      at={`${at}/${spec.at}`}
      label={t(spec.label)}
      hint={spec.hint && t(spec.hint)}
      required={spec.required}
      className={spec.className}
    >
      <Control spec={spec} value={value} onChange={onChange} />
    </At>
  ));
}

function Control<T extends object>({
  spec,
  value,
  onChange,
}: {
  spec: TextSpec<T>;
  value: T;
  onChange: (fields: Partial<T>) => void;
}) {
  const { draft, readOnly } = useForm();
  const shared = {
    value: String(value[spec.key]),
    placeholder: placeholderText(spec.placeholder, draft.locale),
    mono: spec.mono,
    inputMode: spec.number && inputModeOf(spec.number),
    readOnly,
    autoCapitalize: "none",
    spellCheck: false,
    // The key is one of those that hold text.
    onChange: (event: { target: { value: string } }) => onChange({ [spec.key]: event.target.value } as Partial<T>),
  };
  return spec.lines ? <TextArea {...shared} rows={3} /> : <TextInput {...shared} list={spec.list} autoComplete="off" />;
}
