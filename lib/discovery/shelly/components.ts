import type { Meaning } from "../announced";

export interface Field extends Meaning {
  /** The owner decides what it measures: the type is taken from the first value. */
  any?: boolean;
}

const POWER: Readonly<Record<string, Field>> = {
  apower: { name: "power", unit: "W" },
  act_power: { name: "active power", unit: "W" },
  aprt_power: { name: "apparent power", unit: "VA" },
  voltage: { name: "voltage", unit: "V" },
  current: { name: "current", unit: "A" },
  freq: { name: "frequency", unit: "Hz" },
  pf: { name: "power factor" },
  "aenergy.total": { name: "energy", unit: "Wh" },
  "ret_aenergy.total": { name: "returned energy", unit: "Wh" },
  "temperature.tC": { name: "temperature", unit: "°C", diagnostic: true },
};

const PHASES = ["a", "b", "c", "n", "total"];
const METER: Readonly<Record<string, Field>> = Object.fromEntries(
  PHASES.flatMap((phase) => {
    const whose = phase === "total" ? "total" : phase === "n" ? "neutral" : `phase ${phase.toUpperCase()}`;
    const fields: [string, Field][] = [
      ["act_power", { name: "active power", unit: "W" }],
      ["aprt_power", { name: "apparent power", unit: "VA" }],
      ["voltage", { name: "voltage", unit: "V" }],
      ["current", { name: "current", unit: "A" }],
      ["freq", { name: "frequency", unit: "Hz" }],
      ["pf", { name: "power factor" }],
      ["total_act_energy", { name: "active energy", unit: "Wh" }],
      ["total_act_ret_energy", { name: "returned energy", unit: "Wh" }],
    ];
    return fields.map(([key, field]) => [`${phase}_${key}`, { ...field, name: `${whose} ${field.name}` }]);
  }),
);
const TOTALS: Readonly<Record<string, Field>> = {
  total_act: { name: "total active energy", unit: "Wh" },
  total_act_ret: { name: "total returned energy", unit: "Wh" },
  total_act_energy: { name: "active energy", unit: "Wh" },
  total_act_ret_energy: { name: "returned energy", unit: "Wh" },
};

/** The numbers and states of each kind of component (the part of its name before the colon). */
export const COMPONENTS: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  switch: POWER,
  light: POWER,
  rgb: POWER,
  rgbw: POWER,
  cct: POWER,
  rgbcct: POWER,
  cover: POWER,
  pm1: POWER,
  em1: POWER,
  em: METER,
  em1data: TOTALS,
  emdata: { ...METER, ...TOTALS },
  input: {
    state: { name: "state", kind: "binary_sensor" },
    percent: { name: "percent", unit: "%" },
    xpercent: { name: "value" },
    "counts.total": { name: "count" },
    "counts.xtotal": { name: "counted value" },
    freq: { name: "frequency", unit: "Hz" },
  },
  temperature: { tC: { name: "temperature", unit: "°C" } },
  humidity: { rh: { name: "humidity", unit: "%" } },
  illuminance: { lux: { name: "illuminance", unit: "lx" }, illumination: { name: "illumination", any: true } },
  voltmeter: { voltage: { name: "voltage", unit: "V" }, xvoltage: { name: "value" } },
  devicepower: {
    "battery.percent": { name: "battery", unit: "%", diagnostic: true },
    "battery.V": { name: "battery voltage", unit: "V", diagnostic: true },
    "external.present": { name: "external power", kind: "binary_sensor", diagnostic: true },
  },
  smoke: { alarm: { name: "smoke", kind: "binary_sensor" } },
  flood: { alarm: { name: "flood", kind: "binary_sensor" } },
  presence: { state: { name: "presence", kind: "binary_sensor" } },
  presencezone: {
    value: { name: "presence", kind: "binary_sensor" },
    state: { name: "presence", kind: "binary_sensor" },
    num_objects: { name: "objects" },
  },
  thermostat: {
    output: { name: "heating", kind: "binary_sensor" },
    enable: { name: "enabled", kind: "binary_sensor", diagnostic: true },
  },
  blutrv: {
    pos: { name: "valve position", unit: "%" },
    battery: { name: "battery", unit: "%", diagnostic: true },
    rssi: { name: "signal", unit: "dBm", diagnostic: true },
  },
  bthomedevice: {
    battery: { name: "battery", unit: "%", diagnostic: true },
    rssi: { name: "signal", unit: "dBm", diagnostic: true },
  },
  bthomesensor: { value: { name: "value", any: true } },
  cloud: { connected: { name: "connected", kind: "binary_sensor", diagnostic: true } },
  eth: { ip: { name: "IP address", any: true, diagnostic: true } },
  wifi: { rssi: { name: "signal", unit: "dBm", diagnostic: true } },
  sys: { uptime: { name: "uptime", unit: "s", diagnostic: true } },
};
