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
      "Cleared: the broker no longer retains a message on this topic.",
    );
    toast(said.text, said.ok ? "neutral" : "critical");
    setAsking(false);
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>Clear retained</Button>
      <ConfirmDialog
        open={asking}
        title="Clear the retained message?"
        action="Clear"
        danger
        onCancel={() => setAsking(false)}
        onConfirm={clear}
      >
        An empty retained message is published on <code className="break-all">{visibleText(topic)}</code>. The broker
        then deletes the retained message, and subscribed devices receive an empty payload.
      </ConfirmDialog>
    </>
  );
}
