import type { DiscoveryExample } from "../example";

const config = {
  dn: "Tasmota",
  fn: ["Kettle", null],
  ft: "%prefix%/%topic%/",
  tp: ["cmnd", "stat", "tele"],
  t: "kettle",
  onln: "Online",
  ofln: "Offline",
  state: ["OFF", "ON", "TOGGLE", "HOLD"],
  rl: [1, 0, 0],
  md: "Plug",
};

export const examples: readonly DiscoveryExample[] = [
  {
    name: "by its discovery messages; the temperature's unit stands only there",
    messages: [
      ["tasmota/discovery/AABB/config", config],
      [
        "tasmota/discovery/AABB/sensors",
        { sn: { Time: "2026-01-01T00:00:00", DHT11: { Temperature: null }, TempUnit: "F" }, ver: 1 },
      ],
      ["tele/kettle/STATE", { POWER: "ON" }],
      ["tele/kettle/SENSOR", { DHT11: { Temperature: 70.5 } }],
    ],
    finds: {
      "Kettle (kettle)": {
        model: "Plug",
        entities: {
          "switch Kettle": {
            shows: true,
            value: { availability: { filter: "tele/kettle/LWT", online: "Online", offline: "Offline" } },
            sends: [["value", true, "cmnd/kettle/POWER", "ON"]],
          },
          "sensor DHT11 Temperature": { shows: 70.5, value: { unit: "°F" } },
        },
      },
    },
  },
  {
    name: "without discovery, the topic before the prefix; values in lists",
    messages: [
      ["shed/tele/STATE", { POWER1: "OFF", POWER2: "ON", Wifi: { RSSI: 80, Signal: -60 } }],
      ["shed/tele/SENSOR", { Time: "2026-01-01T00:00:00", ENERGY: { Total: [1.2, 3.4], Power: 5 } }],
      ["shed/stat/POWER1", "ON"],
    ],
    finds: {
      shed: {
        entities: {
          "switch Relay 1": { shows: true, value: { filter: "shed/stat/POWER1" } },
          "switch Relay 2": { shows: true, sends: [["value", false, "shed/cmnd/POWER2", "OFF"]] },
          "sensor ENERGY Total 2": { shows: 3.4, value: { unit: "kWh" } },
          "sensor Wifi signal": { category: "diagnostic", shows: -60 },
        },
      },
    },
  },
  {
    name: "a light has the sides that its state has; a shutter moves and tells its position",
    messages: [
      ["tele/strip/STATE", { POWER: "ON", Dimmer: 60, Color: "153,76,0" }],
      ["tele/blind/SENSOR", { Shutter1: { Position: 40, Direction: 0 } }],
    ],
    finds: {
      strip: {
        entities: {
          "light Light": {
            shows: { state: true, brightness: 60, color: "153,76,0" },
            sends: [["brightness", 20, "cmnd/strip/Dimmer", "20"]],
          },
        },
      },
      blind: {
        entities: {
          "cover Shutter 1": {
            shows: { position: 40 },
            sends: [
              ["position", 55, "cmnd/blind/ShutterPosition1", "55"],
              ["stop", null, "cmnd/blind/ShutterStop1", ""],
            ],
          },
        },
      },
    },
  },
];
