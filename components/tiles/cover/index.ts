import { defineComposite } from "../composite/define";
import "./cover.css";

/** A blind, a shutter, a door: its moves, its position and tilt. */
export const cover = defineComposite({
  id: "cover",
  label: "tiles.coverLabel",
  needs: "tiles.coverNeeds",
  fit: ({ part, command }) => (part?.kind === "cover" || command ? 0.5 : 0),
});
