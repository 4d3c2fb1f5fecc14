import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a battery and a relay; names that its owner gave",
    messages: [
      ["N/c0ffee/battery/512/Soc", { value: 87.5 }],
      ["N/c0ffee/battery/512/Dc/0/Voltage", { value: 52.1 }],
      ["N/c0ffee/battery/512/ProductName", { value: "Smart Shunt" }],
      ["N/c0ffee/battery/512/CustomName", { value: "House battery" }],
      ["N/c0ffee/system/0/Relay/0/State", { value: 1 }],
      ["N/c0ffee/settings/0/Settings/Secret", { value: "x" }],
    ],
    finds: {
      "House battery": {
        model: "Smart Shunt",
        entities: {
          "sensor Soc": { shows: 87.5, value: { unit: "%" } },
          "sensor Dc 0 Voltage": { shows: 52.1, value: { unit: "V" } },
        },
      },
      "System 0": {
        entities: {
          "switch Relay 0 State": {
            shows: true,
            sends: [["value", false, "W/c0ffee/system/0/Relay/0/State", '{"value":0}']],
          },
        },
      },
    },
  },
  {
    name: "a tank's capacity is no charge; what has no value yet is unknown; limits that the device tells",
    messages: [
      ["N/c0ffee/tank/3/Capacity", { value: 0.2 }],
      ["N/c0ffee/tank/3/Level", { value: 40 }],
      ["N/c0ffee/tank/3/Remaining", { value: null }],
      ["N/c0ffee/vebus/276/Mode", { value: null }],
      ["N/c0ffee/vebus/276/Ac/ActiveIn/CurrentLimit", { value: 16, min: 0, max: 32 }],
    ],
    finds: {
      "Tank 3": {
        entities: {
          "sensor Capacity": { shows: 0.2, value: { unit: "m³" } },
          "sensor Level": { shows: 40, value: { unit: "%" } },
          "sensor Remaining": { shows: null, value: { unit: "m³" } },
        },
      },
      "Vebus 276": {
        entities: {
          "sensor Mode": { shows: null },
          "number Ac Active In Current Limit": {
            shows: 16,
            value: { command: { min: 0, max: 32 } },
            sends: [["value", 10, "W/c0ffee/vebus/276/Ac/ActiveIn/CurrentLimit", '{"value":10}']],
          },
        },
      },
    },
  },
];
