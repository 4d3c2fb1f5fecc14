export interface Row {
  name: string;
  unit?: string;
  is?: "flag" | "text";
  diagnostic?: boolean;
}

/** The groups of numbered components in version 2, and what one of them is called. */
export const GROUPS: Readonly<Record<string, string>> = {
  chargepoint: "Charge point",
  counter: "Counter",
  bat: "Battery",
  pv: "Inverter",
};

/** Values of a component, below `get/` (packages/control/*_data.py). Energies are Wh. */
export const VALUES: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["power", { name: "Power", unit: "W" }],
  ["imported", { name: "Imported", unit: "Wh" }],
  ["exported", { name: "Exported", unit: "Wh" }],
  ["daily_imported", { name: "Imported today", unit: "Wh" }],
  ["daily_exported", { name: "Exported today", unit: "Wh" }],
  ["monthly_exported", { name: "Exported this month", unit: "Wh" }],
  ["yearly_exported", { name: "Exported this year", unit: "Wh" }],
  ["frequency", { name: "Frequency", unit: "Hz" }],
  ["soc", { name: "SoC", unit: "%" }],
  ["range", { name: "Range", unit: "km" }],
  ["evse_current", { name: "EVSE current", unit: "A" }],
  ["phases_in_use", { name: "Phases in use" }],
  ["charge_state", { name: "Charging", is: "flag" }],
  ["plug_state", { name: "Plugged in", is: "flag" }],
  ["state_str", { name: "State", is: "text" }],
  ["fault_state", { name: "Fault state", diagnostic: true }],
  ["fault_str", { name: "Fault", is: "text", diagnostic: true }],
]);

/** Lists of the three phases. */
export const LISTS: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["currents", { name: "Current", unit: "A" }],
  ["voltages", { name: "Voltage", unit: "V" }],
  ["powers", { name: "Power", unit: "W" }],
  ["power_factors", { name: "Power factor" }],
]);

/** Sums of the whole site, below the group without a number. */
export const SITE: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["chargepoint/get/power", { name: "Charge points power", unit: "W" }],
  ["bat/get/power", { name: "Batteries power", unit: "W" }],
  ["bat/get/soc", { name: "Batteries SoC", unit: "%" }],
  ["pv/get/power", { name: "PV power", unit: "W" }],
  ["counter/set/home_consumption", { name: "Home consumption", unit: "W" }],
  ["counter/set/daily_yield_home_consumption", { name: "Home consumption today", unit: "Wh" }],
]);

/** Version 1: the keys spell their units. */
export const OLD: Readonly<Record<string, { name: string; rows: ReadonlyMap<string, Row> } | undefined>> = {
  lp: {
    name: "Charge point",
    rows: new Map<string, Row>([
      ["W", { name: "Power", unit: "W" }],
      ["%Soc", { name: "SoC", unit: "%" }],
      ["kWhCounter", { name: "Energy counter", unit: "kWh" }],
      ["kWhDailyCharged", { name: "Energy today", unit: "kWh" }],
      ["kWhActualCharged", { name: "Energy of this charge", unit: "kWh" }],
      ...[1, 2, 3].flatMap((n): [string, Row][] => [
        [`VPhase${n}`, { name: `Voltage L${n}`, unit: "V" }],
        [`APhase${n}`, { name: `Current L${n}`, unit: "A" }],
      ]),
      ["boolPlugStat", { name: "Plugged in", is: "flag" }],
      ["boolChargeStat", { name: "Charging", is: "flag" }],
    ]),
  },
  evu: {
    name: "Grid",
    rows: new Map<string, Row>([
      ["W", { name: "Power", unit: "W" }],
      ["Hz", { name: "Frequency", unit: "Hz" }],
      ...[1, 2, 3].flatMap((n): [string, Row][] => [
        [`WPhase${n}`, { name: `Power L${n}`, unit: "W" }],
        [`VPhase${n}`, { name: `Voltage L${n}`, unit: "V" }],
        [`APhase${n}`, { name: `Current L${n}`, unit: "A" }],
      ]),
    ]),
  },
  housebattery: {
    name: "House battery",
    rows: new Map<string, Row>([
      ["W", { name: "Power", unit: "W" }],
      ["%Soc", { name: "SoC", unit: "%" }],
    ]),
  },
};
