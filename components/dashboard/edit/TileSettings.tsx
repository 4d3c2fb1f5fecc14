"use client";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Field, NativeSelect, TextInput } from "@/components/ui/Field";
import type { PointOut } from "@/lib/api";
import { partsBeside } from "@/lib/composite/compose";
import type { Section, Tile } from "@/lib/dashboard";
import type { PointInfo } from "@/lib/point";
import { t } from "@/lib/texts/t";
import { kindsFor, tileKind, tileKinds } from "../../tiles/registry";

const counts = (most: number, textOf: (count: number) => string) => [
  { value: "", label: t("edit.defaultSize") },
  ...Array.from({ length: most }, (_, i) => ({ value: String(i + 1), label: textOf(i + 1) })),
];
/** A larger size (from telltale.yaml or the API) is offered too. */
const widths = (own = 1) => counts(Math.max(10, own), (count) => t("edit.columns", { count }));
const heights = (own = 1) => counts(Math.max(8, own), (count) => t("edit.rows", { count }));

const cells = (text: string): number | undefined => (text === "" ? undefined : Number(text));

export function TileSettings({
  tile,
  point,
  points,
  section,
  sections,
  onChange,
  onSection,
  onClose,
}: {
  tile: Tile;
  point: PointInfo | undefined;
  /** All points that the reader may see; undefined while they are loading. */
  points: readonly PointOut[] | undefined;
  section: Section;
  sections: readonly Section[];
  onChange: (changes: Partial<Tile>) => void;
  onSection: (section: Section) => void;
  onClose: () => void;
}) {
  const known = tileKind(tile.kind);
  const Settings = known.ok ? known.value.Settings : undefined;
  const offered = point ? kindsFor(point) : tileKinds;
  const kinds: { value: string; label: string }[] = offered.map((k) => ({ value: k.id, label: t(k.label) }));
  const kind = known.ok ? known.value.id : tile.kind;
  if (!kinds.some((k) => k.value === kind))
    kinds.unshift({ value: kind, label: known.ok ? t(known.value.label) : kind });
  const optionsFor = (id: string) => {
    const parts = point && partsBeside(id, point, points ?? []);
    return parts && { parts };
  };
  return (
    <Dialog open onClose={onClose} title={t("edit.tile")} footer={<Button onClick={onClose}>{t("edit.done")}</Button>}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t("edit.title")}
          className="sm:col-span-2"
          hint={point && t("edit.leaveBlank", { name: point.name })}
        >
          <TextInput
            value={tile.title ?? ""}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => onChange({ title: event.target.value })}
          />
        </Field>
        <Field label={t("edit.kind")}>
          {/* Options belong to a kind: a new kind starts with its defaults. */}
          <NativeSelect
            value={kind}
            options={kinds}
            onChange={(id) => onChange({ kind: id, options: optionsFor(id) })}
          />
        </Field>
        <Field label={t("edit.section")}>
          <NativeSelect
            value={section.id}
            options={sections.map(({ id, title }, i) => ({
              value: id,
              label: title ?? t("edit.sectionNumber", { number: i + 1 }),
            }))}
            onChange={(chosen) => {
              const into = sections.find(({ id }) => id === chosen);
              if (into) onSection(into);
            }}
          />
        </Field>
        <Field label={t("edit.width")}>
          <NativeSelect
            value={tile.w === undefined ? "" : String(tile.w)}
            options={widths(tile.w)}
            onChange={(text) => onChange({ w: cells(text) })}
          />
        </Field>
        <Field label={t("edit.height")}>
          <NativeSelect
            value={tile.h === undefined ? "" : String(tile.h)}
            options={heights(tile.h)}
            onChange={(text) => onChange({ h: cells(text) })}
          />
        </Field>
        {Settings && point && (
          <Settings
            point={point}
            options={tile.options}
            points={points}
            onChange={(options) => onChange({ options })}
          />
        )}
      </div>
    </Dialog>
  );
}
