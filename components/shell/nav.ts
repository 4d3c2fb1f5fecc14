import { dashboardPath } from "@/components/kit/paths";
import type { Shell } from "@/lib/pageData";
import { type PlainKey, t } from "@/lib/texts/t";

export interface NavItem {
  label: string;
  href: string;
  count?: number;
}
export interface NavSection {
  title: string;
  items: NavItem[];
}

const ADMIN_ITEMS: readonly { label: PlainKey; href: string }[] = [
  { label: "shell.explorer", href: "/explore" },
  { label: "shell.registeredTopics", href: "/admin/topics" },
  { label: "shell.brokers", href: "/admin/brokers" },
  { label: "shell.people", href: "/admin/people" },
  { label: "shell.data", href: "/admin/data" },
  { label: "shell.audit", href: "/admin/audit" },
];
/** Only where several nodes can run. */
const NODES_ITEM = { label: "shell.nodes", href: "/admin/nodes" } as const;

/** Decides what is shown; the server decides what is allowed. (lib/access would load the schema library on every page.) */
export const mayAdministerShell = (shell: Pick<Shell, "role" | "user">): boolean =>
  shell.user !== null && shell.role === "admin";

/** The navigation of one person, in order. Sections without items are omitted. */
export function navSections(
  shell: Pick<Shell, "dashboards" | "points" | "role" | "user" | "found" | "severalNodes">,
): NavSection[] {
  const admin = mayAdministerShell(shell);
  const sections: NavSection[] = [
    {
      title: t("shell.dashboards"),
      items: shell.dashboards.map(({ slug, title }) => ({ label: title, href: dashboardPath(slug) })),
    },
    { title: t("shell.all"), items: [{ label: t("shell.everything"), href: "/everything", count: shell.points }] },
    {
      title: t("shell.setUp"),
      items: admin
        ? [
            { label: t("shell.found"), href: "/found", count: shell.found || undefined },
            ...(shell.severalNodes ? [...ADMIN_ITEMS, NODES_ITEM] : ADMIN_ITEMS).map(({ label, href }) => ({
              label: t(label),
              href,
            })),
          ]
        : [],
    },
  ];
  return sections.filter((section) => section.items.length > 0);
}

/** Whether an item is current: on its page, and on the pages below it. */
export const isCurrent = (href: string, pathname: string): boolean =>
  pathname === href || pathname.startsWith(`${href}/`);
