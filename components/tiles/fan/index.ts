import { defineComposite } from "../composite/define";

/** A fan: switch, speed, direction and its other parts. */
export const fan = defineComposite({
  id: "fan",
  label: "tiles.fanLabel",
  needs: "tiles.fanNeeds",
  fit: ({ part, command }) =>
    part?.kind === "fan" || command?.kind === "switch" || command?.kind === "number" ? 0.5 : 0,
});
