import type { ReactNode } from "react";

/** Shown where there is nothing yet: what would be here, and the next step. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-14 text-center">
      <svg viewBox="0 0 48 48" className="size-12 text-(--ink-3)" fill="none" stroke="currentColor" aria-hidden="true">
        <circle cx="24" cy="24" r="9" strokeWidth="2" strokeDasharray="4 4.5" />
        <circle cx="24" cy="24" r="19" strokeWidth="1.5" strokeOpacity="0.35" />
      </svg>
      <h2 className="text-[17px] font-semibold">{title}</h2>
      {children && <div className="text-(--ink-2)">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
