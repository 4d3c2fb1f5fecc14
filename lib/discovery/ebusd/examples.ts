import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a boiler's messages with their fields",
    messages: [
      ["ebusd/global/version", "ebusd 23.2.23.2"],
      ["ebusd/global/running", "true"],
      ["ebusd/global/signal", "true"],
      ["ebusd/bai/FlowTemp", { temp: { value: 41.25 }, sensor: { value: "ok" } }],
      ["ebusd/bai/WaterPressure", { press: { value: 1.437, unit: "bar" } }],
      ["ebusd/700/Hc1OperatingMode", { 0: { name: "", value: "auto" } }],
      ["ebusd/bai/FlowTemp/get", "1"],
    ],
    finds: {
      "ebusd bai": {
        maker: "ebusd",
        entities: {
          "sensor Flow Temp": {
            shows: 41.25,
            lacks: { value: ["unit", "command"] },
            value: {
              value: "$.temp.value",
              availability: { filter: "ebusd/global/running", online: "true", offline: "false" },
            },
          },
          "sensor Flow Temp sensor": { shows: "ok" },
          "sensor Water Pressure": { shows: 1.437, value: { unit: "bar" } },
        },
      },
      "ebusd 700": { entities: { "sensor Hc1 Operating Mode": { shows: "auto" } } },
      ebusd: { entities: { "binary_sensor Signal": { shows: true } } },
    },
  },
  {
    name: "bare values, and plain numbers, below a prefix of its own",
    messages: [
      ["home/heating/global/version", "ebusd 22.4"],
      ["home/heating/hwc/StorageTemp", { temp: 48.5, sensor: "ok", $qq: 16 }],
      ["home/heating/hwc/Yield", "312"],
      ["home/heating/hwc/Timer", "05:20;05:50"],
    ],
    finds: {
      "ebusd hwc": {
        entities: {
          "sensor Storage Temp": { shows: 48.5 },
          "sensor Yield": { shows: 312 },
          "sensor Timer": null,
          "sensor Storage Temp $qq": null,
        },
      },
    },
  },
  {
    name: "another program that is running is no ebusd",
    messages: [
      ["plant/global/running", "true"],
      ["plant/global/version", "3.1"],
      ["plant/bai/FlowTemp", { temp: { value: 7 } }],
      ["ebusd/bai/FlowTemp", { temp: { value: 7 } }],
    ],
    finds: { "ebusd bai": null },
  },
];
