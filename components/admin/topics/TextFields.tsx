"use client";

import type { ReactNode } from "react";
import { TextArea, TextInput } from "@/components/ui/Field";
import { At, useForm } from "./formContext";

/** The members of T that hold what stands in a text field. */
type TextKey<T> = { [K in keyof T]-?: string extends T[K] ? K : never }[keyof T];

export interface TextSpec<T> {
  key: TextKey<T>;
  /** Its name in the registration; by that its errors find it. */
  at: string;
  label: string;
  hint?: ReactNode;
  placeholder?: string;
  mono?: boolean;
  inputMode?: "decimal" | "numeric";
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
      label={spec.label}
      hint={spec.hint}
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
  const { readOnly } = useForm();
  const shared = {
    value: String(value[spec.key]),
    placeholder: spec.placeholder,
    mono: spec.mono,
    inputMode: spec.inputMode,
    readOnly,
    autoCapitalize: "none",
    spellCheck: false,
    // The key is one of those that hold text.
    onChange: (event: { target: { value: string } }) => onChange({ [spec.key]: event.target.value } as Partial<T>),
  };
  return spec.lines ? <TextArea {...shared} rows={3} /> : <TextInput {...shared} list={spec.list} autoComplete="off" />;
}
