import type { AnnouncedEntity, Meaning, Proposal } from "../announced";
import { spelledUnit } from "../infer";
import { meant, titled } from "../proposals";

interface Key extends Meaning {
  /** A number in some devices and a word in others: the type is detected. */
  text?: boolean;
  /** The words for its numbers. */
  words?: Readonly<Record<string, string>>;
}

const flag = (name: string, diagnostic?: boolean): Key => ({ name, kind: "binary_sensor", diagnostic });

/** Keys whose name and unit do not follow from the key (https://triq.org/rtl_433/DATA_FORMAT.html). */
const KEYS: Readonly<Record<string, Key>> = {
  temperature_C: { name: "Temperature", unit: "°C" },
  temperature_F: { name: "Temperature", unit: "°F" },
  temperature_C_ext: { name: "Temperature external", unit: "°C" },
  setpoint_C: { name: "Setpoint", unit: "°C" },
  setpoint_F: { name: "Setpoint", unit: "°F" },
  humidity: { name: "Humidity", unit: "%" },
  humidity_1: { name: "Humidity 1", unit: "%" },
  humidity_2: { name: "Humidity 2", unit: "%" },
  moisture: { name: "Moisture", unit: "%" },
  // Some devices report a level between 0 and 1, which stays a number.
  battery_ok: { name: "Battery", diagnostic: true, words: { "0": "Low", "1": "OK" } },
  battery_low: flag("Battery low", true),
  battery_pct: { name: "Battery", unit: "%", diagnostic: true },
  battery_mV: { name: "Battery voltage", unit: "mV", diagnostic: true },
  battery_V: { name: "Battery voltage", unit: "V", diagnostic: true },
  supercap_V: { name: "Supercapacitor voltage", unit: "V", diagnostic: true },
  health_pct: { name: "Battery health", unit: "%", diagnostic: true },
  charge_pct: { name: "Charge", unit: "%" },
  rssi: { name: "RSSI", unit: "dB", diagnostic: true },
  snr: { name: "SNR", unit: "dB", diagnostic: true },
  noise: { name: "Noise", unit: "dB", diagnostic: true },
  freq: { name: "Frequency", unit: "MHz", diagnostic: true },
  wind_dir_deg: { name: "Wind direction", unit: "°" },
  wind_dev_deg: { name: "Wind deviation", unit: "°" },
  light_lux: { name: "Illuminance", unit: "lx" },
  lux: { name: "Illuminance", unit: "lx" },
  light_klx: { name: "Illuminance", unit: "klx" },
  uv: { name: "UV index" },
  uvi: { name: "UV index" },
  uv_index: { name: "UV index" },
  depth_cm: { name: "Depth", unit: "cm" },
  rain_mm: { name: "Rain", unit: "mm" },
  rain_in: { name: "Rain", unit: "in" },
  rain_rate_mm_h: { name: "Rain rate", unit: "mm/h" },
  rain_rate_in_h: { name: "Rain rate", unit: "in/h" },
  pm2_5_ug_m3: { name: "PM2.5", unit: "µg/m³" },
  pm10_ug_m3: { name: "PM10", unit: "µg/m³" },
  pm10_0_ug_m3: { name: "PM10", unit: "µg/m³" },
  estimated_pm10_0_ug_m3: { name: "Estimated PM10", unit: "µg/m³" },
  co2_ppm: { name: "CO2", unit: "ppm" },
  // Kilometres or miles, depending on the sensor.
  strike_distance: { name: "Strike distance" },
  strike_count: { name: "Strikes" },
  storm_dist: { name: "Storm distance" },
  storm_dist_km: { name: "Storm distance", unit: "km" },
  storm_dist_mi: { name: "Storm distance", unit: "mi" },
  volume_m3: { name: "Volume", unit: "m³" },
  volume_gal: { name: "Volume", unit: "gal" },
  water_usage_l: { name: "Water usage", unit: "L" },
  total_kWh: { name: "Energy total", unit: "kWh" },
  cumulative_kWh: { name: "Energy total", unit: "kWh" },
  // The unit depends on the meter.
  consumption_data: { name: "Consumption" },
  consumption: { name: "Consumption" },
  Consumption: { name: "Consumption" },
  LastConsumptionCount: { name: "Consumption" },
  reading: { name: "Reading" },
  daily_reading: { name: "Daily reading" },
  impulses: { name: "Impulses" },
  impulses_total: { name: "Impulses total" },
  pulses: { name: "Pulses" },
  counter: { name: "Counter", text: true },
  count: { name: "Count", text: true },
  power: { name: "Power" },
  energy: { name: "Energy" },
  current: { name: "Current" },
  power_factor: { name: "Power factor" },
  tamper: flag("Tamper"),
  motion: flag("Motion"),
  opened: flag("Opened"),
  open: flag("Open"),
  closed: flag("Closed"),
  reed_open: flag("Reed open"),
  contact_open: flag("Contact open"),
  detect_wet: flag("Wet"),
  leak_detected: flag("Leak"),
  leaking: flag("Leaking"),
  alarm: flag("Alarm"),
  ext_power: flag("External power", true),
  is_raining: flag("Raining"),
  // Flags in some devices, numbers or words in others.
  reed: flag("Reed"),
  triggered: flag("Triggered"),
  moving: flag("Moving"),
  leak: flag("Leak"),
  leaknow: flag("Leak now"),
  backflow: flag("Backflow"),
  water: { name: "Water", text: true },
  battery: { name: "Battery", diagnostic: true, text: true },
  mode: { name: "Mode", text: true },
  alert: { name: "Alert", text: true },
  switch: { name: "Switch", text: true },
  temperature: { name: "Temperature", text: true },
  rain: { name: "Rain", text: true },
  flow_rate: { name: "Flow rate" },
  voc_level: { name: "VOC level" },
  pulses_per_kWh: { name: "Pulses per kWh", diagnostic: true },
  impulse_constant: { name: "Impulses per kWh", diagnostic: true },
  signal_dB: { name: "Signal", unit: "dB", diagnostic: true },
  pm1_ug_m3: { name: "PM1.0", unit: "µg/m³" },
  pm4_ug_m3: { name: "PM4", unit: "µg/m³" },
  hcho_ppb: { name: "Formaldehyde", unit: "ppb" },
  power_factor_VA: { name: "Apparent power", unit: "VA" },
  soil_rssi: { name: "RSSI soil", diagnostic: true },
  heating: { name: "Heating", text: true },
  status: { name: "Status", diagnostic: true, text: true },
  state: { name: "State", text: true },
  button: { name: "Button", text: true },
  button_str: { name: "Button", text: true },
  event: { name: "Event", text: true },
  command: { name: "Command", text: true },
  cmd: { name: "Command", text: true },
  unit: { name: "Unit", text: true },
  group: { name: "Group", text: true },
  ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`switch${n}`, { name: `Switch ${n}`, text: true }])),
  ...Object.fromEntries([1, 2, 3, 4].map((n) => [`button${n}`, { name: `Button ${n}`, text: true }])),
};

