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
];
