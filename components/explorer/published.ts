import type { ExplorerPublished } from "@/lib/explorer/wire";
import type { Reply } from "@/lib/protocol";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";

/** What became of a message by hand, for people. */
export function sayPublished(reply: Reply<ExplorerPublished>, done: string): { ok: boolean; text: string } {
  if (!reply.ok) return { ok: false, text: inWords(reply.message) };
  const { outcome, reason } = reply.value;
  if (outcome === "acked")
    return { ok: true, text: reply.value.unheard ? t("explorer.nobodySubscribed", { done }) : done };
  if (outcome === "failed")
    return { ok: false, text: t("explorer.brokerRefused", { reason: inWords(reason ?? t("explorer.gaveNoReason")) }) };
  return { ok: false, text: t("explorer.notConfirmed", { reason: inWords(reason ?? t("explorer.mayHaveArrived")) }) };
}
