import type { CSSProperties } from "react";
import { COLUMNS } from "@/lib/dashboard/columns";
import type { PlacedTile } from "./layout";

/**
 * A tile's cells for each number of columns; grid.css chooses by the page's width, so the HTML is right before any script runs.
 * `flowing`: only the size, where some of the tiles are left out.
 */
export function cellStyle({ places }: PlacedTile, flowing = false): CSSProperties {
  const style: Record<string, string> = {};
  for (const columns of COLUMNS) {
    const { x, y, w, h } = places[columns];
    // not a text: CSS
    style[`--c${columns}`] = flowing ? `span ${h}/span ${w}` : `${y + 1}/${x + 1}/span ${h}/span ${w}`;
  }
  return style;
}
