import { defineComposite } from "../composite/define";

/** A thermostat: how warm it is, how warm it should be, in which mode. */
export const climate = defineComposite({
  id: "climate",
  label: "tiles.climateLabel",
  needs: "tiles.climateNeeds",
  fit: ({ part, unit, command }) =>
    part?.kind === "climate" || unit?.startsWith("°") || command?.kind === "number" ? 0.5 : 0,
});
