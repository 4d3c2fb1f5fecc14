"use client";

import { usePathname } from "next/navigation";
import { useStore } from "zustand";
import { Glyph } from "@/components/kit/Glyph";
import { navCounts } from "@/components/kit/navCounts";
import { cx } from "@/components/ui/cx";
import { PageLink } from "@/components/ui/PageLink";
import { t } from "@/lib/texts/t";
import { isCurrent, type NavSection } from "./nav";

/** The navigation as sections of links, in the sidebar and in the phone's sheet "More". */
export function NavList({ sections, onNavigate }: { sections: readonly NavSection[]; onNavigate?: () => void }) {
  const pathname = usePathname();
  const counts = useStore(navCounts);
  return (
    <nav aria-label={t("shell.main")} className="flex flex-col gap-4">
      {sections.map((section) => (
        <section key={section.title} aria-label={section.title}>
          <h2 className="mb-1 px-2.5 font-sans text-xs font-normal text-ink-2">{section.title}</h2>
          <ul className="flex flex-col gap-px">
            {section.items.map((item) => {
              const current = isCurrent(item.href, pathname);
              const count = counts[item.href] ?? item.count ?? 0;
              return (
                <li key={item.href}>
                  <PageLink
                    href={item.href}
                    onClick={onNavigate}
                    aria-current={current ? "page" : undefined}
                    className={cx(
                      "flex min-h-8 items-center gap-3 rounded-control border px-2.5 text-[14px] font-medium pointer-coarse:min-h-(--touch)",
                      current
                        ? "border-line bg-panel text-ink shadow-panel"
                        : "border-transparent text-ink-2 hover:bg-well hover:text-ink",
                    )}
                  >
                    <Glyph name={item.icon} className="size-4.5" />
                    <span className="min-w-0 flex-1 truncate">{item.label}</span>
                    {count > 0 && <span className="font-figures text-xs text-ink-3 tabular-nums">{count}</span>}
                  </PageLink>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </nav>
  );
}
