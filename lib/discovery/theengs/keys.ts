import type { Meaning } from "../announced";

export interface Key extends Meaning {
  /** The member of the same message that has its unit. */
  unitBeside?: string;
  /** The payloads of a flag where they are not true and false. */
  words?: { on: string; off: string };
  /** A number in some models and a word in others: the type is detected. */
  any?: boolean;
}

const flag = (name: string, diagnostic?: boolean): Key => ({ name, kind: "binary_sensor", diagnostic });
const word = (name: string): Key => ({ name, any: true });

/** The short keys of decoded Bluetooth advertisements (https://decoder.theengs.io/devices/devices.html) and of a gateway's own sensors. */
const KEYS: Readonly<Record<string, Key>> = {
  tempc: { name: "Temperature", unit: "°C" },
  // Gateways before 0.9.4.
  tem: { name: "Temperature", unit: "°C" },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`tempc${n}`, { name: `Temperature ${n}`, unit: "°C" }])),
  tempc_min: { name: "Lowest temperature", unit: "°C" },
  tempc_max: { name: "Highest temperature", unit: "°C" },
  tempc2_dp: { name: "Dew point", unit: "°C" },
  hum: { name: "Humidity", unit: "%" },
  batt: { name: "Battery", unit: "%", diagnostic: true },
  lowbatt: flag("Low battery", true),
  volt: { name: "Voltage", unit: "V", diagnostic: true },
  moi: { name: "Moisture", unit: "%" },
  lux: { name: "Illuminance", unit: "lx" },
  fer: { name: "Fertility", unit: "µS/cm" },
  pres: { name: "Pressure", unit: "hPa" },
  for: { name: "Formaldehyde", unit: "mg/m³" },
  co2: { name: "CO2", unit: "ppm" },
  pm25: { name: "PM2.5", unit: "µg/m³" },
  pm10: { name: "PM10", unit: "µg/m³" },
  tvoc: { name: "TVOC", unit: "ppb" },
  weight: { name: "Weight", unitBeside: "unit" },
  weighing_mode: word("Weighing mode"),
  impedance: { name: "Impedance", unit: "Ω" },
  power: { name: "Power", unit: "W" },
  energy: { name: "Energy", unit: "kWh" },
  current: { name: "Current", unit: "A" },
  avg: { name: "Average", unitBeside: "avgu" },
  sum: { name: "Total", unitBeside: "sumu" },
  rssi: { name: "RSSI", unit: "dBm", diagnostic: true },
  txpower: { name: "Transmit power", unit: "dBm", diagnostic: true },
  tx: { name: "Transmit power", unit: "dBm", diagnostic: true },
  open: flag("Open"),
  contact: word("Contact"),
  motion: flag("Motion"),
  moving: flag("Moving"),
  presence: flag("Presence"),
  pres_det: flag("Presence"),
  unlocked: flag("Unlocked"),
  alarm: flag("Alarm"),
  wake: flag("Awake"),
  sync: flag("Sync pressed"),
  extprobe: flag("External probe", true),
  calibrated: flag("Calibrated", true),
  led: flag("LED", true),
  lightlevel: word("Light level"),
  darkness: { name: "Illuminance", unit: "lx" },
  position: { name: "Position", unit: "%" },
  direction: word("Direction"),
  state: word("State"),
  mode: word("Mode"),
  sector: word("Sector"),
  duration: { name: "Duration", unit: "s" },
  seconds: { name: "Duration", unit: "s" },
  litres: { name: "Water", unit: "L" },
  level: { name: "Level", unit: "%" },
  lvl_cm: { name: "Level", unit: "cm" },
  quality: { name: "Reading quality", diagnostic: true },
  gravity: { name: "Specific gravity", unit: "SG" },
  color: word("Colour"),
  button: { name: "Button" },
  button1: { name: "Button 1" },
  button2: { name: "Button 2" },
  button3: { name: "Button 3" },
  button4: { name: "Button 4" },
  in_ct: { name: "Entries" },
  out_ct: { name: "Exits" },
  push_ct: { name: "Pushes" },
  mov: { name: "Movements" },
  shake: { name: "Shake" },
  rot: { name: "Rotation", unit: "°" },
  steps: { name: "Steps" },
  bpm: { name: "Heart rate", unit: "bpm" },
  act_bpm: { name: "Activity heart rate", unit: "bpm" },
  accx: { name: "Acceleration x" },
  accy: { name: "Acceleration y" },
  accz: { name: "Acceleration z" },
  x_axis: { name: "Acceleration x", unit: "m/s²" },
  y_axis: { name: "Acceleration y", unit: "m/s²" },
  z_axis: { name: "Acceleration z", unit: "m/s²" },
  sensingdistance: word("Sensing distance"),
  session: { name: "Session" },
  scopetested: flag("Scope tested", true),
  "plugged-in": flag("Plugged in", true),
  distance: { name: "Distance", unit: "m", diagnostic: true },
  gpio: word("Input"),
  adc: { name: "ADC" },
};

/** Keys with another meaning in some models. */
const OF_MODEL: readonly [RegExp, string, Partial<Key>][] = [
  [/^TPMS/, "pres", { unit: "bar" }],
  [/^SKALE/, "weight", { unit: "g" }],
  // Other models send these keys in thousandths of g, or as raw readings.
  [/^(RuuviTag|RDL52832)/, "accx", { unit: "m/s²" }],
  [/^(RuuviTag|RDL52832)/, "accy", { unit: "m/s²" }],
  [/^(RuuviTag|RDL52832)/, "accz", { unit: "m/s²" }],
  [/^ORALB/, "pressure", { name: "Pressure" }],
  [/^BM[26]$/, "volt", { diagnostic: false }],
];

/** The meaning of a key in messages of that model; undefined for keys that are not shown. */
export function meaningOf(key: string, value: unknown, model: string): Key | undefined {
  const known: Key | undefined = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  const special = OF_MODEL.find(([pattern, one]) => one === key && pattern.test(model))?.[2];
  if (!known && special?.name === undefined) return undefined;
  // A number is how far a blind is open; a boolean is a door.
  if (key === "open" && typeof value === "number") return { name: "Open", unit: "%" };
  // A tracker's presence, by whether it was received lately.
  if (key === "presence" && (value === "present" || value === "absent"))
    return { ...flag("Presence"), words: { on: "present", off: "absent" } };
  return { name: key, ...known, ...special };
}
