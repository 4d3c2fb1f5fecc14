import type { CSSProperties } from "react";
import type { PlacedTile } from "./layout";

/** A tile's position and size for the three widths of grid.css. */
export const cellStyle = ({ w, h, phone, at }: PlacedTile): CSSProperties =>
  ({ "--w": w, "--h": h, "--phone": phone, ...(at && { "--x": at.x, "--y": at.y }) }) as CSSProperties;
