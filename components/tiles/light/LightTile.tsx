"use client";

import { ColourPart } from "../composite/Colour";
import type { CompositeOptions } from "../composite/options";
import { OtherParts } from "../composite/Parts";
import { PowerRow } from "../composite/PowerRow";
import type { TileProps } from "../definition";
import { Lamp } from "./Lamp";

/** A lamp: on and off, and its other parts. */
export function LightTile({ point, parts = {} }: TileProps<CompositeOptions>) {
  const { power, color, hs } = parts;
  const colour = color ?? hs;
  return (
    <>
      <PowerRow main={point} power={power}>
        <Lamp parts={parts} />
      </PowerRow>
      <OtherParts parts={parts} but={["power", "color", "hs"]} />
      {colour && <ColourPart role={color ? "color" : "hs"} point={colour} />}
    </>
  );
}
