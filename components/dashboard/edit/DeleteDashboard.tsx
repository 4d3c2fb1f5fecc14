"use client";

import { useState } from "react";
import { call } from "@/components/api";
import { Banner } from "@/components/ui/Banner";
import { ConfirmDialog } from "@/components/ui/Dialog";
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
  const count = tiles.length === 1 ? "its one tile" : `its ${tiles.length} tiles`;

  const remove = async () => {
    const gone = await call("DELETE /dashboards/{slug}", { params: { slug }, version });
    if (!gone.ok) return setError(gone.problem.message);
    // A whole new document: a refresh in place would first ask for the page that is gone.
    window.location.assign("/");
  };

  return (
    <ConfirmDialog open danger title={`Delete “${title}”?`} action="Delete" onCancel={onClose} onConfirm={remove}>
      Only the page is deleted{tiles.length > 0 && `, with ${count}`}. Registered topics and history are kept.
      {error && (
        <Banner tone="critical" live className="mt-3">
          {error}
        </Banner>
      )}
    </ConfirmDialog>
  );
}
