import type { ReactNode } from "react";
import { Toaster } from "@/components/ui/Toaster";
import { t } from "@/lib/texts/t";
import { BottomTabs } from "./BottomTabs";
import { FindHost } from "./FindHost";
import { Notices } from "./Notices";
import { Sidebar } from "./Sidebar";
import type { ShellView } from "./shellView";

/** The frame of every page: navigation, brokers, notices. The page itself is `children`. */
export function Shell({ view, children }: { view: ShellView; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-accent px-4 py-2 font-medium text-on-accent focus-visible:translate-y-0"
      >
        {t("shell.skipToPage")}
      </a>
      <Sidebar view={view} />
      <div className="flex min-w-0 flex-1 flex-col pt-[env(safe-area-inset-top)] pb-[calc(4.5rem+env(safe-area-inset-bottom))] md:pb-0">
        <Notices view={view} />
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          {children}
        </main>
      </div>
      <BottomTabs view={view} />
      <FindHost sections={view.sections} />
      <Toaster />
    </div>
  );
}
