import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "powers in kW, counters in kWh, gas in m³, the tariff as a word",
    messages: [
      ["dsmr/meter-stats/electricity_tariff", "2"],
      ["dsmr/reading/electricity_delivered_1", "10380.353"],
      ["dsmr/reading/electricity_currently_delivered", "0.412"],
      ["dsmr/reading/phase_currently_returned_l2", "0.0"],
      ["dsmr/reading/extra_device_delivered", "948.472"],
      ["dsmr/day-consumption/total_cost", "1.37"],
      ["dsmr/day-consumption/energy_supplier_price_gas", "0.7"],
      ["dsmr/reading/timestamp", "2026-01-01T00:00:00Z"],
      ["dsmr/reading/phase_voltage_l1", "None"],
    ],
    finds: {
      "DSMR-reader": {
        model: "Smart meter",
        entities: {
          "sensor Low tariff usage": { shows: 10380.353, value: { unit: "kWh" } },
          "sensor Current power usage": { shows: 0.412, value: { unit: "kW" } },
          "sensor Current power return L2": { shows: 0, value: { unit: "kW" } },
          "sensor Gas meter usage": { shows: 948.472, value: { unit: "m³" } },
          "sensor Total cost today": { shows: 1.37, value: { unit: "€" } },
          "sensor Electricity tariff": { shows: "2", value: { words: { "1": "Low", "2": "Normal" } } },
          "sensor Voltage L1": null,
        },
      },
    },
  },
  {
    name: "another prefix, and others' readings that only look alike",
    messages: [
      ["home/p1/reading/electricity_currently_delivered", "1.5"],
      ["home/p1/reading/electricity_returned_2", "7"],
      ["dsmr/reading/water", "3"],
      ["lab/reading/electricity", "3"],
    ],
    finds: {
      "DSMR-reader": {
        entities: {
          "sensor Current power usage": { shows: 1.5 },
          "sensor High tariff returned": { shows: 7, value: { unit: "kWh" } },
          "sensor Water": null,
        },
      },
    },
  },
];
