"use client";

import { openFind } from "@/components/kit/openFind";
import { Dialog } from "@/components/ui/Dialog";
import { t } from "@/lib/texts/t";
import { AccountPanel } from "./AccountPanel";
import { BrokerFoot } from "./BrokerFoot";
import { NavList } from "./NavList";
import type { ShellView } from "./shellView";

/** The phone's sheet "More": everything that does not fit its tabs. */
export function MoreDialog({ view, open, onClose }: { view: ShellView; open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Telltale">
      <div className="flex flex-col gap-5">
        <button
          type="button"
          data-autofocus
          onClick={() => {
            onClose();
            openFind();
          }}
          className="min-h-(--touch) rounded-control border border-edge bg-raised px-3 text-left text-ink-2"
        >
          {t("kit.findAnything")}
        </button>
        <NavList sections={view.sections} onNavigate={onClose} />
        <div className="border-t border-line pt-3">
          <BrokerFoot initial={view.shell.brokers} now={view.now} admin={view.admin} />
        </div>
        <div className="border-t border-line pt-4">
          <AccountPanel user={view.shell.user} role={view.shell.role} theme={view.theme} />
        </div>
      </div>
    </Dialog>
  );
}
