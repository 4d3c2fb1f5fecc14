"use client";

import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
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
import type { Dashboard } from "@/lib/dashboard";
import { apply, placeOf } from "@/lib/dashboard/apply";
import type { Op } from "@/lib/dashboard/ops";
import { removeSection, stepOf } from "@/lib/dashboard/step";
import { tilesIn } from "@/lib/dashboard/tilesIn";
import { t } from "@/lib/texts/t";
import type { ShownDashboard } from "../DashboardPage";
import { sectionsOf } from "../layout";
import { AddTile } from "./AddTile";
import { addSection, addTile, changeTile, moveInto, moveSection, trimmed } from "./draft";
import { EditCell } from "./EditCell";
import { EditSection } from "./EditSection";
import { TileSettings } from "./TileSettings";

/** No section has this id. */
const LAST = "";

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
  const start = useMemo((): Dashboard => {
    const { slug, title, sections } = dashboard;
    return { slug, title, sections };
  }, [dashboard]);
  const [draft, setDraft] = useState(start);
  const edit = (...ops: (Op | undefined)[]) =>
    setDraft((now) => ops.reduce((next, op) => (op && apply(next, op)) ?? next, now));
  const listed = useListedPoints();
  const points = listed.state === "ready" ? listed.value : undefined;
  const [notSaved, setProblem] = useState<string>();
  const notListed = listed.state === "failed" ? t("edit.notListed", { message: listed.problem.message }) : undefined;
  const problem = notSaved ?? notListed;
  const [theirs, setTheirs] = useState<DashboardOut>();
  const [busy, setBusy] = useState(false);
  // The section that gets the tiles; LAST: the last one.
  const [adding, setAdding] = useState(startAdding ? LAST : undefined);
  const [settings, setSettings] = useState<string>();
  const changed = draft !== start;
  useLeaveGuard(changed);

  const save = async (version: number) => {
    if (draft.title.trim() === "") return setProblem(t("edit.titleNeeded"));
    setBusy(true);
    const { slug } = dashboard;
    const saved = await call("PUT /dashboards/{slug}", {
      params: { slug },
      body: trimmed(draft),
      version,
    });
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
  const sections = sectionsOf(draft, new Map(points?.map((p) => [p.id, p])));
  const tiles = tilesIn(draft);
  const chosen = settings === undefined ? undefined : placeOf(draft, settings);

  return (
    <div className="px-3 pt-4 pb-10 md:px-6 md:pt-5">
      <header className="sticky top-0 z-10 -mx-3 mb-4 flex flex-wrap items-center gap-2 bg-page px-3 py-2 md:-mx-6 md:px-6">
        <h1 className="sr-only">{t("edit.editTitle", { title: dashboard.title })}</h1>
        <TextInput
          className="flex-1 font-bold max-md:basis-full md:max-w-xs md:basis-44"
          aria-label={t("edit.dashboardTitle")}
          value={draft.title}
          maxLength={100}
          onChange={(event) => edit({ op: "title", title: event.target.value })}
        />
        <Button onClick={() => setAdding(LAST)}>{t("edit.addTile")}</Button>
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
              { title: dashboard.title, sections: dashboard.sections },
              { title: theirs.title, sections: theirs.sections },
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
      {tiles.length === 0 && (
        <EmptyState
          title={t("edit.noTilesYet")}
          action={
            <Button variant="primary" onClick={() => setAdding(LAST)}>
              {t("edit.addTileButton")}
            </Button>
          }
        >
          {t("edit.noTilesWhy")}
        </EmptyState>
      )}
      <div className="grid-sections">
        {sections.map((section, index) => (
          <EditSection
            key={section.id}
            section={section}
            index={index}
            count={sections.length}
            onName={(title) => edit({ op: "section.change", id: section.id, changes: { title: title || null } })}
            onAdd={() => setAdding(section.id)}
            onMove={(by) => edit(moveSection(draft, section.id, by))}
            onRemove={() => edit(...removeSection(draft, section.id))}
          >
            {section.tiles.map((placed) => (
              <EditCell
                key={placed.key}
                placed={placed}
                point={points?.find((p) => p.id === placed.tile.point)}
                first={!stepOf(draft, placed.key, -1)}
                last={!stepOf(draft, placed.key, 1)}
                onMove={(by) => edit(stepOf(draft, placed.key, by))}
                onRemove={() => edit({ op: "tile.remove", id: placed.key })}
                onSettings={() => setSettings(placed.key)}
              />
            ))}
          </EditSection>
        ))}
      </div>
      <Button className="mt-4" onClick={() => edit(addSection(draft))}>
        {t("edit.addSection")}
      </Button>
      {adding !== undefined && (
        <AddTile
          points={points}
          onClose={() => setAdding(undefined)}
          onAdd={(tile) => edit(...addTile(draft, tile, adding))}
        />
      )}
      {chosen && (
        <TileSettings
          tile={chosen.tile}
          point={points?.find((p) => p.id === chosen.tile.point)}
          points={points}
          section={chosen.section}
          sections={draft.sections}
          onClose={() => setSettings(undefined)}
          onChange={(changes) => edit(changeTile(chosen.tile.id, changes))}
          onSection={(section) => edit(moveInto(draft, chosen.tile.id, section))}
        />
      )}
    </div>
  );
}
