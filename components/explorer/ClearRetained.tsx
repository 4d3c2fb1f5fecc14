"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { toast } from "@/components/ui/toasts";
import { visibleText } from "@/lib/explorer/payload";
import type { ExplorerLink } from "./explorerLink";
import { sayPublished } from "./published";

/** Takes the kept message off the broker, after asking: whoever subscribes later will not know of it. */
export function ClearRetained({ topic, link }: { topic: string; link: ExplorerLink }) {
  const [asking, setAsking] = useState(false);
  const clear = async () => {
    const said = sayPublished(
      await link.clearRetained(topic),
      "Cleared: the broker keeps nothing for this topic any more.",
    );
    toast(said.text, said.ok ? "neutral" : "critical");
    setAsking(false);
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>Clear retained</Button>
      <ConfirmDialog
        open={asking}
        title="Clear what is retained?"
        action="Clear"
        danger
        onCancel={() => setAsking(false)}
        onConfirm={clear}
      >
        An empty retained message goes to <code className="break-all">{visibleText(topic)}</code>. The broker then keeps
        nothing for it, and devices that listen to it get an empty payload.
      </ConfirmDialog>
    </>
  );
}
