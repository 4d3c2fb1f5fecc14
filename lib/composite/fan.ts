import type { CompositeSpec } from "./kind";

export const fan = {
  label: "fields.partFan",
  roles: ["power", "speed", "preset", "mode", "direction", "oscillate"],
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
  labels: { oscillate: "Oscillation" },
  guessed: { none: "power", number: "speed", select: "mode" },
} as const satisfies CompositeSpec;
