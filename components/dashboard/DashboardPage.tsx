"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { Page } from "@/components/kit/Page";
import { useReader } from "@/components/kit/reader";
import { usePoints } from "@/components/kit/useReading";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import type { Origin } from "@/lib/configOrigin";
import type { Dashboard } from "@/lib/dashboard";
import { tilesIn } from "@/lib/dashboard/tilesIn";
import { type PlainKey, t } from "@/lib/texts/t";
import { tilePoints } from "@/lib/tilePoints";
import { LivePage } from "./LivePage";
import { sectionsOf } from "./layout";
import { PointsSummary } from "./SummaryLine";
import { TileGrid } from "./TileGrid";
import { useAsking } from "./useAsking";
import { useStateFilter } from "./useStateFilter";

/** Editing is rare and for admins only, so its code is loaded on demand. */
const DashboardMenu = dynamic(() => import("./DashboardMenu").then((m) => m.DashboardMenu));
const DashboardEditor = dynamic(() => import("./edit/DashboardEditor").then((m) => m.DashboardEditor));

export type ShownDashboard = Dashboard & { origin: Origin; version: number };

/** Why a dashboard cannot be changed here. Those of the demo house can: the change is stored beside the original. */
const FIXED: Partial<Record<Origin, PlainKey>> = {
  file: "dashboard.fixedByFile",
  environment: "dashboard.fixedByEnvironment",
};

export function DashboardPage({ dashboard }: { dashboard: ShownDashboard }) {
  const { admin } = useReader();
  const [editing, setEditing] = useState<"tiles" | "adding">();
  const known = usePoints();
  const tiles = useMemo(() => tilesIn(dashboard), [dashboard]);
  // Each point once, parts of tiles included: the same points as the state filter uses.
  const points = useMemo(() => [...new Set(tiles.flatMap(tilePoints))], [tiles]);
  const asking = useAsking(points);
  const sections = useMemo(
    () => sectionsOf(dashboard, new Map(known.map((p) => [p.id, p])), asking),
    [dashboard, known, asking],
  );
  const { only, toggle } = useStateFilter();
  const fixedBy = FIXED[dashboard.origin];
  const fixed = fixedBy && t(fixedBy);

  if (editing)
    return (
      <DashboardEditor dashboard={dashboard} startAdding={editing === "adding"} onDone={() => setEditing(undefined)} />
    );
  return (
    <Page
      title={dashboard.title}
      summary={points.length > 0 && <PointsSummary points={points} only={only} onToggle={toggle} />}
      actions={admin && <DashboardMenu dashboard={dashboard} fixed={fixed} onEdit={() => setEditing("tiles")} />}
    >
      <LivePage>
        {tiles.length === 0 ? (
          <EmptyState
            title={t("dashboard.noTiles")}
            action={
              admin &&
              !fixed && (
                <Button variant="primary" onClick={() => setEditing("adding")}>
                  {t("dashboard.addTiles")}
                </Button>
              )
            }
          >
            {emptyWords(admin, fixed)}
          </EmptyState>
        ) : (
          <TileGrid sections={sections} only={only} />
        )}
      </LivePage>
    </Page>
  );
}

function emptyWords(admin: boolean, fixed: string | undefined): string {
  if (!admin) return t("dashboard.adminAddsTiles");
  return fixed ?? t("dashboard.choosePoints");
}
