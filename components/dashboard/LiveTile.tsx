"use client";

import { memo, useMemo } from "react";
import { usePointInfo } from "@/components/kit/useReading";
import type { PointId } from "@/lib/ids";
import type { StateKey } from "@/lib/pointState";
import { t } from "@/lib/texts/t";
import { tilePoints } from "@/lib/tilePoints";
import { tileKind } from "../tiles/registry";
import { cellStyle } from "./cellStyle";
import type { PlacedTile } from "./layout";
import { NoticeTile } from "./NoticeTile";
import { TileFrame } from "./TileFrame";
import { UnknownTile } from "./UnknownTile";
import { useAnyIn } from "./useStateFilter";

const NONE: readonly PointId[] = [];

/** One cell of the grid: the tile of its kind, or a word on why it cannot be shown. */
export const LiveTile = memo(function LiveTile({
  placed,
  only,
  ready = true,
}: {
  placed: PlacedTile;
  only: ReadonlySet<StateKey>;
  /** Its turn to be drawn has come; until then its place is kept. */
  ready?: boolean;
}) {
  const { tile } = placed;
  const hidden = useHidden(tile, only);
  return (
    <div
      className="grid-cell"
      data-narrow={placed.places[10].w < 2 || undefined}
      style={cellStyle(placed, only.size > 0)}
      hidden={hidden}
    >
      {ready ? <TileOf tile={tile} /> : <div className="tile" />}
    </div>
  );
});

/** A tile without a point is in no state: a filter leaves it out. Without a filter nothing is listened to. */
function useHidden(tile: PlacedTile["tile"], only: ReadonlySet<StateKey>): boolean {
  const points = useMemo(() => tilePoints(tile), [tile]);
  const filtered = only.size > 0;
  return !useAnyIn(filtered ? points : NONE, only) && filtered;
}

export function TileOf({ tile }: { tile: PlacedTile["tile"] }) {
  const point = usePointInfo(tile.point);
  const title = tile.title ?? point?.name ?? tile.point ?? tile.kind;
  const kind = tileKind(tile.kind);
  if (!kind.ok) return <UnknownTile kind={tile.kind} title={title} point={tile.point} />;
  if (!tile.point) return <NoticeTile title={title}>{t("dashboard.tileWithoutPoint")}</NoticeTile>;
  if (!point)
    return (
      <NoticeTile title={title} point={tile.point}>
        {t("dashboard.noSuchPoint", { point: tile.point })}
      </NoticeTile>
    );
  if (kind.value.fit(point) === 0)
    return (
      <NoticeTile title={title} point={tile.point}>
        {t("dashboard.cannotShow", {
          name: point.name,
          kind: t(kind.value.label).toLowerCase(),
          needs: t(kind.value.needs),
        })}
      </NoticeTile>
    );
  const options = kind.value.options.parse(tile.options);
  if (!options.ok)
    return (
      <NoticeTile title={title} point={tile.point}>
        {t("dashboard.badOption", { error: options.error })}
      </NoticeTile>
    );
  return <TileFrame point={point} title={title} kind={kind.value} options={options.value} />;
}
