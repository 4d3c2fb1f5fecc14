import type { ReactNode, Ref } from "react";
import { cx } from "./cx";

const TONE = {
  neutral: "bg-(--panel) text-(--ink) border-(--line)",
  warning: "bg-(--warn-wash) text-(--warn-ink) border-(--warn)",
  critical: "bg-(--crit-wash) text-(--crit-ink) border-(--crit)",
};

/** A notice about the whole page or form. `live`: screen readers announce it when it appears. */
export function Banner({
  tone = "neutral",
  live = false,
  children,
  action,
  className,
  ref,
}: {
  tone?: keyof typeof TONE;
  live?: boolean;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
  /** Makes it focusable by script. */
  ref?: Ref<HTMLDivElement>;
}) {
  return (
    <div
      ref={ref}
      tabIndex={ref ? -1 : undefined}
      role={live ? "alert" : undefined}
      className={cx(
        "flex flex-wrap items-center gap-x-4 gap-y-2 rounded-(--radius-s) border px-4 py-2.5 text-[14px]",
        TONE[tone],
        className,
      )}
    >
      <div className="min-w-0 flex-1 basis-60 break-words">{children}</div>
      {action}
    </div>
  );
}
