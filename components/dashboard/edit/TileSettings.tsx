"use client";

import { useId } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Field, NativeSelect, TextInput } from "@/components/ui/Field";
import type { PointOut } from "@/lib/api";
import { partsBeside } from "@/lib/composite/compose";
import type { Tile } from "@/lib/dashboard";
import type { PointInfo } from "@/lib/point";
import { type PlainKey, t } from "@/lib/texts/t";
import { kindsFor, tileKind, tileKinds } from "../../tiles/registry";

type Choices = readonly { value: string; label: PlainKey }[];
const WIDTHS: Choices = [
  { value: "", label: "edit.defaultSize" },
  { value: "3", label: "edit.quarter" },
  { value: "4", label: "edit.third" },
  { value: "6", label: "edit.half" },
  { value: "12", label: "edit.wholeRow" },
];
const HEIGHTS: Choices = [
  { value: "", label: "edit.defaultSize" },
  { value: "1", label: "edit.oneRow" },
  { value: "2", label: "edit.twoRows" },
  { value: "3", label: "edit.threeRows" },
];

/** A custom size (from telltale.yaml or the API) is offered too. */
const withOwn = (choices: Choices, own: number | undefined) =>
  own === undefined || choices.some((c) => c.value === String(own))
    ? choices.map(({ value, label }) => ({ value, label: t(label) }))
    : [
        ...choices.map(({ value, label }) => ({ value, label: t(label) })),
        { value: String(own), label: t("edit.cells", { own }) },
      ];

const cells = (text: string): number | undefined => (text === "" ? undefined : Number(text));

export function TileSettings({
  tile,
  point,
  points,
  sections,
  onChange,
  onClose,
}: {
  tile: Tile;
  point: PointInfo | undefined;
  /** All points that the reader may see; undefined while they are loading. */
  points: readonly PointOut[] | undefined;
  sections: readonly string[];
  onChange: (changes: Partial<Tile>) => void;
  onClose: () => void;
}) {
  const listId = useId();
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
        <Field label={t("edit.section")} hint={t("edit.sectionHint")}>
          <TextInput
            value={tile.section ?? ""}
            maxLength={100}
            list={listId}
            autoComplete="off"
            onChange={(event) => onChange({ section: event.target.value })}
          />
          <datalist id={listId}>
            {sections.map((section) => (
              <option key={section} value={section} />
            ))}
          </datalist>
        </Field>
        <Field label={t("edit.width")}>
          <NativeSelect
            value={tile.w === undefined ? "" : String(tile.w)}
            options={withOwn(WIDTHS, tile.w)}
            onChange={(text) => onChange({ w: cells(text) })}
          />
        </Field>
        <Field label={t("edit.height")}>
          <NativeSelect
            value={tile.h === undefined ? "" : String(tile.h)}
            options={withOwn(HEIGHTS, tile.h)}
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
