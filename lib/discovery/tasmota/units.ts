/**
 * Units of Tasmota's sensor keys (https://github.com/emontnemery/hatasmota, sensor.py): its messages carry only those of temperature,
 * pressure and speed.
 */
const UNITS: Readonly<Record<string, string>> = {
  Power: "W",
  ApparentPower: "VA",
  ReactivePower: "var",
  Voltage: "V",
  Current: "A",
  Frequency: "Hz",
  Total: "kWh",
  Yesterday: "kWh",
  Today: "kWh",
  ExportActive: "kWh",
  ImportActive: "kWh",
  ExportReactive: "kvarh",
  ImportReactive: "kvarh",
  TotalTariff: "kWh",
  Period: "Wh",
  Humidity: "%",
  Illuminance: "lx",
  CarbonDioxide: "ppm",
  eCO2: "ppm",
  TVOC: "ppb",
  Distance: "cm",
  Noise: "dB",
  PM1: "µg/m³",
  "PM2.5": "µg/m³",
  PM10: "µg/m³",
  CO2: "ppm",
  BatteryPercentage: "%",
  Moisture: "%",
  CurrentNeutral: "A",
  ActivePower: "W",
  PhaseAngle: "°",
  Deg: "°",
  Weight: "kg",
  Battery: "%",
  CCT: "K",
  Ambient: "lx",
};

const TEMPERATURES = new Set(["Temperature", "DewPoint", "ObjTmp", "AmbTmp", "Temp"]);
const PRESSURES = new Set(["Pressure", "SeaPressure"]);

/** The units that a device sends beside its readings, for all of its sensors. */
export interface DeviceUnits {
  temperature: string;
  pressure: string;
  /** Only where the device says it (`SpeedUnit`). */
  speed?: string;
}

/**
 * The unit of a member by its own key, else by what it is a member of: of `ENERGY.Total.L2` by Total, of `WindMeter.Speed.Act` by Speed.
 * A key may end with a number (Temperature1 of an analog input).
 */
export function unitOfPath(path: readonly (string | number)[], units: DeviceUnits): string | undefined {
  const [sensor, ...rest] = path;
  for (const key of rest.reverse()) {
    if (typeof key !== "string") continue;
    const found = unitOfKey(key, String(sensor), units);
    if (found) return found.unit;
  }
  return undefined;
}

/** Undefined if the key says nothing; its unit may be unknown all the same. */
function unitOfKey(key: string, sensor: string, units: DeviceUnits): { unit: string | undefined } | undefined {
  // Laser rangers send millimetres or centimetres, depending on Tasmota's version; a lightning sensor sends kilometres.
  if (key === "Distance" && /^(VL53|AS3935)/.test(sensor)) return { unit: undefined };
  const plain = Object.hasOwn(UNITS, key) ? key : key.replace(/\d+$/, "");
  if (TEMPERATURES.has(plain)) return { unit: `°${units.temperature}` };
  if (PRESSURES.has(plain)) return { unit: units.pressure };
  if (plain === "Speed") return { unit: units.speed };
  return Object.hasOwn(UNITS, plain) ? { unit: UNITS[plain] } : undefined;
}
