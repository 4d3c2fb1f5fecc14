import { roleText } from "@/components/kit/roleText";
import { Icon } from "@/components/ui/icons";
import { PageLink } from "@/components/ui/PageLink";
import { t } from "@/lib/texts/t";
import { AccountPopover } from "./AccountPopover";
import { BrandLight } from "./BrandLight";
import { BrokerFoot } from "./BrokerFoot";
import { NavList } from "./NavList";
import type { ShellView } from "./shellView";

/** The desktop's sidebar: navigation, brokers and account. */
export function Sidebar({ view }: { view: ShellView }) {
  const { shell } = view;
  return (
    <aside className="sticky top-0 hidden h-dvh w-58 shrink-0 flex-col border-r border-line px-3.5 md:flex print:hidden">
      <PageLink href="/" className="mt-4 mb-3 flex items-center gap-2.5 rounded-control px-2.5 py-1">
        <BrandLight />
        <span className="font-figures text-base font-bold">Telltale</span>
      </PageLink>
      <div className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 py-2">
        <NavList sections={view.sections} />
      </div>
      <div className="max-h-[50dvh] overflow-y-auto border-t border-line py-2">
        <BrokerFoot initial={shell.brokers} now={view.now} admin={view.admin} />
      </div>
      <div className="border-t border-line py-2">
        <button
          type="button"
          popoverTarget="account-panel"
          className="flex min-h-9 w-full items-center gap-2.5 rounded-control px-2.5 text-left text-sm text-ink-2 hover:bg-well hover:text-ink"
        >
          <Icon name="person" className="size-4.5" />
          <span className="min-w-0 flex-1 truncate">{shell.user?.name ?? t("shell.notSignedIn")}</span>
          <span className="text-xs text-ink-3">{roleText(shell.role)}</span>
        </button>
        <AccountPopover id="account-panel" user={shell.user} role={shell.role} theme={view.theme} />
      </div>
    </aside>
  );
}
