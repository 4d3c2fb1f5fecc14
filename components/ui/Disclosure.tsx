import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon } from "./icons";

/** A part that opens when asked: the native element, with one line that says what is inside. */
export function Disclosure({
  summary,
  note,
  defaultOpen = false,
  children,
  className,
}: {
  summary: ReactNode;
  /** What is set in there, for the closed state. */
  note?: ReactNode;
  defaultOpen?: boolean;
  children: ReactNode;
  className?: string;
}) {
  return (
    <details className={cx("group/disclosure", className)} open={defaultOpen || undefined}>
      <summary
        className={
          "flex min-h-10 cursor-pointer list-none items-center gap-2 rounded-(--radius-s) font-medium outline-offset-2 " +
          "pointer-coarse:min-h-(--touch) focus-visible:outline-2 focus-visible:outline-(--accent) [&::-webkit-details-marker]:hidden"
        }
      >
        <Icon
          name="chevron"
          className="size-4 -rotate-90 text-(--ink-3) transition-transform group-open/disclosure:rotate-0"
        />
        <span>{summary}</span>
        {note && <span className="min-w-0 truncate text-(length:--text-s) font-normal text-(--ink-3)">{note}</span>}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}
