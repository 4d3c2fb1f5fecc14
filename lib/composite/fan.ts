import type { CompositeSpec } from "./kind";

export const fan = {
  label: "composite.fan",
  roles: {
    power: "composite.power",
    speed: "composite.speed",
    preset: "composite.preset",
    mode: "composite.mode",
    direction: "composite.direction",
    oscillate: "composite.oscillation",
  },
  main: ["power", "speed"],
  spoken: {
    state: "power",
    value: "power",
    percentage: "speed",
    speed_level: "speed",
    oscillation: "oscillate",
    preset_mode: "preset",
    fan_mode: "mode",
  },
  guessed: { none: "power", number: "speed", select: "mode" },
} as const satisfies CompositeSpec;
