import type { ReactNode } from "react";
import { cx } from "./cx";

export type Tone = "neutral" | "accent" | "warning" | "critical" | "ok";

const TONE: Record<Tone, string> = {
  neutral: "bg-(--well) text-(--ink-2) border-(--line)",
  accent: "bg-(--well) text-(--accent) border-(--line)",
  warning: "bg-(--warn-wash) text-(--warn-ink) border-(--warn)",
  critical: "bg-(--crit-wash) text-(--crit-ink) border-(--crit)",
  ok: "bg-(--well) text-(--ink) border-(--ok)",
};

/** A short label of a thing, such as its origin or role. */
export function Badge({ tone = "neutral", title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex items-center rounded-full border px-2 py-px text-(length:--text-xs) font-medium whitespace-nowrap",
        TONE[tone],
      )}
    >
      {children}
    </span>
  );
}
