"use client";

import dynamic from "next/dynamic";
import type { TileProps } from "../definition";
import type { MapOptions } from "./options";

/** The map comes when there is one to draw: a page without one does not pay for it. */
const TileMap = dynamic(() => import("./TileMap").then((m) => m.TileMap), {
  ssr: false,
  loading: () => <div className="map-room" />,
});

export function MapTile(props: TileProps<MapOptions>) {
  return <TileMap {...props} />;
}
