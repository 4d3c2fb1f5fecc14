"use client";

import { ConfirmDialog } from "@/components/ui/Dialog";
import { t } from "@/lib/texts/t";

/** A point's own question before it acts. Loaded only when a point that asks is pressed. */
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
