"use client";

import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import type { ValueOptions } from "./options";
import { Trace } from "./Trace";

export function ValueTile({ point, options }: TileProps<ValueOptions>) {
  return (
    <>
      <Figure point={point} />
      {options.trace && point.type === "number" && <Trace id={point.id} />}
    </>
  );
}
