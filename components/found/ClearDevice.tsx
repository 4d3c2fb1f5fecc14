"use client";

import { useState } from "react";
import { call } from "@/components/api";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { toast } from "@/components/ui/toasts";
import type { FoundOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { announcementsText } from "./foundText";

const SHOWN = 12;

/** Asks before the announcements of a device are removed from the broker, which affects all clients, not only Telltale. */
export function ClearDevice({ device, onClose }: { device: FoundOut; onClose: () => void }) {
  const [fault, setFault] = useState<string>();
  const { name, announced } = device;

  const clear = async () => {
    const answer = await call("POST /found/{key}/clear", { params: { key: device.id }, expires: true });
    if (!answer.ok) return setFault(answer.problem.message);
    const [first] = answer.value.failed;
    if (first)
      return setFault(
        t("found.notRemoved", { announcements: announcementsText(answer.value.failed.length), reason: first.reason }),
      );
    toast(t("found.removed", { name, announcements: announcementsText(answer.value.cleared) }));
    onClose();
  };

  return (
    <ConfirmDialog
      open
      title={t("found.removeTitle", { name })}
      action={t("found.remove")}
      danger
      fault={fault}
      onCancel={onClose}
      onConfirm={clear}
    >
      <p>{t("found.removeWhat", { announcements: announcementsText(announced.length) })}</p>
      <ul
        className="mt-3 max-h-48 overflow-y-auto rounded-[7px] bg-well p-2 text-xs"
        aria-label={t("found.announcements")}
      >
        {announced.slice(0, SHOWN).map((topic) => (
          <li key={topic} className="font-mono break-all">
            {topic}
          </li>
        ))}
        {announced.length > SHOWN && <li>{t("found.andMore", { count: announced.length - SHOWN })}</li>}
      </ul>
    </ConfirmDialog>
  );
}
