"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Glyph } from "@/components/kit/Glyph";
import { cx } from "@/components/ui/cx";
import { PageLink } from "@/components/ui/PageLink";
import { t } from "@/lib/texts/t";
import { isCurrent, type NavItem } from "./nav";
import type { ShellView } from "./shellView";

const MoreDialog = dynamic(() => import("./MoreDialog").then((m) => m.MoreDialog), { ssr: false });

const TAB =
  "flex min-h-13 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-control px-2 text-xs font-medium text-ink-2 aria-[current=page]:bg-well aria-[current=page]:text-ink";

/** The phone's navigation at the lower edge. What does not fit is in the sheet "More". */
export function BottomTabs({ view }: { view: ShellView }) {
  const pathname = usePathname();
  const [more, setMore] = useState(false);
  const [opened, setOpened] = useState(false);
  const [first] = view.shell.dashboards;
  const tabs: NavItem[] = [
    ...(first ? view.sections.flatMap((s) => s.items).slice(0, 1) : []),
    { label: t("shell.everything"), href: "/everything", icon: "view-grid-outline" },
  ];
  const elsewhere = !tabs.some((tab) => isCurrent(tab.href, pathname));
  return (
    <>
      <nav
        aria-label={t("shell.tabs")}
        className="fixed inset-x-0 bottom-0 z-30 flex gap-1 border-t border-line bg-panel px-2 pt-1 pb-[calc(0.25rem+env(safe-area-inset-bottom))] md:hidden print:hidden"
      >
        {tabs.map((tab) => (
          <PageLink
            key={tab.href}
            href={tab.href}
            aria-current={isCurrent(tab.href, pathname) ? "page" : undefined}
            className={TAB}
          >
            <Glyph name={tab.icon} className="size-6" />
            <span className="max-w-full truncate">{tab.label}</span>
          </PageLink>
        ))}
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => {
            setOpened(true);
            setMore(true);
          }}
          className={cx(TAB, elsewhere && "bg-well text-ink")}
        >
          <Glyph name="menu" className="size-6" />
          {t("shell.more")}
        </button>
      </nav>
      {opened && <MoreDialog view={view} open={more} onClose={() => setMore(false)} />}
    </>
  );
}
