import type { CompositeSpec } from "./kind";

/** A lamp: switch, brightness, colour temperature, colour, effect. */
export const light = {
  label: "composite.light",
  roles: {
    power: "composite.power",
    brightness: "composite.brightness",
    colorTemperature: "composite.colorTemperature",
    color: "composite.color",
    hs: "composite.color",
    effect: "composite.effect",
  },
  main: ["power", "brightness"],
  spoken: {
    state: "power",
    value: "power",
    color_temp: "colorTemperature",
    rgb: "color",
    color_hs: "hs",
  },
  guessed: { none: "power", number: "brightness" },
} as const satisfies CompositeSpec;
