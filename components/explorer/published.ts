import type { ExplorerPublished } from "@/lib/explorer/wire";
import type { Reply } from "@/lib/protocol";

/** What became of a message by hand, for people. */
export function sayPublished(reply: Reply<ExplorerPublished>, done: string): { ok: boolean; text: string } {
  if (!reply.ok) return { ok: false, text: reply.message };
  const { outcome, reason } = reply.value;
  if (outcome === "acked")
    return { ok: true, text: reply.value.unheard ? `${done} Nobody is subscribed to this topic.` : done };
  if (outcome === "failed") return { ok: false, text: `The broker refused it: ${reason ?? "it gave no reason"}.` };
  return { ok: false, text: `Sent, but the broker did not confirm it: ${reason ?? "it may have arrived"}.` };
}
