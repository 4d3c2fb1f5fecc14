import { defineComposite } from "../composite/define";

/** A thermostat: its temperature, targets and mode. */
export const climate = defineComposite({
  id: "climate",
  label: "tiles.climateLabel",
  needs: "tiles.climateNeeds",
  fit: ({ part, unit, command }) =>
    part?.kind === "climate" || unit?.startsWith("°") || command?.kind === "number" ? 0.5 : 0,
});
