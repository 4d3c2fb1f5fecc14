"use client";

import type { ReactNode } from "react";
import { Badge } from "@/components/ui/Badge";
import { cx } from "@/components/ui/cx";
import { t } from "@/lib/texts/t";
import { FindButton } from "./FindButton";
import { useViewOnly, VIEW_ONLY_ID } from "./viewOnly";

/** A page with a title, a summary and actions. The header of dashboards has the same dimensions. */
export function Page({
  title,
  summary,
  actions,
  narrow = false,
  children,
}: {
  title: string;
  summary?: ReactNode;
  actions?: ReactNode;
  /** For forms and texts, which need short lines. */
  narrow?: boolean;
  children: ReactNode;
}) {
  const viewOnly = useViewOnly();
  return (
    <div className={cx("px-3 pt-4 pb-10 md:px-6 md:pt-5", narrow && "max-w-3xl")}>
      <header className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        {/* On a phone the title and the actions are in the first row, the summary in the second. */}
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-5 gap-y-1 max-md:contents">
          <h1 className="min-w-0 text-(length:--text-l) leading-tight break-words max-md:flex-1">{title}</h1>
          {summary && <div className="text-[14px] text-ink-2 max-md:order-last max-md:basis-full">{summary}</div>}
          {viewOnly && (
            <span id={VIEW_ONLY_ID}>
              <Badge title={t("kit.viewOnlyWhy")}>{t("kit.viewOnly")}</Badge>
            </span>
          )}
        </div>
        {!narrow && <FindButton />}
        {actions}
      </header>
      {children}
    </div>
  );
}
