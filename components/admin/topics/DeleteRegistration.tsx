"use client";

import { useEffect, useState } from "react";
import { call } from "@/components/api";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { Spinner } from "@/components/ui/Spinner";
import { toast } from "@/components/ui/toasts";
import type { Usage } from "@/lib/api";
import { t } from "@/lib/texts/t";

/** Asks before deleting a registered topic, and lists the tiles that would lose their point. */
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
    toast(t("topics.deleted", { name }));
    onDone();
  };

  return (
    <ConfirmDialog
      open
      title={t("topics.deleteTitle", { name })}
      action={t("topics.delete")}
      danger
      fault={fault}
      onCancel={onCancel}
      onConfirm={remove}
    >
      <p>{t("topics.deleteWhat")}</p>
      <div className="mt-3">
        {usage ? (
          <UsedBy usage={usage} />
        ) : (
          !fault && (
            <p role="status" className="flex items-center gap-2">
              <Spinner /> {t("topics.searchingTiles")}
            </p>
          )
        )}
      </div>
    </ConfirmDialog>
  );
}

function UsedBy({ usage: { tiles } }: { usage: Usage }) {
  if (tiles.length === 0) return <p>{t("topics.noTileUsesIt")}</p>;
  return (
    <>
      <p className="font-medium text-warn-ink">{t("topics.tilesLeftEmpty", { count: tiles.length })}</p>
      <ul className="mt-1 list-disc pl-5">
        {tiles.map((tile) => (
          <li key={`${tile.dashboard}/${tile.tile}`}>
            {t("topics.tileOnDashboard", { point: tile.point, dashboard: tile.title })}
          </li>
        ))}
      </ul>
    </>
  );
}
