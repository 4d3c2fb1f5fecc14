import type { ReactNode } from "react";
import { Icon } from "./icons";

/** A collapsible section with the native element. */
export function Disclosure({
  summary,
  note,
  defaultOpen = false,
  open = defaultOpen || undefined,
  onToggle,
  children,
  className,
}: {
  summary: ReactNode;
  /** A summary of the content, for the closed state. */
  note?: ReactNode;
  defaultOpen?: boolean;
  /** Controlled by the caller, together with `onToggle`. */
  open?: boolean | undefined;
  onToggle?: (open: boolean) => void;
  children: ReactNode;
  className?: string;
}) {
  return (
    <details className={className} open={open} onToggle={onToggle && ((event) => onToggle(event.currentTarget.open))}>
      <summary
        className={
          "flex min-h-10 cursor-pointer list-none items-center gap-2 rounded-(--radius-s) font-medium outline-offset-2 " +
          "pointer-coarse:min-h-(--touch) focus-visible:outline-2 focus-visible:outline-(--accent) [&::-webkit-details-marker]:hidden"
        }
      >
        <Icon
          name="chevron"
          // Only by its own state: it may be inside another open one.
          className="size-4 -rotate-90 text-(--ink-3) transition-transform [[open]>summary>&]:rotate-0"
        />
        <span>{summary}</span>
        {note && <span className="min-w-0 truncate text-(length:--text-s) font-normal text-(--ink-3)">{note}</span>}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}
