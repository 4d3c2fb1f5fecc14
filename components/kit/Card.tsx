import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

/** A section of a form or page, with a heading. */
export function Card({
  title,
  note,
  aside,
  children,
  className,
}: {
  title: string;
  note?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section
      aria-label={title}
      className={cx("rounded-tile border border-line bg-panel p-4 shadow-panel md:p-5", className)}
    >
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-[1.0625rem]">{title}</h2>
          {note && <p className="mt-0.5 text-sm text-ink-2">{note}</p>}
        </div>
        {aside}
      </div>
      {children}
    </section>
  );
}
