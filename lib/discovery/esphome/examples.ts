import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "leaf topics of a node",
    messages: [
      ["den/sensor/soil/state", "21.77"],
      ["den/sensor/sunrise/state", "08:01:02"],
      ["den/switch/pump/state", "OFF"],
      ["den/climate/heat/current_temperature/state", "7.7"],
      ["den/climate/heat/target_temperature/state", "14.0"],
    ],
    finds: {
      den: {
        entities: {
          "sensor Soil": {
            shows: 21.77,
            value: { availability: { filter: "den/status", online: "online", offline: "offline" } },
          },
          "sensor Sunrise": { shows: "08:01:02" },
          "switch Pump": { shows: false, sends: [["value", true, "den/switch/pump/command", "ON"]] },
          "climate Heat": {
            shows: { current_temperature: 7.7, target_temperature: 14 },
            sends: [["target_temperature", 15, "den/climate/heat/target_temperature/command", "15"]],
          },
        },
      },
    },
  },
];
