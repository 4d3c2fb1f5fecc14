"use client";

import { partLabel } from "@/components/kit/partLabel";
import { usePointPart } from "@/components/kit/useReading";
import type { CompositeOptions } from "../composite/options";
import { Operated, Part, type PartProps } from "../composite/Part";
import { OtherParts } from "../composite/Parts";
import { Stepper } from "../composite/Stepper";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";

const TARGETS = ["target", "targetLow", "targetHigh"] as const;

/** The measured temperature, the targets, and what the device is doing. */
export function ClimateTile({ point, parts = {} }: TileProps<CompositeOptions>) {
  const { action, humidity } = parts;
  const own = Object.keys(parts).find((role) => parts[role] === point) ?? "current";
  const told = action && action !== point && !action.command;
  return (
    <>
      <div className="whole-figure">
        <Figure point={point} />
        <span className="whole-word">
          {own !== "current" && <span>{partLabel("climate", own).toLowerCase()} </span>}
          {told && <ActionWord id={action.id} />}
        </span>
      </div>
      {TARGETS.map((role) => {
        const target = parts[role];
        return target && <Target key={role} role={role} point={target} />;
      })}
      <OtherParts
        parts={parts}
        but={["current", ...TARGETS, ...(told ? ["action"] : []), ...(humidity === point ? ["humidity"] : [])]}
      />
    </>
  );
}

function Target({ role, point }: PartProps) {
  if (point.command?.kind !== "number") return <Part role={role} point={point} />;
  return (
    <Operated role={role} point={point}>
      {(props) => <Stepper {...props} />}
    </Operated>
  );
}

function ActionWord({ id }: { id: TileProps<unknown>["point"]["id"] }) {
  const said = usePointPart(id, (point) => point?.value ?? null);
  return said === null ? null : <span data-part="action">{String(said)}</span>;
}
