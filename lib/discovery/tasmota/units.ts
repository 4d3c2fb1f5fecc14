/** Units of Tasmota's sensor keys: its messages carry only those of temperature and pressure. */
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
};

const TEMPERATURES = new Set(["Temperature", "DewPoint", "ObjTmp", "AmbTmp", "Temp"]);
const PRESSURES = new Set(["Pressure", "SeaPressure"]);

/** The units that a device sends beside its readings, for all of its sensors. */
export interface DeviceUnits {
  temperature: string;
  pressure: string;
}

/** `key` may end with a number (Temperature1 of an analog input); `sensor` is the sensor that it belongs to. */
export function unitOfKey(key: string, sensor: string, units: DeviceUnits): string | undefined {
  // Laser rangers send millimetres or centimetres, depending on Tasmota's version.
  if (key === "Distance" && /^VL53/.test(sensor)) return undefined;
  const plain = Object.hasOwn(UNITS, key) ? key : key.replace(/\d+$/, "");
  if (TEMPERATURES.has(plain)) return `°${units.temperature}`;
  if (PRESSURES.has(plain)) return units.pressure;
  return Object.hasOwn(UNITS, plain) ? UNITS[plain] : undefined;
}
