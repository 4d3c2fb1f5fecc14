import { Badge } from "@/components/ui/Badge";
import type { Origin } from "@/lib/registration";

const ORIGINS: Record<Exclude<Origin, "store">, { label: string; title: string }> = {
  file: { label: "telltale.yaml", title: "Defined in telltale.yaml: change it there" },
  environment: { label: "environment", title: "Set by an environment variable: change it there" },
  demo: { label: "demo", title: "Part of the demo house: removed once you connect your own broker" },
};

/** Where a piece of configuration comes from, when it is not the store: it is read-only here. */
export function OriginBadge({ origin }: { origin: Origin }) {
  if (origin === "store") return null;
  const { label, title } = ORIGINS[origin];
  return <Badge title={title}>{label}</Badge>;
}

/** Why it cannot be changed here; undefined where it can. */
export const readOnlyReason = (origin: Origin): string | undefined =>
  origin === "store" ? undefined : `${ORIGINS[origin].title}.`;
