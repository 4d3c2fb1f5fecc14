"use client";

import { TextArea, TextInput } from "@/components/ui/Field";
import type { NumberControl, Placeholder } from "@/lib/registration/control";
import { type PlainKey, t } from "@/lib/texts/t";
import { placeholderText } from "./entryTexts";
import { At, useForm } from "./formContext";
import { inputModeOf } from "./plainInputs";

/** The members of T that are texts. */
type TextKey<T> = { [K in keyof T]-?: string extends T[K] ? K : never }[keyof T];

export interface TextSpec<T> {
  key: TextKey<T>;
  /** Its name in the registration, by which its errors are found. */
  at: string;
  label: PlainKey;
  hint?: PlainKey;
  placeholder?: Placeholder;
  mono?: boolean;
  /** Set for numbers: any, only positive or zero, or only whole ones from zero. */
  number?: NumberControl["sort"];
  list?: string;
  className?: string;
  required?: boolean;
  /** May have several lines. */
  lines?: boolean;
}

/** Renders text fields from a table, one field per row. */
export function TextFields<T extends object>({
  specs,
  value,
  at,
  onChange,
}: {
  specs: readonly TextSpec<T>[];
  value: T;
  /** The pointer of the object that has the fields. */
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
    // TypeScript cannot see that the member of this key is a text.
    onChange: (event: { target: { value: string } }) => onChange({ [spec.key]: event.target.value } as Partial<T>),
  };
  return spec.lines ? <TextArea {...shared} rows={3} /> : <TextInput {...shared} list={spec.list} autoComplete="off" />;
}
