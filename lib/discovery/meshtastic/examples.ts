import type { DiscoveryExample } from "../example";

const topic = "msh/EU/2/json/LongFast/!00000001";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "many nodes on one topic are told apart by who speaks",
    messages: [
      [topic, { from: 2, type: "nodeinfo", payload: { longname: "Hilltop", hardware: 9 } }],
      [topic, { from: 2, type: "telemetry", payload: { battery_level: 88, voltage: 4.1 } }],
      [topic, { from: 3, type: "telemetry", payload: { battery_level: 11 } }],
      [topic, { from: 2, type: "position", payload: { latitude_i: 515000000, longitude_i: -1000000 } }],
    ],
    finds: {
      Hilltop: {
        entities: {
          "sensor Battery": { shows: 88, value: { unit: "%", merge: true } },
          "location Location": { shows: { latitude: 51.5, longitude: -0.1 } },
        },
      },
      "!00000003": { entities: { "sensor Battery": { shows: 11 } } },
    },
  },
];
