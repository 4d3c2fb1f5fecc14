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
  {
    name: "the device's own name, units of speed and pressure, texts, members of a list or a dictionary",
    messages: [
      [
        "tasmota/discovery/C0FFEE000001/config",
        { ...config, dn: "Roof station", fn: ["Rain", null], mac: "C0FFEE000001", md: "Generic", t: "wx7f", rl: [0] },
      ],
      [
        "tasmota/discovery/C0FFEE000001/sensors",
        {
          sn: {
            WindMeter: { Speed: { Act: 3.1 }, Dir: { Card: "NNE", Deg: 22 } },
            ENERGY: { Total: { L1: 4.2, L2: 5.1 } },
            SpeedUnit: "m/s",
          },
          ver: 1,
        },
      ],
      [
        "tele/wx7f/SENSOR",
        {
          WindMeter: { Speed: { Act: "4.0" }, Dir: { Card: "SSW", Deg: 202 } },
          ENERGY: { Total: { L1: 4.3, L2: 5.2 } },
        },
      ],
    ],
    finds: {
      "Roof station": {
        entities: {
          "sensor Wind Meter Speed Act": { shows: 4, value: { unit: "m/s" } },
          "sensor Wind Meter Dir Card": { shows: "SSW", lacks: { value: ["unit"] } },
          "sensor ENERGY Total L2": { shows: 5.2, value: { unit: "kWh" } },
        },
      },
    },
  },
  {
    name: "another rain gauge: the units come first, lists of phases, names of switches, ids and cards are none",
    messages: [
      [
        "tasmota/discovery/0A/sensors",
        {
          sn: {
            Switch1: "ON",
            TX23: { Speed: { Act: 14.8, Max: 20 }, Dir: { Card: "W" } },
            BME280: { Pressure: 29.8, SeaPressure: 30.1, Id: "76" },
            ENERGY: { Voltage: [230, 231], Period: [0, 1], Factor: [0.9, 0.8] },
            RDM6300: { UID: "004E2B", Data: 5 },
            AS3935: { Distance: 12 },
            State: { Word: null },
            SpeedUnit: "km/h",
            PressureUnit: "inHg",
          },
        },
      ],
      [
        "tasmota/discovery/0A/config",
        { ...config, dn: "Mast", fn: ["Tasmota", "Pump"], swn: ["Float", null], t: "mast", rl: [1, 1] },
      ],
      [
        "mast-no-device/tele/SENSOR",
        { Time: "2026-01-01T00:00:00", WindMeter: { Speed: { Act: 3 } }, OTHER: { Model: "x1", Name: "y" } },
      ],
      [
        "tele/mast/SENSOR",
        {
          TX23: { Speed: { Act: 15, Max: 21 }, Dir: { Card: "NW" } },
          BME280: { Pressure: 29.9, SeaPressure: 30.2 },
          ENERGY: { Voltage: [229, 232], Period: [1, 2], Factor: [0.95, 0.85] },
          State: { Word: "calm" },
          Switch1: "OFF",
        },
      ],
    ],
    finds: {
      Mast: {
        entities: {
          "sensor TX23 Speed Max": { shows: 21, value: { unit: "km/h" } },
          "sensor TX23 Dir Card": { shows: "NW" },
          "sensor BME280 Pressure": { shows: 29.9, value: { unit: "inHg" } },
          "sensor BME280 Id": null,
          "sensor ENERGY Voltage 2": { shows: 232, value: { unit: "V" } },
          "sensor ENERGY Period 1": { shows: 1, value: { unit: "Wh" } },
          "sensor ENERGY Factor 2": { shows: 0.85, lacks: { value: ["unit"] } },
          "sensor RDM6300 UID": null,
          "sensor AS3935 Distance": { lacks: { value: ["unit"] } },
          "sensor State Word": { shows: "calm" },
          "binary_sensor Float": { shows: false },
          "switch Relay 1": { sends: [["value", true, "cmnd/mast/POWER1", "ON"]] },
          "switch Pump": { sends: [["value", true, "cmnd/mast/POWER2", "ON"]] },
        },
      },
      "mast-no-device": {
        entities: {
          // No unit was said, so there is none.
          "sensor Wind Meter Speed Act": { shows: 3, lacks: { value: ["unit"] } },
          "sensor OTHER Model": null,
        },
      },
    },
  },
  {
    name: "a device without a name of its own, or with the firmware's, is called after its first relay and its topic",
    messages: [
      ["tasmota/discovery/B1/config", { ...config, dn: "", fn: ["Boiler", null], t: "b1" }],
      ["tasmota/discovery/B2/config", { ...config, dn: "Tasmota", fn: [null], t: "b2" }],
      ["tasmota/discovery/B3/config", { ...config, dn: "Tasmotatron", fn: ["Lamp"], t: "b3" }],
    ],
    finds: {
      "Boiler (b1)": { entities: { "switch Boiler": {} } },
      "Tasmota (b2)": { entities: { "switch Relay": {} } },
      Tasmotatron: { entities: { "switch Lamp": {} } },
    },
  },
];
