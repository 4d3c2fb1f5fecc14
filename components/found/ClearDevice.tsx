"use client";

import { useState } from "react";
import { call } from "@/components/api";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { toast } from "@/components/ui/toasts";
import type { FoundOut } from "@/lib/api";
import { announcementsSaid } from "./foundText";

const SHOWN = 12;

/** Asks before the announcements of a device are cleared off the broker: for all who listen there, not for Telltale alone. */
export function ClearDevice({ device, onClose }: { device: FoundOut; onClose: () => void }) {
  const [fault, setFault] = useState<string>();
  const { name, announced } = device;

  const clear = async () => {
    const answer = await call("POST /found/{key}/clear", { params: { key: device.id }, expires: true });
    if (!answer.ok) return setFault(answer.problem.message);
    const [first] = answer.value.failed;
    if (first)
      return setFault(`${announcementsSaid(answer.value.failed.length)} could not be removed: ${first.reason}.`);
    toast(`${name}: ${announcementsSaid(answer.value.cleared)} removed from the broker`);
    onClose();
  };

  return (
    <ConfirmDialog
      open
      title={`Remove the announcement of “${name}”?`}
      action="Remove"
      danger
      onCancel={onClose}
      onConfirm={clear}
    >
      <p>
        The broker deletes {announcementsSaid(announced.length)}, and every other program on this broker is told that
        the device is gone. A device that still exists announces itself again when it restarts. Points that were added
        stay, with their history.
      </p>
      <ul className="mt-3 max-h-48 overflow-y-auto rounded-[7px] bg-well p-2 text-xs" aria-label="Announcements">
        {announced.slice(0, SHOWN).map((topic) => (
          <li key={topic} className="font-mono break-all">
            {topic}
          </li>
        ))}
        {announced.length > SHOWN && <li>… and {announced.length - SHOWN} more</li>}
      </ul>
      {fault && (
        <p role="alert" className="mt-3 font-medium text-crit-ink">
          {fault}
        </p>
      )}
    </ConfirmDialog>
  );
}
