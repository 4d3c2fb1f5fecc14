import type { CompositeSpec } from "./kind";

/** A thermostat or an air conditioner. */
export const climate = {
  label: "composite.climate",
  roles: {
    current: "composite.current",
    target: "composite.target",
    targetLow: "composite.heatTo",
    targetHigh: "composite.coolTo",
    action: "composite.action",
    power: "composite.power",
    mode: "composite.mode",
    preset: "composite.preset",
    fanMode: "composite.fanMode",
    swing: "composite.swing",
    humidity: "composite.humidity",
    targetHumidity: "composite.targetHumidity",
  },
  main: ["current", "target", "targetLow", "mode"],
  spoken: {
    current_temperature: "current",
    local_temperature: "current",
    target_temperature: "target",
    current_heating_setpoint: "target",
    occupied_heating_setpoint: "target",
    target_temperature_low: "targetLow",
    target_temperature_high: "targetHigh",
    system_mode: "mode",
    running_state: "action",
    fan_mode: "fanMode",
    preset_mode: "preset",
    swing_mode: "swing",
    current_humidity: "humidity",
    target_humidity: "targetHumidity",
    state: "power",
  },
  guessed: { none: "current", number: "target", select: "mode", text: "mode", switch: "power" },
} as const satisfies CompositeSpec;
