import dynamic from "next/dynamic";
import { defineTile } from "../definition";
import { type MapOptions, mapOptions } from "./options";
import { MapTile } from "./Tile";
import "./map.css";

/** The positions of one to eight things. It needs no map server: it draws degrees, distances and paths itself. */
export const map = defineTile<MapOptions>({
  id: "map",
  label: "tiles.mapLabel",
  needs: "tiles.mapNeeds",
  fit: (point) => (point.holds === "place" ? 4 : 0),
  size: { w: 3, h: 6, phone: 2 },
  options: mapOptions,
  Tile: MapTile,
  Settings: dynamic(() => import("./Settings").then((m) => m.MapSettings), { ssr: false }),
});
