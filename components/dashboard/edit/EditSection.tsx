"use client";

import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { t } from "@/lib/texts/t";
import type { PlacedSection } from "../layout";

/** A section in the editor: its name, its place among the others, and its tiles. */
export function EditSection({
  section,
  index,
  count,
  onName,
  onAdd,
  onMove,
  onRemove,
  children,
}: {
  section: PlacedSection;
  index: number;
  /** How many sections there are. */
  count: number;
  onName: (title: string) => void;
  onAdd: () => void;
  onMove: (by: -1 | 1) => void;
  /** Its tiles stay: they go to the section beside it. */
  onRemove: () => void;
  children: ReactNode;
}) {
  const name = section.title?.trim() || t("edit.sectionNumber", { number: index + 1 });
  return (
    <section aria-label={name}>
      <div className="edit-section" role="toolbar" aria-label={t("edit.changeSection", { name })}>
        <TextInput
          className="edit-section-name"
          aria-label={t("edit.sectionName", { number: index + 1 })}
          placeholder={t("edit.sectionPlaceholder")}
          value={section.title ?? ""}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => onName(event.target.value)}
        />
        <IconButton label={t("edit.addTileTo", { name })} onClick={onAdd}>
          <Icon name="plus" />
        </IconButton>
        {count > 1 && (
          <>
            <IconButton label={t("edit.moveEarlier", { name })} disabled={index === 0} onClick={() => onMove(-1)}>
              <Icon name="up" />
            </IconButton>
            <IconButton label={t("edit.moveLater", { name })} disabled={index === count - 1} onClick={() => onMove(1)}>
              <Icon name="down" />
            </IconButton>
            <IconButton label={t("edit.removeSection", { name })} onClick={onRemove}>
              <Icon name="trash" />
            </IconButton>
          </>
        )}
      </div>
      <div className="grid-tiles">{children}</div>
    </section>
  );
}
