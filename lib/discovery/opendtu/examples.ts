import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "an inverter with its name, below a prefix of its own",
    messages: [
      ["opendtu/dtu/status", "online"],
      ["opendtu/ac/yieldday", "2310"],
      ["opendtu/116494407001/name", "Shed roof"],
      ["opendtu/116494407001/status/producing", "1"],
      ["opendtu/116494407001/0/power", "761.9"],
      ["opendtu/116494407001/status/limit_relative", "100.0"],
    ],
    finds: {
      OpenDTU: {
        entities: {
          "sensor AC yield day": {
            shows: 2310,
            value: { unit: "Wh", availability: { filter: "opendtu/dtu/status", online: "online", offline: "offline" } },
          },
        },
      },
      "Shed roof": {
        maker: "Hoymiles",
        entities: {
          "sensor Power": { shows: 761.9, value: { unit: "W" } },
          "binary_sensor Producing": { shows: true },
          "number Limit": {
            shows: 100,
            value: { unit: "%" },
            lacks: { value: ["retain"] },
            sends: [["value", 60, "opendtu/116494407001/cmd/limit_nonpersistent_relative", "60"]],
          },
          "switch Inverter on": { sends: [["value", false, "opendtu/116494407001/cmd/power", "0"]] },
        },
      },
    },
  },
  {
    name: "strings are called as their owner calls them, in whatever order it is said; an inverter without a name by its number",
    messages: [
      ["solar/1121a0b1c2d3/status/reachable", "0"],
      ["solar/1121a0b1c2d3/1/power", "201.5"],
      ["solar/1121a0b1c2d3/1/name", "East"],
      ["solar/1121a0b1c2d3/2/voltage", "33.1"],
      ["solar/1121a0b1c2d3/2/irradiation", "51.25"],
      ["solar/1121a0b1c2d3/0/yieldtotal", "812.334"],
      ["solar/1121a0b1c2d3/0/powerfactor", "0.998"],
      ["solar/1121a0b1c2d3/0/voltage ph1-n", "229.9"],
      ["solar/1121a0b1c2d3/status/last_update", "1700000000"],
      ["solar/1121a0b1c2d3/device/fwbuilddatetime", "2021-11-01 11:20:00"],
      ["solar/dtu/rssi", "-61"],
    ],
    finds: {
      "Inverter 1121a0b1c2d3": {
        entities: {
          "binary_sensor Reachable": { shows: false },
          "sensor East power": { shows: 201.5, value: { unit: "W" } },
          "sensor String 2 voltage": { shows: 33.1, value: { unit: "V" } },
          "sensor String 2 irradiation": { shows: 51.25, value: { unit: "%" } },
          "sensor Yield total": { shows: 812.334, value: { unit: "kWh" } },
          "sensor Power factor": { shows: 0.998, lacks: { value: ["unit"] } },
          "sensor Voltage L1-N": { shows: 229.9 },
        },
      },
      OpenDTU: { entities: { "sensor RSSI": { value: { unit: "dBm" }, category: "diagnostic" } } },
    },
  },
  {
    name: "the totals of a roof, and the limit in watts, two levels down",
    messages: [
      ["house/roof/dtu/status", "offline"],
      ["house/roof/dc/power", "1502.2"],
      ["house/roof/dc/is_valid", "1"],
      ["house/roof/114181012233/status/limit_absolute", "600.00"],
    ],
    finds: {
      OpenDTU: { entities: { "sensor DC power": { shows: 1502.2, value: { unit: "W" } } } },
      "Inverter 114181012233": {
        entities: {
          "number Limit absolute": {
            shows: 600,
            value: { unit: "W" },
            sends: [["value", 300, "house/roof/114181012233/cmd/limit_nonpersistent_absolute", "300"]],
          },
        },
      },
    },
  },
  {
    name: "another program below solar is not OpenDTU, nor is what only looks like a part of it",
    messages: [
      ["solar/inverter/0/power", "500"],
      ["solar/116494407001/power", "500"],
      ["solar/116494407001/0/power", "500"],
      ["boiler/dtu/status", "running"],
      ["boiler/roof/status/reachable", "1"],
      ["boiler/ac/power", "5"],
    ],
    finds: { OpenDTU: null, "Inverter 116494407001": null },
  },
];
