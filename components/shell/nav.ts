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

/** Only decides what is offered; the server decides what is allowed. (lib/access would bring the schema library to every page.) */
export const mayAdministerShell = (shell: Pick<Shell, "role" | "user">): boolean =>
  shell.user !== null && shell.role === "admin";

/** The whole navigation of one caller, in order. Sections without items are left out. */
export function navSections(shell: Pick<Shell, "dashboards" | "points" | "role" | "user" | "found">): NavSection[] {
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
            ...ADMIN_ITEMS.map(({ label, href }) => ({ label: t(label), href })),
          ]
        : [],
    },
  ];
  return sections.filter((section) => section.items.length > 0);
}

/** An item stands for its page and what lies below it. */
export const isCurrent = (href: string, pathname: string): boolean =>
  pathname === href || pathname.startsWith(`${href}/`);
