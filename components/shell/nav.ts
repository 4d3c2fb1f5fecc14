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

export const dashboardPath = (slug: string): string => `/d/${encodeURIComponent(slug)}`;

/**
 * A point's own page. Its id keeps its slashes where a browser leaves them alone; levels that are empty or dots would be folded away
 * (RFC 3986 5.2.4), so such an id is one escaped segment.
 */
export function pointPath(id: string): string {
  const levels = id.split("/");
  const folds = levels.some((level) => level === "" || level === "." || level === "..");
  return `/p/${folds ? encodeURIComponent(id) : levels.map(encodeURIComponent).join("/")}`;
}

/** The id in the path of a point's page, as the browser asked for it (a query may follow); undefined where its escapes are broken. */
export function pointOfPath(path: string): string | undefined {
  const [, id] = /^\/p\/([^?#]*)/.exec(path) ?? [];
  try {
    // Decoded once: a % in an id is a %.
    return id?.split("/").map(decodeURIComponent).join("/");
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

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
