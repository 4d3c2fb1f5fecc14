import { defineComposite } from "../composite/define";
import "./light.css";

/** A lamp: switch, brightness, colour temperature, colour, effect. */
export const light = defineComposite({
  id: "light",
  label: "tiles.lightLabel",
  needs: "tiles.lightNeeds",
  fit: ({ part, command }) =>
    part?.kind === "light" || command?.kind === "switch" || command?.kind === "number" ? 0.5 : 0,
});
