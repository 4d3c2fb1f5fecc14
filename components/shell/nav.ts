import { dashboardPath } from "@/components/kit/paths";
import type { Shell } from "@/lib/pageData";
import { type PlainKey, t } from "@/lib/texts/t";

export interface NavItem {
  label: string;
  href: string;
  /** A glyph of lib/glyphs. */
  icon: string;
  count?: number;
}
export interface NavSection {
  title: string;
  items: NavItem[];
}

const ADMIN_ITEMS: readonly { label: PlainKey; href: string; icon: string }[] = [
  { label: "shell.explorer", href: "/explore", icon: "file-tree-outline" },
  { label: "shell.registeredTopics", href: "/admin/topics", icon: "tag-outline" },
  { label: "shell.brokers", href: "/admin/brokers", icon: "access-point-network" },
  { label: "shell.people", href: "/admin/people", icon: "account-group-outline" },
  { label: "shell.data", href: "/admin/data", icon: "database-outline" },
  { label: "shell.audit", href: "/admin/audit", icon: "clipboard-text-clock-outline" },
];
/** Only where several nodes can run. */
const NODES_ITEM = { label: "shell.nodes", href: "/admin/nodes", icon: "server-network" } as const;

/** Decides what is shown; the server decides what is allowed. (lib/access would load the schema library on every page.) */
export const mayAdministerShell = (shell: Pick<Shell, "role" | "user">): boolean =>
  shell.user !== null && shell.role === "admin";

/** The navigation of one person, in order. Sections without items are omitted. */
export function navSections(
  shell: Pick<Shell, "dashboards" | "points" | "role" | "user" | "found" | "severalNodes" | "alarms">,
): NavSection[] {
  const admin = mayAdministerShell(shell);
  const sections: NavSection[] = [
    {
      title: t("shell.dashboards"),
      items: shell.dashboards.map(({ slug, title }, i) => ({
        label: title,
        href: dashboardPath(slug),
        icon: i === 0 ? "home-outline" : "view-dashboard-outline",
      })),
    },
    {
      title: t("shell.all"),
      items: [
        { label: t("shell.everything"), href: "/everything", icon: "view-grid-outline", count: shell.points },
        { label: t("shell.alarms"), href: "/alarms", icon: "bell-outline", count: shell.alarms || undefined },
      ],
    },
    {
      title: t("shell.setUp"),
      items: admin
        ? [
            { label: t("shell.found"), href: "/found", icon: "radar", count: shell.found || undefined },
            ...(shell.severalNodes ? [...ADMIN_ITEMS, NODES_ITEM] : ADMIN_ITEMS).map((item) => ({
              ...item,
              label: t(item.label),
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
