import { Badge } from "@/components/ui/Badge";
import type { Origin } from "@/lib/configOrigin";
import { type PlainKey, t } from "@/lib/texts/t";

const ORIGINS: Record<Exclude<Origin, "store">, { label: PlainKey; title: PlainKey }> = {
  file: { label: "admin.file", title: "admin.fixedByFile" },
  environment: { label: "admin.environment", title: "admin.fixedByEnvironment" },
  demo: { label: "admin.demo", title: "admin.fromDemo" },
};

/** Where a piece of configuration comes from, when it is not the store: it is read-only here. */
export function OriginBadge({ origin }: { origin: Origin }) {
  if (origin === "store") return null;
  const { label, title } = ORIGINS[origin];
  return <Badge title={t(title)}>{t(label)}</Badge>;
}

/** Why it cannot be changed here; undefined where it can. */
export const readOnlyReason = (origin: Origin): string | undefined =>
  origin === "store" ? undefined : t("admin.readOnly", { why: t(ORIGINS[origin].title) });
