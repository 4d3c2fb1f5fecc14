"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { rich } from "@/components/ui/rich";
import { toast } from "@/components/ui/toasts";
import { visibleText } from "@/lib/explorer/payload";
import { t } from "@/lib/texts/t";
import type { ExplorerLink } from "./explorerLink";
import { sayPublished } from "./published";

/** Removes the retained message from the broker, after asking: later subscribers will not get it. */
export function ClearRetained({ topic, link }: { topic: string; link: ExplorerLink }) {
  const [asking, setAsking] = useState(false);
  const clear = async () => {
    const said = sayPublished(await link.clearRetained(topic), t("explorer.cleared"));
    toast(said.text, said.ok ? "neutral" : "critical");
    setAsking(false);
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("explorer.clearRetained")}</Button>
      <ConfirmDialog
        open={asking}
        title={t("explorer.clearTitle")}
        action={t("explorer.clear")}
        danger
        onCancel={() => setAsking(false)}
        onConfirm={clear}
      >
        {rich("explorer.clearWhat", { topic: <code className="break-all">{visibleText(topic)}</code> })}
      </ConfirmDialog>
    </>
  );
}