/** Keys that identify the sensor or describe the reception: they are not measurements. */
const IGNORED = new Set([
  "time",
  "id",
  "channel",
  "subtype",
  "model",
  "type",
  "mic",
  "mod",
  "protocol",
  "freq1",
  "freq2",
  "code",
  "data",
  "sequence_num",
]);

/** Whether a key is a measurement. */
export const isMeasured = (key: string): boolean =>
  !IGNORED.has(key) &&
  /^[A-Za-z]\w{0,60}$/.test(key) &&
  (Object.hasOwn(KEYS, key) || spelledUnit(key) !== undefined || endingOf(key) !== undefined);

/** Units at the end of a key that only rtl_433 uses. */
const ENDINGS: Readonly<Record<string, string>> = { in: "in", deg: "°", gal: "gal", C: "°C", F: "°F" };
const endingOf = (key: string): string | undefined => {
  const ending = /_(in|deg|gal|C|F)$/.exec(key)?.[1];
  return ending === undefined ? undefined : ENDINGS[ending];
};

/** A unit at the end of a key, which is not part of the name. */
const UNIT =
  /_(C|F|kPa|hPa|PSI|bar|mbar|km_h|mi_h|m_s|mm|cm|in|inHg|W|VA|kWh|Wh|V|mV|A|mA|Hz|MHz|pct|ppm|ppb|deg|lux|s)$/;
const WORDS: Readonly<Record<string, string>> = { avg: "average", max: "maximum", min: "minimum", dir: "direction" };
const nameOf = (key: string): string =>
  titled(
    key
      .replace(UNIT, "")
      .split("_")
      .map((word) => WORDS[word] ?? word)
      .join("_"),
  );

/** `own`: the receiver's unit, where it differs from rtl_433's. */
export function measured(key: string, place: Proposal, own?: string): AnnouncedEntity {
  const known: Key | undefined = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  const type = known?.kind === "binary_sensor" ? "boolean" : known?.text ? undefined : "number";
  const unit = own ?? (known ? known.unit : (spelledUnit(key) ?? endingOf(key)));
  return meant(key, known ?? { name: nameOf(key) }, {
    ...place,
    type,
    unit,
    ...(known?.words && { words: known.words }),
  });
}
