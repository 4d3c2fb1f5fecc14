"use client";

import { useCallback, useRef } from "react";
import { Glyph } from "@/components/kit/Glyph";
import { pointPath } from "@/components/kit/paths";
import type { TileControl } from "@/components/kit/useControl";
import { PaceContext } from "@/components/kit/useReading";
import type { Pace } from "@/components/live/hooks";
import type { PointId } from "@/lib/ids";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import type { Parts, TileDefinition } from "../tiles/definition";
import { paced } from "../tiles/shared/onScreen";
import { TileAge, TileLight, TileNote } from "./TileLeaves";
import { useTileState } from "./useTileState";
import { useVisit } from "./useVisit";

export interface TileFrameProps {
  point: PointInfo;
  title: string;
  kind: TileDefinition;
  options: unknown;
}

/** Whose command the foot tells of, where that is not the tile's own point. */
export interface Spoken {
  point: PointInfo;
  /** Its role in words; undefined where the tile's title says it. */
  label: string | undefined;
  say(value: Value): string;
}

export interface FrameProps extends TileFrameProps {
  noteId: string;
  /** Of the point that the foot speaks of. */
  control: TileControl;
  parts?: Parts;
  /** The points beside the tile's own that are one thing with it. The same array while they stay the same. */
  others?: readonly PointId[];
  spoken?: Spoken;
}

/**
 * What every tile shares: the group with its name, the light, the foot. Drawn anew when its state changes, not on each reading:
 * light, figure, note and age are leaves that listen for themselves.
 */
export function Frame({
  point,
  title,
  kind: { Tile, id: kind, words },
  options,
  noteId,
  control,
  parts,
  others,
  spoken,
}: FrameProps) {
  const tile = useTileState(point.id, others);
  const visit = useVisit(point.id);
  const whole = useRef<HTMLDivElement>(null);
  const pace = useCallback<Pace>((listener) => paced(whole.current, listener, "together"), []);
  if (!tile) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; the role is what readers and tests rely on
    <div
      ref={whole}
      role="group"
      aria-label={title}
      className="tile"
      data-point={point.id}
      data-kind={kind}
      data-state={tile.state}
      data-stateless={tile.note?.kind === "no-state" || undefined}
      data-level={tile.level}
      data-command={control.phase}
      aria-busy={control.waiting || undefined}
    >
      <div className="tile-head">
        <span className="tile-glyph">
          <Glyph name={point.icon ?? "numeric"} />
          <TileLight id={point.id} light={tile.light} />
        </span>
        {/* The one link of the tile: it covers all that is no control (tile.css). */}
        <a className="tile-title" href={pointPath(point.id)} onClick={visit}>
          {title}
        </a>
      </div>
      <div className="tile-body">
        <PaceContext value={pace}>
          <Tile point={point} title={title} options={options} control={control} parts={parts} />
        </PaceContext>
      </div>
      <div className="tile-foot">
        <TileNote
          id={noteId}
          point={spoken?.point ?? point}
          note={tile.note}
          control={control}
          words={words?.(options)}
          label={spoken?.label}
          say={spoken?.say}
        />
        <TileAge id={point.id} />
      </div>
      {control.dialog}
    </div>
  );
}
