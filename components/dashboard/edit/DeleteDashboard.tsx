"use client";

import { useState } from "react";
import { call } from "@/components/api";
import { Banner } from "@/components/ui/Banner";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { tilesIn } from "@/lib/dashboard/tilesIn";
import { t } from "@/lib/texts/t";
import type { ShownDashboard } from "../DashboardPage";

/** Asks before deleting, and says how many tiles will be deleted. Points and readings stay. */
export function DeleteDashboard({
  dashboard: { slug, title, sections, version },
  onClose,
}: {
  dashboard: ShownDashboard;
  onClose: () => void;
}) {
  const [error, setError] = useState<string>();

  const remove = async () => {
    const gone = await call("DELETE /dashboards/{slug}", { params: { slug }, version });
    if (!gone.ok) return setError(gone.problem.message);
    // A new document: a refresh would first request the deleted page.
    window.location.assign("/");
  };

  return (
    <ConfirmDialog
      open
      danger
      title={t("edit.deleteTitle", { title })}
      action={t("edit.delete")}
      onCancel={onClose}
      onConfirm={remove}
    >
      {t("edit.deleteWhat", { count: tilesIn({ sections }).length })}
      {error && (
        <Banner tone="critical" live className="mt-3">
          {error}
        </Banner>
      )}
    </ConfirmDialog>
  );
}
