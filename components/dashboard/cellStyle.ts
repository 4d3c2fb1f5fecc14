import type { CSSProperties } from "react";
import type { PlacedTile } from "./layout";

/** Where a tile stands, for the three widths that grid.css knows. */
export const cellStyle = ({ w, h, phone, at }: PlacedTile): CSSProperties =>
  ({ "--w": w, "--h": h, "--phone": phone, ...(at && { "--x": at.x, "--y": at.y }) }) as CSSProperties;
