"use client";

import { sayValue } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { usePointInfo } from "@/components/kit/useReading";
import { IconButton } from "@/components/ui/Button";
import { Icon } from "@/components/ui/icons";
import type { PointOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { cellStyle } from "../cellStyle";
import { TileOf } from "../LiveTile";
import type { PlacedTile } from "../layout";
import { NoticeTile } from "../NoticeTile";

/** A tile in the editor: inert, with a toolbar above it. */
export function EditCell({
  placed,
  point,
  first,
  last,
  onMove,
  onRemove,
  onSettings,
}: {
  placed: PlacedTile;
  /** From the API, since the point of a tile that was just added is not live on this page yet. */
  point: PointOut | undefined;
  first: boolean;
  last: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onSettings: () => void;
}) {
  const { tile } = placed;
  const { locale } = useReader();
  const live = usePointInfo(tile.point);
  const name = tile.title ?? point?.name ?? live?.name ?? tile.point ?? tile.kind;
  return (
    <div className="grid-cell edit-cell" style={cellStyle(placed)}>
      <div className="edit-bar" role="toolbar" aria-label={t("edit.changeTile", { name })}>
        <IconButton label={t("edit.moveEarlier", { name })} disabled={first} onClick={() => onMove(-1)}>
          <Icon name="up" />
        </IconButton>
        <IconButton label={t("edit.moveLater", { name })} disabled={last} onClick={() => onMove(1)}>
          <Icon name="down" />
        </IconButton>
        <IconButton label={t("edit.settingsOf", { name })} onClick={onSettings}>
          <Icon name="edit" />
        </IconButton>
        <span className="flex-1" />
        <IconButton label={t("edit.remove", { name })} onClick={onRemove}>
          <Icon name="trash" />
        </IconButton>
      </div>
      <div className="edit-tile" inert>
        {point && !live ? (
          <NoticeTile title={name} point={tile.point}>
            {t("edit.liveWhenSaved", { value: sayValue(point.value, point, locale) })}
          </NoticeTile>
        ) : (
          <TileOf tile={tile} />
        )}
      </div>
    </div>
  );
}
