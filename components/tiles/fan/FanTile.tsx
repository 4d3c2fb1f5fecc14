"use client";

import type { CompositeOptions } from "../composite/options";
import { OtherParts } from "../composite/Parts";
import { PowerRow } from "../composite/PowerRow";
import type { TileProps } from "../definition";

/** A fan: on and off, speed, direction. */
export function FanTile({ point, parts = {} }: TileProps<CompositeOptions>) {
  return (
    <>
      <PowerRow main={point} power={parts.power} />
      <OtherParts parts={parts} but={["power"]} />
    </>
  );
}
