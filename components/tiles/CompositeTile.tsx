"use client";

import type { ReactNode } from "react";
import type { CompositeKind } from "@/lib/composite/roles";
import { ClimateTile } from "./climate/ClimateTile";
import type { CompositeOptions } from "./composite/options";
import { useWhole } from "./composite/whole";
import { CoverTile } from "./cover/CoverTile";
import type { TileProps } from "./definition";
import { FanTile } from "./fan/FanTile";
import { LightTile } from "./light/LightTile";

const TILES: Readonly<Record<CompositeKind, (props: TileProps<CompositeOptions>) => ReactNode>> = {
  light: LightTile,
  cover: CoverTile,
  climate: ClimateTile,
  fan: FanTile,
};

/** All composite kinds in one chunk, since they share most of their code. */
export function CompositeTile(props: TileProps<CompositeOptions>) {
  const Tile = TILES[useWhole().kind];
  return <Tile {...props} />;
}
