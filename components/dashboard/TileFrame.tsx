"use client";

import { useId } from "react";
import type { PointInfo } from "@/lib/point";
import type { TileDefinition } from "../tiles/definition";
import { sayValue } from "../tiles/shared/figure";
import { useReader } from "../tiles/shared/reader";
import { openDetails } from "./details";
import { TileAge, TileLight, TileNote } from "./TileLeaves";
import { NO_CONTROL, type TileControl, useControl } from "./useControl";
import { useTileState } from "./useTileState";

export interface TileFrameProps {
  point: PointInfo;
  title: string;
  kind: TileDefinition;
  options: unknown;
}

/** A sensor listens to nothing that only an actuator has: a wall of hundreds of sensors must stay cheap. */
export function TileFrame(props: TileFrameProps) {
  const noteId = useId();
  return props.point.command ? (
    <Actuator {...props} noteId={noteId} />
  ) : (
    <Frame {...props} noteId={noteId} control={NO_CONTROL} />
  );
}

type WithNote = TileFrameProps & { noteId: string };

function Actuator(props: WithNote) {
  const { locale } = useReader();
  const words = props.kind.words?.(props.options);
  const control = useControl(props.point, props.noteId, (value) => sayValue(value, props.point, locale, words));
  return <Frame {...props} control={control} />;
}

/**
 * What every tile shares: the group with its name, the light, the foot. Drawn anew when its state changes, not on each reading:
 * light, figure, note and age are leaves that listen for themselves.
 */
function Frame({
  point,
  title,
  kind: { Tile, id: kind, words },
  options,
  noteId,
  control,
}: WithNote & { control: TileControl }) {
  const tile = useTileState(point.id);
  if (!tile) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; the role is what readers and tests rely on
    <div
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
        <TileLight id={point.id} light={tile.light} />
        <a
          className="tile-title"
          href={`?point=${encodeURIComponent(point.id)}`}
          onClick={(event) => openDetails(event, point.id)}
        >
          {title}
        </a>
      </div>
      <div className="tile-body">
        <Tile point={point} title={title} options={options} control={control} />
      </div>
      <div className="tile-foot">
        <TileNote id={noteId} point={point} note={tile.note} control={control} words={words?.(options)} />
        <TileAge id={point.id} />
      </div>
      {control.dialog}
    </div>
  );
}
