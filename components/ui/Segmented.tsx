"use client";

import { useId } from "react";
import type { Choice } from "./Field";

export interface SegmentedProps<V extends string> {
  /** The accessible name of the group. */
  label: string;
  value: V;
  options: readonly Choice<V>[];
  onChange: (value: V) => void;
  className?: string;
}

/** A choice of few options, all visible. Native radios give it arrow keys and one tab stop. */
export function Segmented<V extends string>({ label, value, options, onChange, className }: SegmentedProps<V>) {
  const name = useId();
  return (
    <fieldset
      className={`inline-flex max-w-full flex-wrap gap-0.5 rounded-(--radius-s) bg-(--well) p-0.5 ${className ?? ""}`}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={
            "relative flex min-h-8 cursor-pointer items-center rounded-[7px] px-3 text-(length:--text-s) font-medium text-(--ink-2) " +
            "pointer-coarse:min-h-(--touch) hover:text-(--ink) has-checked:bg-(--raised) has-checked:text-(--ink) has-checked:shadow-(--shadow) " +
            "has-focus-visible:outline-2 has-focus-visible:outline-(--accent)"
          }
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
