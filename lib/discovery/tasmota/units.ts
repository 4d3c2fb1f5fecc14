/** Units of Tasmota's sensor keys, which its messages do not carry (but for the temperature's, told in TempUnit). */
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
  Pressure: "hPa",
  SeaPressure: "hPa",
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
};

const TEMPERATURES = new Set(["Temperature", "DewPoint", "ObjTmp", "AmbTmp", "Temp"]);

export const unitOfKey = (key: string, tempUnit: string): string | undefined =>
  TEMPERATURES.has(key) ? `°${tempUnit}` : Object.hasOwn(UNITS, key) ? UNITS[key] : undefined;
