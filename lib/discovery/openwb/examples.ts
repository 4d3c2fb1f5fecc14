import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "version 2: charge points, meters, batteries and vehicles by their names; energies in Wh, lists are phases",
    messages: [
      ["openWB/chargepoint/3/get/power", "11040"],
      ["openWB/chargepoint/3/config", { name: "Carport left", type: "mqtt" }],
      ["openWB/chargepoint/3/get/imported", "812345.6"],
      ["openWB/chargepoint/3/get/currents", "[16.1, 15.9, 16.0]"],
      ["openWB/chargepoint/3/get/plug_state", "true"],
      ["openWB/chargepoint/3/get/fault_str", '"Kein Fehler."'],
      ["openWB/chargepoint/3/set/manual_lock", "false"],
      ["openWB/counter/0/get/power", "-1890.5"],
      ["openWB/system/device/1/component/0/config", { name: "Grid meter", type: "counter", id: 0 }],
      ["openWB/bat/2/get/soc", "63"],
      ["openWB/vehicle/1/get/soc", "71"],
      ["openWB/vehicle/1/name", '"Zoe"'],
      ["openWB/counter/set/home_consumption", "412"],
      ["openWB/set/chargepoint/3/set/manual_lock", "true"],
    ],
    finds: {
      "Carport left": {
        entities: {
          "sensor Power": { shows: 11040, value: { unit: "W" } },
          "sensor Imported": { shows: 812345.6, value: { unit: "Wh" } },
          "sensor Current L2": { shows: 15.9, value: { unit: "A" } },
          "binary_sensor Plugged in": { shows: true },
          "sensor Fault": { shows: "Kein Fehler." },
          "switch Manual lock": {
            shows: false,
            sends: [["value", true, "openWB/set/chargepoint/3/set/manual_lock", "true"]],
          },
        },
      },
      "Grid meter": { entities: { "sensor Power": { shows: -1890.5 } } },
      "Battery 2": { entities: { "sensor SoC": { shows: 63, value: { unit: "%" } } } },
      Zoe: { entities: { "sensor SoC": { shows: 71 } } },
      openWB: { entities: { "sensor Home consumption": { shows: 412, value: { unit: "W" } } } },
    },
  },
  {
    name: "version 1: units by the keys; another prefix; others' topics are left alone",
    messages: [
      ["openWB/lp/1/W", "3680"],
      ["openWB/lp/1/strChargePointName", "Garage"],
      ["openWB/lp/1/%Soc", "55"],
      ["openWB/lp/1/kWhCounter", "1234.5"],
      ["openWB/evu/W", "-250"],
      ["wallbox/chargepoint/4/get/power", "0"],
      ["wallbox/chargepoint/4/get/phases_in_use", "3"],
      ["plant/counter/4/get/power", "3"],
      ["plant/lp/1/W", "3"],
    ],
    finds: {
      Garage: {
        entities: {
          "sensor Power": { shows: 3680, value: { unit: "W" } },
          "sensor SoC": { shows: 55, value: { unit: "%" } },
          "sensor Energy counter": { shows: 1234.5, value: { unit: "kWh" } },
        },
      },
      Grid: { entities: { "sensor Power": { shows: -250 } } },
      "Charge point 4": { entities: { "sensor Phases in use": { shows: 3, lacks: { value: ["unit"] } } } },
      "Counter 4": null,
    },
  },
];
