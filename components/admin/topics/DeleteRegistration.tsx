"use client";

import { useEffect, useState } from "react";
import { call } from "@/components/api";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { Spinner } from "@/components/ui/Spinner";
import { toast } from "@/components/ui/toasts";
import type { Usage } from "@/lib/api";

/** Asks before a registered topic goes, and says which tiles would lose their point. */
export function DeleteRegistration({
  id,
  version,
  name,
  onCancel,
  onDone,
}: {
  id: string;
  version: number;
  name: string;
  onCancel: () => void;
  onDone: () => void;
}) {
  const [usage, setUsage] = useState<Usage>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    let gone = false;
    void call("GET /registrations/{id}/usage", { params: { id } }).then((answer) => {
      if (gone) return;
      if (answer.ok) setUsage(answer.value);
      else setFault(answer.problem.message);
    });
    return () => {
      gone = true;
    };
  }, [id]);

  const remove = async () => {
    const answer = await call("DELETE /registrations/{id}", { params: { id }, version });
    if (!answer.ok) return setFault(answer.problem.message);
    toast(`“${name}” is no longer registered.`);
    onDone();
  };

  return (
    <ConfirmDialog open title={`Delete “${name}”?`} action="Delete" danger onCancel={onCancel} onConfirm={remove}>
      <p>Telltale stops reading the topic, and its points disappear. Stored history is kept for now.</p>
      <div className="mt-3">
        {usage ? (
          <UsedBy usage={usage} />
        ) : (
          !fault && (
            <p role="status" className="flex items-center gap-2">
              <Spinner /> Searching for tiles that use it…
            </p>
          )
        )}
      </div>
      {fault && (
        <p role="alert" className="mt-3 font-medium text-crit-ink">
          {fault}
        </p>
      )}
    </ConfirmDialog>
  );
}

function UsedBy({ usage: { tiles } }: { usage: Usage }) {
  if (tiles.length === 0) return <p>No tile uses it.</p>;
  return (
    <>
      <p className="font-medium text-warn-ink">
        {tiles.length === 1 ? "1 tile uses it and will be empty:" : `${tiles.length} tiles use it and will be empty:`}
      </p>
      <ul className="mt-1 list-disc pl-5">
        {tiles.map((tile) => (
          <li key={`${tile.dashboard}/${tile.tile}`}>
            {tile.point} on {tile.title}
          </li>
        ))}
      </ul>
    </>
  );
}
