"use client";

import type { ComponentType } from "react";
import { cx } from "@/components/ui/cx";
import type { Control } from "@/lib/registration/control";
import type { Field } from "@/lib/registration/field";
import { pointer } from "../../fieldErrors";
import type { ControlDrafts } from "../draft/draft";
import type { ValueScope } from "../draft/draftReducer";

/** The props of a field's control. */
export interface InputProps<Draft> {
  name: string;
  field: Field;
  /** The JSON pointer of the field, by which its errors are found. */
  at: string;
  value: Draft;
  onChange: (value: Draft) => void;
  /** The registration as a whole, or one row of several values. */
  place: ValueScope;
}

export type Inputs<Is extends Control["is"] = Control["is"]> = {
  readonly [Name in Is]: (props: InputProps<ControlDrafts[Name]>) => React.ReactNode;
};

/** Renders a list of fields, each with its control. */
export function FieldList({
  inputs,
  fields,
  draft,
  at,
  place,
  onChange,
}: {
  inputs: Partial<Inputs>;
  fields: readonly (readonly [name: string, field: Field])[];
  draft: object;
  /** The pointer of the object that has the fields. */
  at: string;
  place: ValueScope;
  onChange: (name: string, value: unknown) => void;
}) {
  const members = draft as Readonly<Record<string, unknown>>;
  return fields.map(([name, field]) => {
    // The table is keyed by `is`, so the control found is the one for this draft; TypeScript cannot see that through the index.
    const Input = inputs[field.control.is] as ComponentType<InputProps<unknown>> | undefined;
    return (
      Input && (
        <div key={name} className={cx("min-w-0", field.wide && "col-span-full")}>
          <Input
            name={name}
            field={field}
            at={at + pointer(name)}
            value={members[name]}
            onChange={(value) => onChange(name, value)}
            place={place}
          />
        </div>
      )
    );
  });
}
