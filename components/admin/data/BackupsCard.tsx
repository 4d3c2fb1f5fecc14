"use client";

import { useState } from "react";
import { addressFor, call } from "@/components/api";
import { Card } from "@/components/kit/Card";
import { Loaded } from "@/components/kit/Loaded";
import { useLoad } from "@/components/kit/useLoad";
import { Banner } from "@/components/ui/Banner";
import { Button, IconButton } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { Icon } from "@/components/ui/icons";
import { rich } from "@/components/ui/rich";
import { toast } from "@/components/ui/toasts";
import type { BackupOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";
import { bytesText } from "./amounts";

const REFRESH_MS = 3000;
const when = timeFormat({ dateStyle: "medium", timeStyle: "medium" });

const backups = () => call("GET /backups");

/** Backups of both databases: made while Telltale runs, and kept in its data folder until they are deleted. */
export function BackupsCard() {
  const [load, reload] = useLoad(backups, REFRESH_MS);
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<string>();
  const [deleting, setDeleting] = useState<BackupOut>();
  const making = asked || (load.state === "ready" && load.value.making !== null);
  const postgres = load.state === "ready" && load.value.with === "pg_dump";

  const make = async () => {
    setAsked(true);
    setFault(undefined);
    const answer = await call("POST /backups");
    setAsked(false);
    if (answer.ok) toast(t("data.backupMade", { bytes: bytesText(answer.value.bytes) }));
    else setFault(answer.problem.message);
    await reload();
  };

  if (postgres) return <PostgresBackups />;
  return (
    <Card
      title={t("data.backups")}
      note={t("data.backupsNote")}
      aside={
        <Button variant="primary" busy={making} onClick={() => void make()}>
          {making ? t("data.makingBackup") : t("data.makeBackup")}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {fault && (
          <Banner tone="critical" live>
            {fault}
          </Banner>
        )}
        <Loaded load={load} reload={reload} what={t("data.theBackups")}>
          {({ backups }) =>
            backups.length === 0 ? (
              <p className="text-sm text-ink-2">{t("data.noBackupsYet")}</p>
            ) : (
              <ul aria-label={t("data.backups")} className="divide-y divide-line rounded-control border border-line">
                {backups.map((backup) => (
                  <Row key={backup.name} backup={backup} onDelete={() => setDeleting(backup)} />
                ))}
              </ul>
            )
          }
        </Loaded>
        <p className="text-xs text-ink-3">
          {rich("data.backupsWhere", { command: <code>npm run restore -- FOLDER</code> })}
        </p>
      </div>
      {deleting && (
        <DeleteBackup
          backup={deleting}
          onClose={() => {
            setDeleting(undefined);
            void reload();
          }}
        />
      )}
    </Card>
  );
}

/** Postgres makes a consistent copy of itself, so there is no button. */
function PostgresBackups() {
  return (
    <Card title={t("data.backups")}>
      <p className="text-sm text-ink-2">
        {rich("data.backupsPostgres", {
          command: <code>pg_dump -Fc -f telltale.dump $DATABASE_URL</code>,
          restore: <code>pg_restore --clean --if-exists -d $DATABASE_URL telltale.dump</code>,
        })}
      </p>
    </Card>
  );
}

function Row({ backup, onDelete }: { backup: BackupOut; onDelete: () => void }) {
  const made = when.format(backup.made);
  return (
    <li className="flex items-center gap-3 px-3 py-1.5">
      <div className="min-w-0 flex-1">
        <time dateTime={new Date(backup.made).toISOString()} className="font-medium tabular-nums">
          {made}
        </time>
        <p className="text-xs text-ink-3">
          {t("data.backupSizeVersion", { bytes: bytesText(backup.bytes), version: backup.version })}
        </p>
      </div>
      <a
        href={addressFor("GET /backups/{name}", { params: { name: backup.name } })}
        download
        className="inline-flex min-h-10 items-center px-2 text-sm font-medium text-accent underline"
        aria-label={t("data.downloadBackup", { made })}
      >
        {t("data.download")}
      </a>
      <IconButton label={t("data.deleteBackup", { made })} onClick={onDelete}>
        <Icon name="trash" />
      </IconButton>
    </li>
  );
}

function DeleteBackup({ backup, onClose }: { backup: BackupOut; onClose: () => void }) {
  const [fault, setFault] = useState<string>();
  const remove = async () => {
    const answer = await call("DELETE /backups/{name}", { params: { name: backup.name } });
    if (!answer.ok) return setFault(answer.problem.message);
    toast(t("data.backupDeleted"));
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title={t("data.deleteTitle", { made: when.format(backup.made) })}
      action={t("data.delete")}
      danger
      fault={fault}
      onCancel={onClose}
      onConfirm={remove}
    >
      <p>{t("data.deleteWhat", { bytes: bytesText(backup.bytes) })}</p>
    </ConfirmDialog>
  );
}
