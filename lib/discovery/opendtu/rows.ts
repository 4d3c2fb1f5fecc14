/** What the last level of a topic means. Absent kind: a number. */
export interface Row {
  name: string;
  unit?: string;
  binary?: boolean;
  text?: boolean;
  diagnostic?: boolean;
}

/** The whole roof. */
export const TOTALS: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["ac/power", { name: "AC power", unit: "W" }],
  ["ac/yieldday", { name: "AC yield day", unit: "Wh" }],
  ["ac/yieldtotal", { name: "AC yield total", unit: "kWh" }],
  ["ac/is_valid", { name: "AC is valid", binary: true, diagnostic: true }],
  ["dc/power", { name: "DC power", unit: "W" }],
  ["dc/irradiation", { name: "DC irradiation", unit: "%" }],
  ["dc/is_valid", { name: "DC is valid", binary: true, diagnostic: true }],
]);

/** The gateway itself; older versions have its serial number between. */
export const DTU: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["uptime", { name: "Uptime", unit: "s", diagnostic: true }],
  ["rssi", { name: "RSSI", unit: "dBm", diagnostic: true }],
  ["temperature", { name: "Temperature", unit: "°C", diagnostic: true }],
  ["ip", { name: "IP address", text: true, diagnostic: true }],
  ["hostname", { name: "Host name", text: true, diagnostic: true }],
]);

/** The same rows for AC (channel 0) and for each string. */
export const CHANNEL: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["power", { name: "Power", unit: "W" }],
  ["powerdc", { name: "DC power", unit: "W" }],
  ["voltage", { name: "Voltage", unit: "V" }],
  ["current", { name: "Current", unit: "A" }],
  ["frequency", { name: "Frequency", unit: "Hz" }],
  ["temperature", { name: "Temperature", unit: "°C" }],
  ["efficiency", { name: "Efficiency", unit: "%" }],
  ["irradiation", { name: "Irradiation", unit: "%" }],
  ["reactivepower", { name: "Reactive power", unit: "var" }],
  // Its documentation says percent; it sends 0 to 1.
  ["powerfactor", { name: "Power factor" }],
  ["yieldday", { name: "Yield day", unit: "Wh" }],
  ["yieldtotal", { name: "Yield total", unit: "kWh" }],
  ...["1-N", "2-N", "3-N", "1-Ph2", "2-Ph3", "3-Ph1"].map((phase): [string, Row] => [
    `voltage ph${phase.toLowerCase()}`,
    { name: `Voltage L${phase.replace("Ph", "L")}`, unit: "V" },
  ]),
  ...["1", "2", "3"].map((phase): [string, Row] => [`current ph${phase}`, { name: `Current L${phase}`, unit: "A" }]),
]);

export const STATUS: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["reachable", { name: "Reachable", binary: true }],
  ["producing", { name: "Producing", binary: true }],
]);
