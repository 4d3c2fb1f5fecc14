/**
 * What the keys mean, by the table of keys of API v2 (https://github.com/goecharger/go-eCharger-API-v2). What `nrg` is in stands in https://github.com/evcc-io/evcc, charger/go-e; the table says no unit of `tma`, so it has none here.
 */
export interface Key {
  name: string;
  unit?: string;
  /** A number stands for each of these words. */
  words?: Readonly<Record<string, string>>;
  /** true or false. */
  binary?: boolean;
  text?: boolean;
  /** What can be set, to `<key>/set`. */
  set?: { min?: number; max?: number } | "words" | "switch";
  diagnostic?: boolean;
  /** The members of a list. */
  items?: readonly (readonly [index: number, name: string, unit?: string])[];
}

export const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  [
    "car",
    {
      name: "Car state",
      words: { "0": "Unknown", "1": "Idle", "2": "Charging", "3": "Wait for car", "4": "Complete", "5": "Error" },
    },
  ],
  [
    "err",
    {
      name: "Error",
      diagnostic: true,
      words: {
        "0": "None",
        "1": "Residual current AC",
        "2": "Residual current DC",
        "3": "Phase",
        "4": "Overvoltage",
        "5": "Overcurrent",
        "6": "Diode",
        "7": "Proximity pilot invalid",
        "8": "Ground invalid",
        "9": "Contactor stuck",
        "10": "Contactor missing",
        "13": "Overtemperature",
        "14": "No communication",
      },
    },
  ],
  ["frc", { name: "Force state", words: { "0": "Neutral", "1": "Off", "2": "On" }, set: "words" }],
  ["lmo", { name: "Logic mode", words: { "3": "Default", "4": "Awattar", "5": "Automatic stop" }, set: "words" }],
  ["ust", { name: "Cable unlock", words: { "0": "Normal", "1": "Auto unlock", "2": "Always lock" }, set: "words" }],
  [
    "cus",
    {
      name: "Cable lock",
      diagnostic: true,
      words: {
        "0": "Unknown",
        "1": "Unlocked",
        "2": "Unlock failed",
        "3": "Locked",
        "4": "Lock failed",
        "5": "Power out",
      },
    },
  ],
  ["alw", { name: "Charging allowed", binary: true }],
  ["adi", { name: "16 A adapter", binary: true, diagnostic: true }],
  ["fup", { name: "Use PV surplus", binary: true, set: "switch" }],
  ["amp", { name: "Requested current", unit: "A", set: { min: 0 } }],
  ["ama", { name: "Current limit", unit: "A", set: { min: 0 } }],
  ["mca", { name: "Minimum charging current", set: { min: 0 } }],
  ["acu", { name: "Allowed current", unit: "A" }],
  ["cbl", { name: "Cable current limit", unit: "A", diagnostic: true }],
  ["dwo", { name: "Energy limit", unit: "Wh", set: { min: 0 } }],
  ["wh", { name: "Energy since connected", unit: "Wh" }],
  ["eto", { name: "Energy total", unit: "Wh" }],
  ["tpa", { name: "Average power" }],
  ["fhz", { name: "Grid frequency", unit: "Hz" }],
  ["pgrid", { name: "Grid power", unit: "W" }],
  ["ppv", { name: "PV power", unit: "W" }],
  ["pakku", { name: "Battery power", unit: "W" }],
  ["rssi", { name: "RSSI", unit: "dBm", diagnostic: true }],
  ["fwv", { name: "Firmware version", text: true, diagnostic: true }],
  [
    "nrg",
    {
      name: "Power",
      items: [
        ...[1, 2, 3].map((phase) => [phase - 1, `Voltage L${phase}`, "V"] as const),
        ...[1, 2, 3].map((phase) => [phase + 3, `Current L${phase}`, "A"] as const),
        ...[1, 2, 3].map((phase) => [phase + 6, `Power L${phase}`, "W"] as const),
        [11, "Power", "W"],
      ],
    },
  ],
  ["tma", { name: "Temperature", items: [1, 2].map((n) => [n - 1, `Temperature ${n}`] as const) }],
]);
