import { defineComposite } from "../composite/define";

/** A blind, a shutter, a door: its moves, its position and tilt. */
export const cover = defineComposite({
  id: "cover",
  label: "Cover",
  needs: "a part of a cover, or a command",
  fit: ({ part, command }) => (part?.kind === "cover" || command ? 0.5 : 0),
});
