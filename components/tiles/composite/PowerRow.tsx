"use client";

import type { ReactNode } from "react";
import { useValue } from "@/components/kit/useReading";
import type { PointInfo } from "@/lib/point";
import { SwitchButton } from "../controls/SwitchButton";
import { TwoButtons } from "../controls/TwoButtons";
import { Figure } from "../shared/Figure";
import { onOff } from "../shared/onOff";
import { type BodyProps, Operated } from "./Part";

const POWER = "power";

/** The switch of a light or fan and its state; without a switch, the state of the main part. `children`: a mark before the state. */
export function PowerRow({
  main,
  power,
  children,
}: {
  main: PointInfo;
  power: PointInfo | undefined;
  children?: ReactNode;
}) {
  if (power?.command)
    return (
      <Operated role={POWER} point={power}>
        {(props) => (power.command?.assumed ? <Pressed {...props} /> : <Switched {...props} mark={children} />)}
      </Operated>
    );
  return (
    <div className="power-row">
      {children}
      <Figure point={main} size="s" words={onOff()} />
    </div>
  );
}

const Pressed = ({ name, control }: BodyProps) => <TwoButtons control={control} of={name} />;

function Switched({ point, name, control, mark }: BodyProps & { mark: ReactNode }) {
  return (
    <div className="power-row">
      {mark}
      <Figure point={point} size="s" words={onOff()} />
      <SwitchButton value={useValue(point.id)} title={name} control={control} />
    </div>
  );
}
