"use client";

import { useState } from "react";
import { call } from "@/components/api";
import { Banner } from "@/components/ui/Banner";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { t } from "@/lib/texts/t";
import type { ShownDashboard } from "../DashboardPage";

/** Asks, saying how many tiles go with it. The points and their readings stay. */
export function DeleteDashboard({
  dashboard: { slug, title, tiles, version },
  onClose,
}: {
  dashboard: ShownDashboard;
  onClose: () => void;
}) {
  const [error, setError] = useState<string>();

  const remove = async () => {
    const gone = await call("DELETE /dashboards/{slug}", { params: { slug }, version });
    if (!gone.ok) return setError(gone.problem.message);
    // A whole new document: a refresh in place would first ask for the page that is gone.
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
      {t("edit.deleteWhat", { count: tiles.length })}
      {error && (
        <Banner tone="critical" live className="mt-3">
          {error}
        </Banner>
      )}
    </ConfirmDialog>
  );
}
