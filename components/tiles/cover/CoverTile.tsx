"use client";

import { usePointPart } from "@/components/kit/useReading";
import { t } from "@/lib/texts/t";
import { movesOf } from "../composite/moves";
import type { CompositeOptions } from "../composite/options";
import { Operated, PressButton } from "../composite/Part";
import { OtherParts } from "../composite/Parts";
import { useWhole } from "../composite/whole";
import { partName } from "../composite/words";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import { stateWord } from "./words";

/** A blind, shutter or door. One that reports no position has only its buttons. */
export function CoverTile({ point, parts = {} }: TileProps<CompositeOptions>) {
  const { title } = useWhole();
  const moves = movesOf(parts);
  const spoken = new Set<string>();
  const ordered = moves.some((move) => move.point === parts.state);
  return (
    <>
      {point.topic !== undefined && (
        <div className="whole-figure">
          <Figure point={point} />
          {parts.closed === point && <span className="whole-word">{t("tiles.closed")}</span>}
          {parts.state && parts.state !== point && <StateWord id={parts.state.id} />}
        </div>
      )}
      {moves.length > 0 && (
        <div className="moves">
          {moves.map(({ role, point: its, value }) => {
            const quiet = spoken.has(its.id);
            spoken.add(its.id);
            return (
              <Operated key={role} role={role} point={its} quiet={quiet}>
                {({ control }) => (
                  <PressButton role={role} name={partName("cover", title, role)} control={control} value={value} />
                )}
              </Operated>
            );
          })}
        </div>
      )}
      {/* A read-only state is shown beside the figure already. */}
      <OtherParts
        parts={parts}
        but={["open", "stop", "close", ...(ordered || !parts.state?.command ? ["state"] : [])]}
      />
    </>
  );
}

function StateWord({ id }: { id: NonNullable<TileProps<unknown>["point"]>["id"] }) {
  const said = usePointPart(id, (point) => point?.value ?? null);
  return said === null ? null : <span className="whole-word">{stateWord(String(said))}</span>;
}
