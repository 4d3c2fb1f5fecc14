import type { EntityKind } from "../announced";

/** The types of the serial API (https://www.mysensors.org/download/serial_api_20; MyMessage.h of its library). */

export const COMMAND = { presentation: 0, set: 1, internal: 3 } as const;
export const INTERNAL = { battery: 0, sketchName: 11, sketchVersion: 12 } as const;
/** What stands for the node itself instead of a child. */
export const NODE = 255;

/** What a child was presented as, where that says more than its values. */
export const CHILD = { cover: 5, waterQuality: 39 } as const;
/** The device class of `tripped` by what the child was presented as. */
export const TRIPPED: ReadonlyMap<number, string> = new Map([
  [0, "door"],
  [1, "motion"],
  [2, "smoke"],
  [32, "moisture"],
  [33, "sound"],
  [34, "vibration"],
  [35, "moisture"],
]);
/** The unit of `level` by what the child was presented as. */
export const LEVEL_UNITS: ReadonlyMap<number, string> = new Map([
  [16, "lx"],
  [33, "dB"],
  [34, "Hz"],
]);

export interface ValueType {
  name: string;
  /** Absent: a number that is only read. */
  kind?: EntityKind;
  unit?: string;
  options?: readonly string[];
  text?: boolean;
}

/** By the number of the type. Colours, positions and raw codes are not shown. */
export const VALUES: ReadonlyMap<number, ValueType> = new Map<number, ValueType>([
  [0, { name: "Temperature", unit: "°C" }],
  [1, { name: "Humidity", unit: "%" }],
  [2, { name: "Status", kind: "switch" }],
  [3, { name: "Percentage", kind: "number", unit: "%" }],
  [4, { name: "Pressure" }],
  [5, { name: "Forecast", text: true }],
  [6, { name: "Rain" }],
  [7, { name: "Rain rate" }],
  [8, { name: "Wind" }],
  [9, { name: "Gust" }],
  [10, { name: "Wind direction", unit: "°" }],
  [11, { name: "UV" }],
  [12, { name: "Weight" }],
  [13, { name: "Distance" }],
  [14, { name: "Impedance" }],
  [15, { name: "Armed", kind: "switch" }],
  [16, { name: "Tripped", kind: "binary_sensor" }],
  [17, { name: "Power", unit: "W" }],
  [18, { name: "Energy", unit: "kWh" }],
  [21, { name: "Flow state", kind: "select", options: ["Off", "HeatOn", "CoolOn", "AutoChangeOver"] }],
  [22, { name: "Fan speed", kind: "select", options: ["Min", "Normal", "Max", "Auto"] }],
  [23, { name: "Light level", unit: "%" }],
  [24, { name: "Variable 1", text: true }],
  [25, { name: "Variable 2", text: true }],
  [26, { name: "Variable 3", text: true }],
  [27, { name: "Variable 4", text: true }],
  [28, { name: "Variable 5", text: true }],
  [34, { name: "Flow" }],
  [35, { name: "Volume" }],
  [36, { name: "Lock", kind: "lock" }],
  [37, { name: "Level" }],
  [38, { name: "Voltage", unit: "V" }],
  [39, { name: "Current", unit: "A" }],
  [44, { name: "Cool setpoint", kind: "number", unit: "°C" }],
  [45, { name: "Heat setpoint", kind: "number", unit: "°C" }],
  [46, { name: "Flow mode", kind: "select", options: ["Auto", "ContinuousOn", "PeriodicOn"] }],
  [47, { name: "Text", kind: "text" }],
  [51, { name: "pH" }],
  [52, { name: "Redox potential", unit: "mV" }],
  [53, { name: "Conductivity", unit: "µS/cm" }],
  [54, { name: "Reactive power", unit: "var" }],
  [55, { name: "Apparent power", unit: "VA" }],
  [56, { name: "Power factor" }],
]);
/** Says the unit of the child's numbers. */
export const UNIT_PREFIX = 43;
