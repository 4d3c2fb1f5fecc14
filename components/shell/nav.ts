import { dashboardPath } from "@/components/kit/paths";
import type { Shell } from "@/lib/pageData";

export interface NavItem {
  label: string;
  href: string;
  count?: number;
}
export interface NavSection {
  title: string;
  items: NavItem[];
}

const ADMIN_ITEMS: readonly NavItem[] = [
  { label: "Explorer", href: "/explore" },
  { label: "Registered topics", href: "/admin/topics" },
  { label: "Brokers", href: "/admin/brokers" },
  { label: "People", href: "/admin/people" },
  { label: "Data", href: "/admin/data" },
  { label: "Audit", href: "/admin/audit" },
];

/** Only decides what is offered; the server decides what is allowed. (lib/access would bring the schema library to every page.) */
export const mayAdministerShell = (shell: Pick<Shell, "role" | "user">): boolean =>
  shell.user !== null && shell.role === "admin";

/** The whole navigation of one caller, in order. Sections without items are left out. */
export function navSections(shell: Pick<Shell, "dashboards" | "points" | "role" | "user" | "found">): NavSection[] {
  const admin = mayAdministerShell(shell);
  const sections: NavSection[] = [
    {
      title: "Dashboards",
      items: shell.dashboards.map(({ slug, title }) => ({ label: title, href: dashboardPath(slug) })),
    },
    { title: "All", items: [{ label: "Everything", href: "/everything", count: shell.points }] },
    {
      title: "Set up",
      items: admin ? [{ label: "Found", href: "/found", count: shell.found || undefined }, ...ADMIN_ITEMS] : [],
    },
  ];
  return sections.filter((section) => section.items.length > 0);
}

/** An item stands for its page and what lies below it. */
export const isCurrent = (href: string, pathname: string): boolean =>
  pathname === href || pathname.startsWith(`${href}/`);
