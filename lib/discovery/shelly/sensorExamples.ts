import type { DiscoveryExample } from "../example";

const set = (method: string, args: string): string =>
  `{"id":1,"src":"telltale","method":"${method}","params":{"id":0,${args}}}`;

/** Sensors, valves and buttons of both generations, and lamps that have more than a brightness. */
export const sensorExamples: readonly DiscoveryExample[] = [
  {
    name: "generation 1: what runs on batteries says, in words and in flags",
    messages: [
      ["shellies/announce", { id: "door-1", model: "SHDW-2", mac: "AA" }],
      ["shellies/door-1/sensor/state", "open"],
      ["shellies/door-1/sensor/tilt", "12"],
      ["shellies/door-1/sensor/illumination", "dark"],
      ["shellies/flood-1/sensor/flood", "false"],
      ["shellies/flood-1/sensor/battery", "87"],
      ["shellies/ht-1/sensor/temperature", "21.5"],
      ["shellies/ht-1/sensor/ext_power", "true"],
      ["shellies/gas-1/sensor/gas", "mild"],
      ["shellies/gas-1/sensor/concentration", "120"],
      ["shellies/button-1/input_event/0", { event: "S", event_cnt: 4 }],
      ["shellies/motion-1/status", { motion: true, timestamp: 1, active: true, vibration: false, lux: 39, bat: 93 }],
      [
        "shellies/trv-1/info",
        { thermostats: [{ pos: 30, target_t: { value: 21, units: "C" }, tmp: { value: 20.6 } }], bat: { value: 99 } },
      ],
    ],
    finds: {
      "door-1": {
        model: "SHDW-2",
        entities: {
          "binary_sensor Door state": { shows: true },
          "sensor Tilt": { shows: 12, value: { unit: "°" } },
          "sensor Illumination": { shows: "dark" },
        },
      },
      "flood-1": {
        entities: {
          "binary_sensor Flood": { shows: false },
          "sensor Battery": { shows: 87, value: { unit: "%" } },
        },
      },
      "ht-1": { entities: { "binary_sensor External power": { shows: true, category: "diagnostic" } } },
      "gas-1": {
        entities: { "sensor Gas": { shows: "mild" }, "sensor Gas concentration": { value: { unit: "ppm" } } },
      },
      "button-1": { entities: { "event Input 0 event": { shows: "S" } } },
      "motion-1": {
        entities: {
          "binary_sensor Motion": { shows: true },
          "sensor Illuminance": { shows: 39, value: { unit: "lx" } },
          "sensor Battery": { shows: 93 },
        },
      },
      "trv-1": {
        entities: {
          "climate Thermostat": {
            shows: { current_temperature: 20.6, target_temperature: 21 },
            sends: [["target_temperature", 19, "shellies/trv-1/thermostat/0/command/target_t", "19"]],
          },
          "sensor Valve position": { shows: 30 },
        },
      },
    },
  },
  {
    name: "generation 1: lamps in a word, in white and in colour",
    messages: [
      ["shellies/plain/light/0", "on"],
      ["shellies/duo/light/0", "on"],
      ["shellies/duo/light/0/status", { ison: true, brightness: 40, white: 50, temp: 3000 }],
      [
        "shellies/rgbw/color/0/status",
        { ison: false, mode: "color", red: 255, green: 10, blue: 0, white: 0, gain: 80, power: 4.5 },
      ],
      ["shellies/em3/emeter_n/current", "1.25"],
    ],
    finds: {
      plain: {
        entities: {
          "light Light": { shows: { state: true }, sends: [["state", false, "shellies/plain/light/0/command", "off"]] },
        },
      },
      duo: {
        entities: {
          "light Light": {
            shows: { state: true, brightness: 40, color_temp: 3000 },
            sends: [["color_temp", 4000, "shellies/duo/light/0/set", '{"temp": 4000}']],
          },
        },
      },
      rgbw: {
        entities: {
          "light Light": {
            shows: { state: false, brightness: 80, rgb: "255,10,0", white: 0 },
            sends: [
              ["brightness", 20, "shellies/rgbw/color/0/set", '{"gain": 20}'],
              ["rgb", "1,2,3", "shellies/rgbw/color/0/set", '{"red": 1, "green": 2, "blue": 3}'],
            ],
          },
          "sensor Light 0 power": { shows: 4.5, value: { unit: "W" } },
        },
      },
      em3: { entities: { "sensor Neutral current": { shows: 1.25, value: { unit: "A" } } } },
    },
  },
  {
    name: "generation 2: thermostats, lamps, slats, probes and buttons",
    messages: [
      ["wall/status/thermostat:0", { id: 0, enable: true, target_C: 21, current_C: 20.2, output: true }],
      ["wall/status/cct:0", { id: 0, output: true, brightness: 40, ct: 3000 }],
      ["wall/status/cover:0", { id: 0, state: "open", current_pos: 60, pos_control: true, slat_pos: 30 }],
      ["wall/status/rgb:1", { id: 1, output: true, brightness: 50, rgb: [255, 10, 0] }],
      ["wall/status/temperature:100", { id: 100, tC: 7.5, tF: 45.5 }],
      ["wall/status/temperature:101", { id: 101, tC: 8.5, tF: 47.3 }],
      [
        "wall/events/rpc",
        {
          src: "wall",
          method: "NotifyEvent",
          params: { ts: 1, events: [{ component: "input:0", id: 0, event: "single_push" }] },
        },
      ],
    ],
    finds: {
      wall: {
        entities: {
          "climate Thermostat 0": {
            shows: { current_temperature: 20.2, target_temperature: 21 },
            sends: [["target_temperature", 22, "wall/rpc", set("Thermostat.SetConfig", '"config":{"target_C":22}')]],
          },
          "binary_sensor Thermostat heating": { shows: true },
          "light Light 0": {
            shows: { state: true, brightness: 40, color_temp: 3000 },
            sends: [["color_temp", 5000, "wall/rpc", set("CCT.Set", '"ct":5000')]],
          },
          "light Light 1": {
            shows: { state: true, brightness: 50, rgb: "255,10,0" },
            sends: [
              [
                "rgb",
                "1,2,3",
                "wall/rpc",
                '{"id":1,"src":"telltale","method":"RGB.Set","params":{"id":1,"rgb":[1,2,3]}}',
              ],
            ],
          },
          "cover Cover 0": { sends: [["tilt", 50, "wall/rpc", set("Cover.GoToPosition", '"slat_pos":50')]] },
          "sensor Temperature 100": { shows: 7.5, value: { unit: "°C" } },
          "sensor Temperature 101": { shows: 8.5 },
          "event Input 0 event": { shows: "single_push", value: { availability: { filter: "wall/online" } } },
        },
      },
    },
  },
  {
    name: "generation 2: what has no number is believed once another component told whose it is",
    messages: [
      ["early/status/wifi", { sta_ip: "10.0.0.9", rssi: -61 }],
      ["early/status/switch:0", { id: 0, output: false }],
      ["printer/status/wifi", { rssi: -70 }],
    ],
    finds: {
      early: { entities: { "sensor Wifi signal": { shows: -61, value: { unit: "dBm" } } } },
      printer: null,
    },
  },
];
