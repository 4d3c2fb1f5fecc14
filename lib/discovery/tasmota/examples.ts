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
  {
    name: "several sensors of a kind, units said beside them, switches, a lamp behind its relay",
    messages: [
      [
        "tele/attic/SENSOR",
        {
          Time: "2026-01-01T00:00:00",
          Switch1: "ON",
          "DS18B20-1": { Id: "000008A1B2C3", Temperature: 20.1 },
          "DS18B20-2": { Id: "01317", Temperature: 21.9 },
          BMP280: { Temperature: 22, Pressure: 752.1 },
          ANALOG: { Temperature1: 18.4, A0: 512 },
          VL53L0X: { Distance: 263 },
          PressureUnit: "mmHg",
          TempUnit: "C",
        },
      ],
      ["tele/attic/STATE", { POWER1: "OFF", POWER2: "ON", Dimmer: 30 }],
    ],
    finds: {
      attic: {
        entities: {
          "binary_sensor Switch 1": { shows: true },
          "sensor DS18B20 1 Temperature": { shows: 20.1, value: { unit: "°C" } },
          "sensor DS18B20 2 Temperature": { shows: 21.9 },
          "sensor DS18B20 2 Id": null,
          "sensor BMP280 Pressure": { shows: 752.1, value: { unit: "mmHg" } },
          "sensor ANALOG Temperature1": { shows: 18.4, value: { unit: "°C" } },
          "sensor ANALOG A0": { shows: 512, lacks: { value: ["unit"] } },
          "sensor VL53L0X Distance": { shows: 263, lacks: { value: ["unit"] } },
          "switch Relay 1": { shows: false },
          "light Light": {
            shows: { state: true, brightness: 30 },
            sends: [
              ["state", false, "cmnd/attic/POWER2", "OFF"],
              ["brightness", 55, "cmnd/attic/Dimmer", "55"],
            ],
          },
        },
      },
    },
  },
  {
    name: "met by its messages and then announced it is one device; a shutter's motors are counted; words of its own",
    messages: [
      ["home/tele/hall/STATE", { POWER3: "OFF" }],
      ["tele/up/hall/STATE", { POWER3: "1" }],
      [
        "tasmota/discovery/CCDD/config",
        {
          ...config,
          fn: ["Hall"],
          t: "hall",
          ft: "%prefix%/up/%topic%/",
          mac: "AABBCCDDEEFF",
          state: ["0", "1", "2", "3"],
          onln: "yes",
          ofln: "no",
          rl: [3, 3, 1],
        },
      ],
      ["stat/up/hall/POWER3", "1"],
    ],
    finds: {
      "up/hall": null,
      "Hall (hall)": {
        entities: {
          "switch Relay 3": {
            shows: true,
            value: { availability: { filter: "tele/up/hall/LWT", online: "yes", offline: "no" } },
            sends: [["value", false, "cmnd/up/hall/POWER3", "0"]],
          },
        },
      },
    },
  },
  {
    name: "a warm and cold white lamp with the narrow range; channels that are lamps of their own",
    messages: [
      ["tasmota/discovery/1/config", { ...config, t: "cw", fn: ["CW"], rl: [2], lt_st: 2, so: { "68": 0, "82": 1 } }],
      ["tasmota/discovery/2/config", { ...config, t: "pw", fn: ["A", "B"], rl: [2, 2], lt_st: 2, so: { "68": 1 } }],
      ["tele/cw/STATE", { POWER: "ON", Dimmer: 80, CT: 250 }],
    ],
    finds: {
      "CW (cw)": {
        entities: {
          "light CW": {
            shows: { state: true, brightness: 80, color_temp: 250 },
            parts: { color_temp: { unit: "mired", command: { min: 200, max: 380 } } },
            sends: [["color_temp", 300, "cmnd/cw/CT", "300"]],
          },
        },
      },
      "A (pw)": {
        entities: {
          "light A": { shows: { state: undefined }, sends: [["state", true, "cmnd/pw/POWER1", "ON"]] },
          "light B": { shows: { state: undefined }, sends: [["state", true, "cmnd/pw/POWER2", "ON"]] },
        },
      },
    },
  },
  {
    name: "a Zigbee bridge tells readings, and of which device they are",
    messages: [
      ["tasmota/discovery/3/config", { ...config, t: "zb", fn: ["Bridge"], rl: [0] }],
      [
        "tele/zb/SENSOR",
        { ZbReceived: { Hall: { Device: "0x4F2E", Temperature: 21.5, BatteryPercentage: 87, Endpoint: 1, Group: 3 } } },
      ],
    ],
    finds: {
      "Bridge (zb)": {
        entities: {
          "sensor ZbReceived Hall Temperature": { shows: 21.5, value: { unit: "°C" } },
          "sensor ZbReceived Hall Battery Percentage": { shows: 87, value: { unit: "%" } },
          "sensor ZbReceived Hall Device": null,
          "sensor ZbReceived Hall Endpoint": null,
        },
      },
    },
  },
];
