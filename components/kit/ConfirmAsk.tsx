"use client";

import { ConfirmDialog } from "@/components/ui/Dialog";
import { t } from "@/lib/texts/t";

/** Asks a point's question before a command is sent. Loaded only when such a point is operated. */
export function ConfirmAsk({
  question,
  what,
  onAnswer,
}: {
  question: string;
  what: string;
  onAnswer: (yes: boolean) => void;
}) {
  return (
    <ConfirmDialog
      open
      title={question}
      action={t("kit.sendCommand")}
      onCancel={() => onAnswer(false)}
      onConfirm={() => onAnswer(true)}
    >
      {what}
    </ConfirmDialog>
  );
}
