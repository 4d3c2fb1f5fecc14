import type { Leaf } from "../leaf";
import { leafEntity } from "../leaf";
import { prefixed } from "../prefixed";
import { plainNumber } from "../scalar";

/**
 * DSMR-reader's topics (https://dsmr-reader.readthedocs.io, "MQTT", and Home Assistant's dsmr_reader/definitions.py). Its powers are kW,
 * its counters kWh; prices and the flow of gas have no unit that it says.
 */
const PHASES = ["l1", "l2", "l3"];
const LEAVES: ReadonlyMap<string, Leaf> = new Map<string, Leaf>([
  ["reading/electricity_delivered_1", { name: "Low tariff usage", unit: "kWh" }],
  ["reading/electricity_delivered_2", { name: "High tariff usage", unit: "kWh" }],
  ["reading/electricity_returned_1", { name: "Low tariff returned", unit: "kWh" }],
  ["reading/electricity_returned_2", { name: "High tariff returned", unit: "kWh" }],
  ["reading/electricity_currently_delivered", { name: "Current power usage", unit: "kW" }],
  ["reading/electricity_currently_returned", { name: "Current power return", unit: "kW" }],
  ["reading/extra_device_delivered", { name: "Gas meter usage", unit: "m³" }],
  ...PHASES.flatMap((phase): [string, Leaf][] => {
    const of = phase.toUpperCase();
    return [
      [`reading/phase_currently_delivered_${phase}`, { name: `Current power usage ${of}`, unit: "kW" }],
      [`reading/phase_currently_returned_${phase}`, { name: `Current power return ${of}`, unit: "kW" }],
      [`reading/phase_voltage_${phase}`, { name: `Voltage ${of}`, unit: "V" }],
      [`reading/phase_power_current_${phase}`, { name: `Current ${of}`, unit: "A" }],
      [`meter-stats/voltage_sag_count_${phase}`, { name: `Voltage sags ${of}`, diagnostic: true }],
      [`meter-stats/voltage_swell_count_${phase}`, { name: `Voltage swells ${of}`, diagnostic: true }],
    ];
  }),
  ["consumption/gas/delivered", { name: "Gas usage", unit: "m³" }],
  ["consumption/gas/currently_delivered", { name: "Current gas usage" }],
  ["day-consumption/electricity1", { name: "Low tariff usage today", unit: "kWh" }],
  ["day-consumption/electricity2", { name: "High tariff usage today", unit: "kWh" }],
  ["day-consumption/electricity1_returned", { name: "Low tariff return today", unit: "kWh" }],
  ["day-consumption/electricity2_returned", { name: "High tariff return today", unit: "kWh" }],
  ["day-consumption/electricity_merged", { name: "Power usage total today", unit: "kWh" }],
  ["day-consumption/electricity_returned_merged", { name: "Power return total today", unit: "kWh" }],
  ["day-consumption/electricity1_cost", { name: "Low tariff cost today", unit: "€" }],
  ["day-consumption/electricity2_cost", { name: "High tariff cost today", unit: "€" }],
  ["day-consumption/electricity_cost_merged", { name: "Power total cost today", unit: "€" }],
  ["day-consumption/gas", { name: "Gas usage today", unit: "m³" }],
  ["day-consumption/gas_cost", { name: "Gas cost today", unit: "€" }],
  ["day-consumption/fixed_cost", { name: "Fixed cost today", unit: "€" }],
  ["day-consumption/total_cost", { name: "Total cost today", unit: "€" }],
  // A word, not a measurement: 1 is the low tariff.
  ["meter-stats/electricity_tariff", { name: "Electricity tariff", is: "text", words: { "1": "Low", "2": "Normal" } }],
  ["meter-stats/dsmr_version", { name: "DSMR version", is: "text", diagnostic: true }],
  ["meter-stats/power_failure_count", { name: "Power failures", diagnostic: true }],
  ["meter-stats/long_power_failure_count", { name: "Long power failures", diagnostic: true }],
  ["meter-stats/rejected_telegrams", { name: "Rejected telegrams", diagnostic: true }],
]);

export const dsmrreader = prefixed({
  id: "dsmrreader",
  label: "DSMR-reader",
  prefixes: ["dsmr"],
  marks: ["reading/electricity_delivered_1", "reading/electricity_currently_delivered"].map((below) => ({
    below,
    mark: below,
    fits: (message) => plainNumber(message) !== undefined,
  })),
  isClear: (marks) => marks.size > 0,
  create(book) {
    return (prefix, below, message) => {
      const path = below.join("/");
      const leaf = LEAVES.get(path);
      const entity = leaf && leafEntity(path, leaf, { filter: message.topic }, message);
      if (!entity) return;
      if (
        !book.has(prefix) &&
        !book.device(prefix, { name: "DSMR-reader", maker: "DSMR-reader", model: "Smart meter" })
      )
        return;
      book.entity(prefix, entity);
    };
  },
});
