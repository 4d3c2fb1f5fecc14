import type { CompositeSpec } from "./kind";

/** A lamp: switch, brightness, colour temperature, colour, effect. */
export const light = {
  label: "fields.partLight",
  roles: ["power", "brightness", "colorTemperature", "color", "hs", "effect"],
  main: ["power", "brightness"],
  spoken: {
    state: "power",
    value: "power",
    color_temp: "colorTemperature",
    rgb: "color",
    color_hs: "hs",
  },
  labels: { colorTemperature: "Colour temperature", color: "Colour", hs: "Colour" },
  guessed: { none: "power", number: "brightness" },
} as const satisfies CompositeSpec;
