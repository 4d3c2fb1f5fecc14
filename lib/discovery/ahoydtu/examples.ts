import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "inverters by their names, strings by their channels, the gateway",
    messages: [
      ["inverter/device", "AHOY-DTU"],
      ["inverter/mqtt", "connected"],
      ["inverter/wifi_rssi", "-75"],
      ["inverter/South/available", "2"],
      ["inverter/South/ch0/P_AC", "71.000"],
      ["inverter/South/ch0/YieldDay", "51.000"],
      ["inverter/South/ch0/YieldTotal", "465.294"],
      ["inverter/South/ch0/EVT", "9.000"],
      ["inverter/South/ch2/U_DC", "38.900"],
      ["inverter/South/ch0/Temp", "19.800"],
      ["inverter/total/P_AC", "142.5"],
      ["inverter/South/last_success", "1672155690"],
    ],
    finds: {
      South: {
        entities: {
          "sensor Power": {
            shows: 71,
            value: { unit: "W", availability: { filter: "inverter/mqtt", online: "connected" } },
          },
          "sensor Yield day": { shows: 51, value: { unit: "Wh" } },
          "sensor Yield total": { shows: 465.294, value: { unit: "kWh" } },
          "sensor String 2 voltage": { shows: 38.9, value: { unit: "V" } },
          "sensor Temperature": { shows: 19.8, value: { unit: "°C" } },
          "sensor Available": { shows: 2, value: { words: { "2": "Producing" } } },
        },
      },
      "AHOY-DTU": {
        entities: {
          "sensor Wifi signal": { shows: -75, category: "diagnostic" },
          "sensor Total power": { shows: 142.5, value: { unit: "W" } },
        },
      },
    },
  },
  {
    name: "another prefix; other inverters' topics are left alone",
    messages: [
      ["roof/East/ch0/U_AC", "233.3"],
      ["roof/East/ch1/P_DC", "25"],
      ["inverter/main/power", "300"],
      ["pump/motor/ch0/torque", "3"],
    ],
    finds: {
      East: { entities: { "sensor AC voltage": { shows: 233.3 }, "sensor String 1 power": { shows: 25 } } },
      main: null,
      motor: null,
    },
  },
];
