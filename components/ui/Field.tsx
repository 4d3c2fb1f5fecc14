"use client";

import { type ComponentProps, createContext, type ReactNode, use, useId } from "react";
import { cx } from "./cx";

interface FieldIds {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}
const FieldContext = createContext<FieldIds | null>(null);

export interface FieldProps {
  label: ReactNode;
  /** What to write, with an example. */
  hint?: ReactNode;
  /** What is wrong and how to fix it. */
  error?: string | undefined;
  required?: boolean;
  /** Beside the label, on the right: "optional", a link. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A label with one control, its hint and its error, linked for screen readers. The control gets its ids from the context. */
export function Field({ label, hint, error, required = false, aside, className, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = cx(error && errorId, hint && hintId) || undefined;
  return (
    <div className={cx("min-w-0", className)} data-invalid={error ? "" : undefined}>
      <div className="mb-1.5 flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-(length:--text-s) font-medium text-(--ink)">
          {label}
        </label>
        {aside && <span className="text-(length:--text-xs) text-(--ink-3)">{aside}</span>}
      </div>
      <FieldContext value={{ id, describedBy, invalid: error !== undefined, required }}>{children}</FieldContext>
      {error && (
        <p id={errorId} className="mt-1.5 text-(length:--text-s) font-medium text-(--crit-ink) break-words">
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="mt-1.5 text-(length:--text-xs) text-(--ink-3)">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Outside a Field, a control needs its own id and name (aria-label). */
function useFieldProps(id: string | undefined) {
  const field = use(FieldContext);
  if (!field) return { id };
  return {
    id: id ?? field.id,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.invalid || undefined,
    "aria-required": field.required || undefined,
  };
}

const CONTROL =
  "w-full min-w-0 rounded-(--radius-s) border border-(--edge,var(--ink-3)) bg-(--raised) px-3 text-(--ink) placeholder:text-(--ink-3) " +
  "outline-offset-1 focus-visible:outline-2 focus-visible:outline-(--accent) " +
  "aria-invalid:border-(--crit) disabled:cursor-not-allowed disabled:bg-(--well) disabled:text-(--ink-2) [&[readonly]]:bg-(--well) " +
  // Below 16 px iOS zooms the page when a field gets focus.
  "text-[16px] sm:text-[14px]";

const LINE = "min-h-10 pointer-coarse:min-h-(--touch)";

type Mono = { mono?: boolean };

export function TextInput({ className, mono, id, ...rest }: ComponentProps<"input"> & Mono) {
  return (
    <input {...useFieldProps(id)} {...rest} className={cx(CONTROL, LINE, mono && "font-mono text-[13px]", className)} />
  );
}

export function TextArea({ className, mono, id, ...rest }: ComponentProps<"textarea"> & Mono) {
  return (
    <textarea
      rows={4}
      {...useFieldProps(id)}
      {...rest}
      className={cx(CONTROL, "block py-2", mono && "font-mono text-[13px]", className)}
    />
  );
}

export interface Choice<V extends string = string> {
  value: V;
  label: string;
}

/** The native select, which works on every phone and with every screen reader. */
export function NativeSelect<V extends string>({
  options,
  value,
  onChange,
  className,
  id,
  ...rest
}: Omit<ComponentProps<"select">, "value" | "onChange"> & {
  options: readonly Choice<V>[];
  value: V;
  onChange: (value: V) => void;
}) {
  return (
    <select
      {...useFieldProps(id)}
      {...rest}
      value={value}
      // All options have the type V, so the browser's value is one of them.
      onChange={(event) => onChange(event.target.value as V)}
      className={cx(CONTROL, LINE, "pr-8", className)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** A checkbox with its label to the right. It needs no Field. */
export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className={cx("flex items-start gap-2.5", className)}>
      <input
        {...rest}
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-5 shrink-0 accent-(--accent) outline-offset-2 focus-visible:outline-2 focus-visible:outline-(--accent)"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="text-[14px]">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-(length:--text-xs) text-(--ink-3)">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
