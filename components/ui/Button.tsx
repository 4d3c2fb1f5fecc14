import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { Spinner } from "./Spinner";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "m" | "s";

const BASE =
  "inline-flex items-center justify-center gap-2 rounded-(--radius-s) font-medium whitespace-nowrap select-none cursor-pointer " +
  "transition-colors duration-(--quick) outline-offset-2 focus-visible:outline-2 focus-visible:outline-(--accent) " +
  "disabled:cursor-not-allowed aria-disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55";

const VARIANT: Record<ButtonVariant, string> = {
  primary: "bg-(--accent) text-(--on-accent) enabled:hover:brightness-110",
  secondary: "bg-(--raised) text-(--ink) border border-(--line) shadow-(--shadow) hover:border-(--ink-3)",
  quiet: "text-(--ink-2) hover:bg-(--well) hover:text-(--ink)",
  danger: "bg-(--raised) text-(--crit-ink) border border-(--crit) hover:bg-(--crit-wash)",
};

/** With a coarse pointer every size is at least as high as a touch target. */
const SIZE: Record<ButtonSize, string> = {
  m: "min-h-10 pointer-coarse:min-h-(--touch) px-4 text-[14px]",
  s: "min-h-8 pointer-coarse:min-h-(--touch) px-3 text-(length:--text-s)",
};

export const buttonClass = (variant: ButtonVariant = "secondary", size: ButtonSize = "m"): string =>
  cx(BASE, VARIANT[variant], SIZE[size]);

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Disables the button and adds a spinner while something is in progress. The label stays. */
  busy?: boolean;
}

export function Button({
  variant,
  size,
  busy = false,
  className,
  children,
  disabled,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={cx(buttonClass(variant, size), className)}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

/** A button with only an icon; `label` is its accessible name and its tooltip. */
export function IconButton({
  label,
  children,
  className,
  type = "button",
  ...rest
}: Omit<ComponentProps<"button">, "aria-label"> & { label: string; children: ReactNode }) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={cx(
        BASE,
        "size-9 pointer-coarse:size-(--touch) text-(--ink-2) hover:bg-(--well) hover:text-(--ink)",
        className,
      )}
    >
      {children}
    </button>
  );
}
