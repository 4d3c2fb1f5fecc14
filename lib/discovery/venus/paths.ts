/**
 * Units by the last level of a path (https://github.com/victronenergy/venus/wiki/dbus): Venus OS sends bare values, in SI units but for
 * energies in kWh and temperatures in °C.
 */
const LAST: readonly [RegExp, string][] = [
  [/^MidVoltageDeviation$/, "%"],
  [/^(V|MidVoltage|Diff|Cell\d+)$|Voltage$/, "V"],
  [/^I$|Current$|CurrentLimit$/, "A"],
  [/^P$|Power$|PowerSetpoint$|PowerSetPoint$/, "W"],
  [/^S$/, "VA"],
  [/^F$|Frequency$/, "Hz"],
  [/^(Soc|Soh|Level|Humidity|TargetSoc|MinimumSoc|MinimumSocLimit|ActiveSocLimit)$/, "%"],
  [/Temperature$/, "°C"],
  [/^(TimeToGo|TimeSinceLastFullCharge|Runtime|TodayRuntime|AccumulatedRuntime|ChargingTime)$/, "s"],
  [
    /^(ConsumedAmphours|Capacity|InstalledCapacity|TotalAhDrawn|AverageDischarge|DeepestDischarge|LastDischarge)$/,
    "Ah",
  ],
  [/^Remaining$/, "m³"],
  [/^(Pressure)$/, "hPa"],
  [/^(SolarIrradiance|Irradiance)$/, "W/m²"],
  [/^WindSpeed$/, "m/s"],
  [/^(Forward|Reverse)$|Yield$|Energy$/, "kWh"],
  [/^(Latitude|Longitude|Course)$/, "°"],
  [/^Altitude$/, "m"],
  [/^RPM$/, "rpm"],
];
/** Paths whose last level is ambiguous or misleading. Undefined: no unit. */
const PATHS: readonly [RegExp, string | undefined][] = [
  // Alarms, numbers and ids have no unit, whatever their last level is called.
  [/^Alarms?(\/|$)|^Io\/|Number|Nr[A-Z]|CellId$|Factor$/, undefined],
  [/^Yield\/(User|System)$/, "kWh"],
  [/^Yield\/Power$/, "W"],
  [/^Energy\//, "kWh"],
  [/^Session\/Time$/, "s"],
  [/TimeIn(Bulk|Absorption|Float)$/, "min"],
  [/^Current$/, "A"],
];
/** Units that differ for one kind of service. */
const OF_SERVICE: Readonly<Record<string, string>> = {
  "tank/Capacity": "m³",
  "gps/Speed": "m/s",
  "genset/Engine/Speed": "rpm",
  "genset/Engine/Load": "%",
  "pulsemeter/Aggregate": "m³",
  "ev/BatteryCapacity": "kWh",
  "ev/Odometer": "km",
  "ev/RangeToGo": "km",
};

export function unitOf(service: string, path: string): string | undefined {
  const own = OF_SERVICE[`${service}/${path}`];
  if (own !== undefined) return own;
  const known = PATHS.find(([pattern]) => pattern.test(path));
  if (known) return known[1];
  const last = path.split("/").at(-1) ?? path;
  return LAST.find(([pattern]) => pattern.test(last))?.[1];
}

/** The paths that are shown; the thousands of other settings and counters can be found in the explorer. */
const SHOWN = new RegExp(
  [
    "^(Dc|Ac|Pv|PV|Yield|Position|Load|Info|System|Voltages|Io|Energy|Session|SystemState|Motor|Engine|Devices/\\d+/Ac)/",
    "^Alarms?(/|$)",
    "^History/(Daily/[01]/(?!.*Error)|Overall/|[A-Za-z]+$)",
    "^(Soc|Soh|TimeToGo|ConsumedAmphours|State|Mode|Level|Remaining|Capacity|InstalledCapacity|Temperature|Humidity|Pressure)$",
    "^(WindSpeed|WindDirection|SolarIrradiance|Irradiance|ExternalTemperature|CellTemperature|TodaysYield|BatteryVoltage)$",
    "^(Connected|ErrorCode|MppOperationMode|VebusChargeState|VebusError|DeviceOffReason|Status|StatusCode|InputState|Count|Aggregate)$",
    "^(FluidType|TemperatureType|Speed|Course|Altitude|Fix|NrOfSatellites|Current|SetCurrent|MaxCurrent|MinCurrent)$",
    "^(ChargingTime|StartStop|AutoStart|AutoStartEnabled|ManualStart|Runtime|TodayRuntime|AccumulatedRuntime|RunningByConditionCode)$",
    "^(BatteryCapacity|BatteryTemperature|TargetSoc|Odometer|RangeToGo|AtSite|ChargingState)$",
    "^DynamicEss/(Active|Available|TargetSoc|MinimumSoc|Strategy|Restrictions)$",
    "^Control/(ActiveSocLimit|ScheduledSoc)$",
    "^Hub4/(L\\d/AcPowerSetpoint|DisableCharge|DisableFeedIn)$",
    "^Relay/\\d+/State$",
    "^Settings/ChargeCurrentLimit$",
  ].join("|"),
);
/** The few settings that people change often: those of the energy storage. */
const ESS =
  /^Settings\/(CGwacs\/(AcPowerSetPoint|MaxFeedInPower|MaxDischargePower|BatteryLife\/MinimumSocLimit)|SystemSetup\/(MaxChargeCurrent|MaxChargeVoltage))$/;

/** Diagnostic paths. */
const QUIET = /^(Alarms?(\/|$)|ErrorCode$|VebusError$|Connected$|DeviceOffReason$|Info\/|System\/|Io\/)/;

export const isShown = (service: string, path: string): boolean =>
  service === "settings" ? ESS.test(path) : SHOWN.test(path);
export const isDiagnostic = (path: string): boolean => QUIET.test(path);

interface Settable {
  kind: "switch" | "number";
  min?: number;
  max?: number;
  step?: number;
  /** It changes what the plant does: ask the person first. */
  ask?: true;
}

/** What can be operated, and how. Limits that the device sends take precedence. */
const SETTABLE: readonly [RegExp, Settable][] = [
  [/Relay\/\d+\/State$/, { kind: "switch" }],
  [/^evcharger\/(StartStop|AutoStart)$|^generator\/(ManualStart|AutoStartEnabled)$/, { kind: "switch" }],
  [
    /\/Ac\/In\/\d+\/CurrentLimit$|\/Ac\/ActiveIn\/CurrentLimit$|\/Ac\/In\/CurrentLimit$/,
    { kind: "number", min: 0, max: 100 },
  ],
  [/\/Settings\/ChargeCurrentLimit$/, { kind: "number", min: 0 }],
  [/^evcharger\/SetCurrent$/, { kind: "number", min: 0, max: 32 }],
  [/^(vebus|inverter|multi|acsystem)\/Mode$/, { kind: "number", min: 1, max: 4, step: 1, ask: true }],
  [/^evcharger\/Mode$/, { kind: "number", min: 0, max: 2, step: 1 }],
  [/\/Hub4\/(DisableCharge|DisableFeedIn)$/, { kind: "switch" }],
  [/\/Hub4\/L\d\/AcPowerSetpoint$/, { kind: "number" }],
  [/MinimumSocLimit$/, { kind: "number", min: 0, max: 100 }],
  [/^settings\//, { kind: "number" }],
];
export const settableAs = (service: string, path: string): Settable | undefined =>
  SETTABLE.find(([pattern]) => pattern.test(`${service}/${path}`))?.[1];

/** Names of whole paths. */
const WHOLE: Readonly<Record<string, string>> = {
  Soc: "State of charge",
  Soh: "State of health",
  "Dc/Battery/Soc": "Battery state of charge",
  ConsumedAmphours: "Consumed amp hours",
  "Yield/Power": "PV power",
  "Yield/User": "PV yield (user)",
  "Yield/System": "PV yield (system)",
  "History/Daily/0/Yield": "PV yield today",
  "History/Daily/1/Yield": "PV yield yesterday",
  "SystemState/State": "System state",
};
/** Names of single levels. */
const LEVELS: Readonly<Record<string, string>> = {
  Ac: "AC",
  Dc: "DC",
  Pv: "PV",
  In: "input",
  ActiveIn: "active input",
  Out: "output",
  PvOnGrid: "PV on grid",
  PvOnOutput: "PV on output",
  PvOnGenset: "PV on genset",
  Vebus: "VE.Bus",
  Hub4: "ESS",
  Soc: "state of charge",
  V: "voltage",
  I: "current",
  P: "power",
  S: "apparent power",
  F: "frequency",
  RPM: "RPM",
};

export function nameOf(path: string): string {
  const whole = Object.hasOwn(WHOLE, path) ? WHOLE[path] : undefined;
  if (whole !== undefined) return whole;
  const text = path
    .replace(/^Settings\/(CGwacs|SystemSetup)\/|^Settings\//, "")
    .replace(/^History\/Daily\/0\//, "Today/")
    .replace(/^History\/Daily\/1\//, "Yesterday/")
    // Most chargers and batteries have only one output.
    .replace(/^Dc\/0\//, "Dc/")
    .split("/")
    .map((level) => (Object.hasOwn(LEVELS, level) ? LEVELS[level] : lower(level)))
    .join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** In lower case, except abbreviations such as L1. */
const lower = (level: string): string =>
  /^[A-Z]{1,4}\d*$/.test(level)
    ? level
    : level
        .replace(/([a-z])([A-Z\d])/g, "$1 $2")
        .toLowerCase()
        .replace(/\b[ad]c\b/g, (word) => word.toUpperCase());
