import type { EntityKind } from "../found";

/** `{n}` is the number of the channel. */
export interface Leaf {
  name: string;
  unit?: string;
  kind?: EntityKind;
  diagnostic?: boolean;
  /** Of a boolean that does not say 1 and 0. */
  payloads?: { on: string; off: string };
}

const TRUE_FALSE = { on: "true", off: "false" };

export const LEAVES: Readonly<Record<string, Leaf>> = {
  "relay/power": { name: "Relay {n} power", unit: "W" },
  "relay/energy": { name: "Relay {n} energy", unit: "Wmin" },
  "relay/overpower_value": { name: "Relay {n} overpower", unit: "W", diagnostic: true },
  "color/power": { name: "Colour {n} power", unit: "W" },
  "color/energy": { name: "Colour {n} energy", unit: "Wmin" },
  "white/power": { name: "White {n} power", unit: "W" },
  "white/energy": { name: "White {n} energy", unit: "Wmin" },
  "roller/stop_reason": { name: "Roller {n} stop reason", diagnostic: true },
  "emeter_n/current": { name: "Neutral current", unit: "A" },
  "light/power": { name: "Light {n} power", unit: "W" },
  "light/energy": { name: "Light {n} energy", unit: "Wmin" },
  "roller/power": { name: "Roller {n} power", unit: "W" },
  "roller/energy": { name: "Roller {n} energy", unit: "Wmin" },
  "emeter/power": { name: "Emeter {n} power", unit: "W" },
  "emeter/reactive_power": { name: "Emeter {n} reactive power", unit: "var" },
  "emeter/pf": { name: "Emeter {n} power factor" },
  "emeter/current": { name: "Emeter {n} current", unit: "A" },
  "emeter/voltage": { name: "Emeter {n} voltage", unit: "V" },
  "emeter/total": { name: "Emeter {n} total", unit: "Wh" },
  "emeter/total_returned": { name: "Emeter {n} total returned", unit: "Wh" },
  "emeter/energy": { name: "Emeter {n} energy", unit: "Wmin" },
  "emeter/returned_energy": { name: "Emeter {n} returned energy", unit: "Wmin" },
  input: { name: "Input {n}", kind: "binary_sensor" },
  longpush: { name: "Input {n} long push", kind: "binary_sensor" },
  ext_switch: { name: "External switch {n}", kind: "binary_sensor" },
  temperature_status: { name: "Temperature status", diagnostic: true },
  loaderror: { name: "Load error", kind: "binary_sensor", diagnostic: true },
  temperature: { name: "Temperature", unit: "°C", diagnostic: true },
  overtemperature: { name: "Overtemperature", kind: "binary_sensor", diagnostic: true },
  overload: { name: "Overload", kind: "binary_sensor", diagnostic: true },
  voltage: { name: "Voltage", unit: "V" },
  ext_temperature: { name: "External temperature {n}", unit: "°C" },
  ext_humidity: { name: "External humidity {n}", unit: "%" },
  adc: { name: "Voltage {n}", unit: "V" },
  "sensor/temperature": { name: "Temperature", unit: "°C" },
  "sensor/humidity": { name: "Humidity", unit: "%" },
  "sensor/battery": { name: "Battery", unit: "%", diagnostic: true },
  "sensor/lux": { name: "Illuminance", unit: "lx" },
  "sensor/tilt": { name: "Tilt", unit: "°" },
  "sensor/concentration": { name: "Gas concentration", unit: "ppm" },
  "sensor/flood": { name: "Flood", kind: "binary_sensor", payloads: TRUE_FALSE },
  "sensor/smoke": { name: "Smoke", kind: "binary_sensor", payloads: TRUE_FALSE },
  "sensor/motion": { name: "Motion", kind: "binary_sensor" },
  "sensor/vibration": { name: "Vibration", kind: "binary_sensor" },
  "sensor/state": { name: "Door state", kind: "binary_sensor", payloads: { on: "open", off: "close" } },
  "sensor/illumination": { name: "Illumination" },
  "sensor/ext_power": { name: "External power", kind: "binary_sensor", diagnostic: true, payloads: TRUE_FALSE },
  "sensor/charger": { name: "Charger", kind: "binary_sensor", diagnostic: true, payloads: TRUE_FALSE },
  "sensor/gas": { name: "Gas" },
  "sensor/operation": { name: "Operation", diagnostic: true },
  "sensor/self_test": { name: "Self test", diagnostic: true },
  "sensor/error": { name: "Error", diagnostic: true },
  valve: { name: "Valve {n}" },
};
