"use client";

import { createContext, type Dispatch, type ReactNode, use } from "react";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/Field";
import type { BrokerState } from "@/lib/broker";
import type { Understood } from "@/lib/previewDecode";
import { errorUnder, type FieldErrors } from "../../fieldErrors";
import type { Draft } from "../draft/draft";
import type { DraftAction } from "../draft/draftReducer";

interface FormParts {
  draft: Draft;
  dispatch: Dispatch<DraftAction>;
  /** The errors shown now: of fields that have lost the focus, or all after an attempt to save. */
  errors: FieldErrors;
  readOnly: boolean;
  /** The registration is not stored yet. */
  isNew: boolean;
  brokers: readonly BrokerState[];
  /** The texts that other registrations have, by field. */
  suggestions: Readonly<Record<string, readonly string[]>>;
  /** The newest message, and what the current form reads from it. */
  newest: { text: string; outcomes: readonly Understood[] } | undefined;
}

const FormContext = createContext<FormParts | null>(null);
export const FormProvider = FormContext.Provider;

export function useForm(): FormParts {
  const parts = use(FormContext);
  if (!parts) throw new Error("a field of the registration form is rendered outside of it");
  return parts;
}

/** A field with its JSON pointer in the registration, by which its errors are found and its blur is noticed. */
export function At({
  at,
  label,
  hint,
  aside,
  required,
  className,
  children,
}: {
  at: string;
  label: string;
  hint?: ReactNode;
  aside?: ReactNode;
  required?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const { errors } = useForm();
  return (
    <div data-at={at} className={cx("min-w-0", className)}>
      <Field label={label} hint={hint} aside={aside} error={errorUnder(errors, at)} required={required}>
        {children}
      </Field>
    </div>
  );
}
