"use client";

import { useRouter } from "next/navigation";
import { useMemo, useReducer, useRef, useState } from "react";
import { call, changedMeanwhile } from "@/components/api";
import { useListedPoints } from "@/components/kit/useListedPoints";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { ChangedBanner } from "@/components/ui/ChangedBanner";
import { EmptyState } from "@/components/ui/EmptyState";
import { TextInput } from "@/components/ui/Field";
import { toast } from "@/components/ui/toasts";
import { useLeaveGuard } from "@/components/ui/useLeaveGuard";
import type { DashboardOut } from "@/lib/api";
import { changedFields } from "@/lib/changedFields";
import { t } from "@/lib/texts/t";
import type { ShownDashboard } from "../DashboardPage";
import { sectionsOf } from "../layout";
import { AddTile } from "./AddTile";
import { dashboardOf, draftOf, edit } from "./draft";
import { EditCell } from "./EditCell";
import { TileSettings } from "./TileSettings";

/** Edits a dashboard. Nothing changes for anybody until Save. Everything can be done by keyboard. */
export function DashboardEditor({
  dashboard: shown,
  startAdding,
  onDone,
}: {
  dashboard: ShownDashboard;
  /** Opens with the dialog to add tiles, for an empty dashboard. */
  startAdding: boolean;
  onDone: () => void;
}) {
  const router = useRouter();
  // The version on which this draft is based. When somebody else saves, the page is rendered with their version; saving with that one
  // would overwrite their change without asking.
  const [dashboard] = useState(shown);
  const start = useMemo(() => draftOf(dashboard), [dashboard]);
  const [draft, dispatch] = useReducer(edit, start);
  const listed = useListedPoints();
  const points = listed.state === "ready" ? listed.value : undefined;
  const [notSaved, setProblem] = useState<string>();
  const notListed = listed.state === "failed" ? t("edit.notListed", { message: listed.problem.message }) : undefined;
  const problem = notSaved ?? notListed;
  const [theirs, setTheirs] = useState<DashboardOut>();
  const [busy, setBusy] = useState(false);
  const [adding, setAdding] = useState(startAdding);
  const [settings, setSettings] = useState<string>();
  const nextKey = useRef(0);
  const changed = draft !== start;
  useLeaveGuard(changed);

  const save = async (version: number) => {
    if (draft.title.trim() === "") return setProblem(t("edit.titleNeeded"));
    setBusy(true);
    const { slug } = dashboard;
    const saved = await call("PUT /dashboards/{slug}", { params: { slug }, body: dashboardOf(slug, draft), version });
    setBusy(false);
    const changedBy = saved.ok ? undefined : changedMeanwhile<DashboardOut>(saved.problem);
    setTheirs(changedBy);
    if (changedBy) return setProblem(undefined);
    if (!saved.ok) return setProblem(t("edit.notSaved", { message: saved.problem.message }));
    toast(t("edit.saved", { title: saved.value.title }));
    router.refresh();
    onDone();
  };

  // The same layout as on the page, so that the editor shows what will be saved.
  const sections = sectionsOf(
    draft.tiles.map(({ key, tile }) => ({ ...tile, id: key })),
    new Map(points?.map((p) => [p.id, p])),
  );
  const byKey = new Map(draft.tiles.map((t, index) => [t.key, { ...t, index }]));
  const chosen = draft.tiles.find((t) => t.key === settings);
  const sectionNames = [...new Set(draft.tiles.flatMap(({ tile }) => tile.section ?? []))];

  return (
    <div className="px-3 pt-4 pb-10 md:px-6 md:pt-5">
      <header className="sticky top-0 z-10 -mx-3 mb-4 flex flex-wrap items-center gap-2 bg-page px-3 py-2 md:-mx-6 md:px-6">
        <h1 className="sr-only">{t("edit.editTitle", { title: dashboard.title })}</h1>
        <TextInput
          className="flex-1 font-bold max-md:basis-full md:max-w-xs md:basis-44"
          aria-label={t("edit.dashboardTitle")}
          value={draft.title}
          maxLength={100}
          onChange={(event) => dispatch({ type: "title", title: event.target.value })}
        />
        <Button onClick={() => setAdding(true)}>{t("edit.addTile")}</Button>
        <span className="flex-1" />
        <Button variant="quiet" onClick={onDone}>
          {t("edit.discard")}
        </Button>
        <Button variant="primary" busy={busy} disabled={!changed} onClick={() => void save(dashboard.version)}>
          {t("edit.save")}
        </Button>
      </header>
      {theirs && (
        <div className="mb-4">
          <ChangedBanner
            what={t("edit.dashboard")}
            fields={changedFields(
              { title: dashboard.title, tiles: dashboard.tiles },
              { title: theirs.title, tiles: theirs.tiles },
            )}
            busy={busy}
            onReload={() => {
              router.refresh();
              onDone();
            }}
            onOverwrite={() => void save(theirs.version)}
          />
        </div>
      )}
      {problem && (
        <Banner tone="critical" live className="mb-4">
          {problem}
        </Banner>
      )}
      {draft.tiles.length === 0 && (
        <EmptyState
          title={t("edit.noTilesYet")}
          action={
            <Button variant="primary" onClick={() => setAdding(true)}>
              {t("edit.addTileButton")}
            </Button>
          }
        >
          {t("edit.noTilesWhy")}
        </EmptyState>
      )}
      <div className="grid-sections">
        {sections.map((section) => (
          <section key={section.key} aria-label={section.heading}>
            {section.heading && <h2 className="grid-heading">{section.heading}</h2>}
            <div className="grid-tiles">
              {section.tiles.map((placed) => {
                const at = byKey.get(placed.key);
                return (
                  at && (
                    <EditCell
                      key={placed.key}
                      placed={{ ...placed, tile: at.tile }}
                      point={points?.find((p) => p.id === at.tile.point)}
                      first={at.index === 0}
                      last={at.index === draft.tiles.length - 1}
                      onMove={(by) => dispatch({ type: "move", key: placed.key, by })}
                      onRemove={() => dispatch({ type: "remove", key: placed.key })}
                      onSettings={() => setSettings(placed.key)}
                    />
                  )
                );
              })}
            </div>
          </section>
        ))}
      </div>
      {adding && (
        <AddTile
          points={points}
          section={draft.tiles.at(-1)?.tile.section}
          onClose={() => setAdding(false)}
          onAdd={(tile) => dispatch({ type: "add", key: `new-${nextKey.current++}`, tile })}
        />
      )}
      {chosen && (
        <TileSettings
          tile={chosen.tile}
          point={points?.find((p) => p.id === chosen.tile.point)}
          points={points}
          sections={sectionNames}
          onClose={() => setSettings(undefined)}
          onChange={(changes) => dispatch({ type: "change", key: chosen.key, changes })}
        />
      )}
    </div>
  );
}
