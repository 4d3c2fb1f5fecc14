import { defineComposite } from "../composite/define";
import "./cover.css";

/** A blind, shutter or door: its buttons, position and tilt. */
export const cover = defineComposite({
  id: "cover",
  label: "tiles.coverLabel",
  needs: "tiles.coverNeeds",
  fit: ({ part, command }) => (part?.kind === "cover" || command ? 0.5 : 0),
});
