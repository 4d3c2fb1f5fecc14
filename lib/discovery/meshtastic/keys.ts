import type { Meaning } from "../announced";

const own = (name: string, unit?: string): Meaning => ({ name, unit, diagnostic: true });

/** Members of telemetry payloads (https://buf.build/meshtastic/protobufs). Each kind of metrics has messages of its own. */
export const TELEMETRY: Readonly<Record<string, Meaning>> = {
  battery_level: own("Battery", "%"),
  voltage: own("Voltage", "V"),
  channel_utilization: own("Channel utilization", "%"),
  air_util_tx: own("Airtime", "%"),
  uptime_seconds: own("Uptime", "s"),
  temperature: { name: "Temperature", unit: "°C" },
  relative_humidity: { name: "Humidity", unit: "%" },
  barometric_pressure: { name: "Pressure", unit: "hPa" },
  gas_resistance: { name: "Gas resistance", unit: "MΩ" },
  iaq: { name: "Air quality index" },
  current: { name: "Current", unit: "mA" },
  lux: { name: "Illuminance", unit: "lx" },
  white_lux: { name: "White light", unit: "lx" },
  ir_lux: { name: "Infrared light", unit: "lx" },
  uv_lux: { name: "Ultraviolet light", unit: "lx" },
  distance: { name: "Distance", unit: "mm" },
  wind_speed: { name: "Wind speed", unit: "m/s" },
  wind_gust: { name: "Wind gust", unit: "m/s" },
  wind_lull: { name: "Wind lull", unit: "m/s" },
  wind_direction: { name: "Wind direction", unit: "°" },
  rainfall_1h: { name: "Rainfall 1 h", unit: "mm" },
  rainfall_24h: { name: "Rainfall 24 h", unit: "mm" },
  soil_moisture: { name: "Soil moisture", unit: "%" },
  soil_temperature: { name: "Soil temperature", unit: "°C" },
  radiation: { name: "Radiation", unit: "µR/h" },
  weight: { name: "Weight", unit: "kg" },
  // Their names give the size in tenths of a micrometre.
  pm10: { name: "PM1.0", unit: "µg/m³" },
  pm25: { name: "PM2.5", unit: "µg/m³" },
  pm100: { name: "PM10", unit: "µg/m³" },
  pm10_e: { name: "PM1.0 environmental", unit: "µg/m³" },
  pm25_e: { name: "PM2.5 environmental", unit: "µg/m³" },
  pm100_e: { name: "PM10 environmental", unit: "µg/m³" },
  co2: { name: "CO2", unit: "ppm" },
  co2_temperature: { name: "CO2 sensor temperature", unit: "°C" },
  co2_humidity: { name: "CO2 sensor humidity", unit: "%" },
  form_formaldehyde: { name: "Formaldehyde", unit: "ppb" },
  form_temperature: { name: "Formaldehyde sensor temperature", unit: "°C" },
  form_humidity: { name: "Formaldehyde sensor humidity", unit: "%" },
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => [
      [`voltage_ch${n}`, { name: `Voltage channel ${n}`, unit: "V" }],
      [`current_ch${n}`, { name: `Current channel ${n}`, unit: "mA" }],
    ]),
  ),
};

/** Members of other messages, by the message's `type`. */
export const OTHERS: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  // Without units, because they depend on the firmware's version.
  position: {
    ground_speed: { name: "Ground speed" },
    ground_track: { name: "Ground track" },
    sats_in_view: own("Satellites"),
    PDOP: own("Position dilution"),
    precision_bits: own("Position precision"),
  },
  nodeinfo: { shortname: own("Short name"), role: own("Role") },
  neighborinfo: { neighbors_count: own("Neighbours") },
  paxcounter: {
    wifi_count: { name: "Wifi devices" },
    ble_count: { name: "Bluetooth devices" },
    uptime: own("Uptime", "s"),
  },
  gpios_changed: { gpio_value: { name: "Inputs" } },
};

/** The most common boards, by their number. */
const HARDWARE: Readonly<Record<number, string>> = {
  3: "TLora V2.1-1.6",
  4: "T-Beam",
  5: "Heltec V2.0",
  7: "T-Echo",
  9: "RAK4631",
  10: "Heltec V2.1",
  12: "T-Beam S3 Core",
  13: "RAK11200",
  14: "Nano G1",
  16: "TLora T3-S3",
  18: "Nano G2 Ultra",
  25: "Station G1",
  26: "RAK11310",
  31: "Station G2",
  37: "Portduino",
  39: "DIY V1",
  43: "Heltec V3",
  44: "Heltec Wireless Stick Lite V3",
  47: "Raspberry Pi Pico",
  48: "Heltec Wireless Tracker",
  49: "Heltec Wireless Paper",
  50: "T-Deck",
  51: "T-Watch S3",
  63: "nRF52 Promicro DIY",
  69: "Heltec Mesh Node T114",
  71: "Tracker T1000-E",
  81: "Seeed Xiao S3",
  84: "WisMesh Tap",
  110: "Heltec V4",
};
export const hardwareName = (id: string | undefined): string | undefined =>
  id === undefined ? undefined : (HARDWARE[Number(id)] ?? id);
