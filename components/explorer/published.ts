import type { ExplorerPublished } from "@/lib/explorer/wire";
import type { Reply } from "@/lib/protocol";
import { t } from "@/lib/texts/t";

/** What became of a message by hand, for people. */
export function sayPublished(reply: Reply<ExplorerPublished>, done: string): { ok: boolean; text: string } {
  if (!reply.ok) return { ok: false, text: reply.message };
  const { outcome, reason } = reply.value;
  if (outcome === "acked")
    return { ok: true, text: reply.value.unheard ? t("explorer.nobodySubscribed", { done }) : done };
  if (outcome === "failed")
    return { ok: false, text: t("explorer.brokerRefused", { reason: reason ?? t("explorer.gaveNoReason") }) };
  return { ok: false, text: t("explorer.notConfirmed", { reason: reason ?? t("explorer.mayHaveArrived") }) };
}
