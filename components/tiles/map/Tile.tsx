"use client";

import dynamic from "next/dynamic";
import type { TileProps } from "../definition";
import type { MapOptions } from "./options";

/** Loaded on demand, so that pages without a map do not load it. */
const TileMap = dynamic(() => import("./TileMap").then((m) => m.TileMap), {
  ssr: false,
  loading: () => <div className="map-room" />,
});

export function MapTile(props: TileProps<MapOptions>) {
  return <TileMap {...props} />;
}
