/** What a topic's last levels mean, by evcc's documentation and the keys of its core (https://github.com/evcc-io/evcc, core/keys). */

export type Group = "site" | "loadpoints" | "vehicles";

export interface Setter {
  kind: "number" | "select" | "switch";
  options?: readonly string[];
  min?: number;
  max?: number;
  step?: number;
}

const soc: Setter = { kind: "number", min: 0, max: 100, step: 1 };
const plain: Setter = { kind: "number" };

/** What can be written by `<topic>/set`. Plans are JSON and are not offered. */
export const SETTERS: Readonly<Record<Group, Readonly<Record<string, Setter>>>> = {
  site: {
    prioritySoc: soc,
    bufferSoc: soc,
    bufferStartSoc: soc,
    residualPower: plain,
    batteryDischargeControl: { kind: "switch" },
    batteryMode: { kind: "select", options: ["normal", "hold", "charge"] },
    batteryGridChargeLimit: plain,
    smartCostLimit: plain,
    smartFeedInPriorityLimit: plain,
  },
  loadpoints: {
    mode: { kind: "select", options: ["off", "pv", "minpv", "now"] },
    phasesConfigured: { kind: "select", options: ["0", "1", "3"] },
    minSoc: soc,
    limitSoc: soc,
    limitEnergy: { kind: "number", min: 0 },
    minCurrent: { kind: "number", min: 0 },
    maxCurrent: { kind: "number", min: 0 },
    priority: { kind: "number", min: 0, step: 1 },
    enableThreshold: plain,
    disableThreshold: plain,
    enableDelay: { kind: "number", min: 0, step: 1 },
    disableDelay: { kind: "number", min: 0, step: 1 },
    batteryBoost: { kind: "switch" },
    batteryBoostLimit: soc,
    smartCostLimit: plain,
    smartFeedInPriorityLimit: plain,
  },
  vehicles: { minSoc: soc, limitSoc: soc },
};

/** Texts that say something to people; other texts are names and settings of the program itself. */
export const TEXTS: Readonly<Record<Group, ReadonlySet<string>>> = {
  site: new Set(["batteryMode", "currency"]),
  loadpoints: new Set(["mode", "vehicleTitle", "chargerStatusReason", "phaseAction", "pvAction", "planStrategy"]),
  vehicles: new Set([]),
};

/**
 * Units of energies: those of the session are Wh (core/loadpoint_api.go and core/energy_metrics.go), limits and plans kWh. Of the others
 * neither is documented. Durations are sent as seconds (the publisher of its server).
 */
const ENERGIES: Readonly<Record<string, string>> = {
  chargedEnergy: "Wh",
  sessionEnergy: "Wh",
  chargeRemainingEnergy: "Wh",
  limitEnergy: "kWh",
  planEnergy: "kWh",
};

/** `path` below the device. `isHeater`: its "charge" is a temperature. */
export function unitOf(path: readonly string[], isHeater: boolean): string | undefined {
  const last = path.at(-1) ?? "";
  // Of three phases: chargeCurrents/l1.
  const key = /^(l?[1-3])$/.test(last) ? (path.at(-2) ?? "") : last;
  if (/Soc$|^soc$/.test(key) || key === "batteryBoostLimit") return isHeater ? "°C" : "%";
  if (/Power$|^power$|Powers$|^powers$/.test(key)) return "W";
  if (/Currents?$|^currents?$/.test(key)) return "A";
  if (/Voltages?$|^voltages?$/.test(key)) return "V";
  if (/Percentage$/.test(key)) return "%";
  if (/Duration$|Delay$/.test(key)) return "s";
  if (/Range$|^range$|Odometer$|^odometer$/.test(key)) return "km";
  if (/Capacity$|^capacity$/.test(key)) return "kWh";
  return ENERGIES[key];
}

/** Times, ids, and what describes the program instead of the house. */
const SKIPPED =
  /(^|[a-z])(Time|Start|End|Id|Version|version)$|^(title|siteTitle|name|icon|updated|features?|charger|meter|circuit|ui|uiVisible|thresholds|startup|version)$|Currents$|Voltages$/;
/** Branches of the program's own matters, and of lists too long to show. */
const BRANCHES = new Set([
  "statistics",
  "forecast",
  "plan",
  "plans",
  "repeatingPlans",
  "fatal",
  "messaging",
  "eebus",
  "hems",
]);

/** Whether a topic is shown. Sums of currents over phases mean nothing; the phases stand below them. */
export const isShown = (path: readonly string[]): boolean =>
  path.length > 0 && path.length <= 4 && !BRANCHES.has(path[0] as string) && !SKIPPED.test(path.at(-1) as string);

const CAPITALS: Readonly<Record<string, string>> = { soc: "SoC", pv: "PV", co2: "CO2", minpv: "min PV" };

/** "limitSoc" is "Limit SoC", "battery/1/power" is "Battery 1 power". */
export function nameOf(path: readonly string[]): string {
  const words = path
    .filter((level) => level !== "devices")
    .join(" ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/\bl([1-3])$/, "L$1")
    .split(/[^a-z0-9L]+/)
    .filter((word) => word !== "")
    .map((word) => CAPITALS[word] ?? word);
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
