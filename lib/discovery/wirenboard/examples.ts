import type { DiscoveryExample } from "../example";

const at = "/devices/io_1/controls";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "units follow from the type, read only decides what is operated",
    messages: [
      ["/devices/io_1/meta/name", "IO 1"],
      [`${at}/Coil 0/meta`, { type: "switch", readonly: false, order: 1 }],
      [`${at}/Input 0/meta/type`, "switch"],
      [`${at}/Input 0/meta/readonly`, "1"],
      [`${at}/P/meta/type`, "power"],
      [`${at}/Level/meta`, { type: "range", max: 255 }],
      [`${at}/Go/meta/type`, "pushbutton"],
      [`${at}/Coil 0`, "1"],
      [`${at}/Input 0`, "0"],
      [`${at}/P`, "5530.95"],
    ],
    finds: {
      "IO 1": {
        entities: {
          "switch Coil 0": { shows: true, sends: [["value", false, `${at}/Coil 0/on`, "0"]] },
          "binary_sensor Input 0": { shows: false },
          "sensor P": { shows: 5530.95, value: { unit: "W" } },
          "number Level": { sends: [["value", 200, `${at}/Level/on`, "200"]] },
          "button Go": { sends: [["value", null, `${at}/Go/on`, "1"]] },
        },
      },
    },
  },
  {
    name: "titles in several languages, units in ASCII, choices, what is hidden, and how exactly it takes a number",
    messages: [
      ["/devices/heat/meta", { driver: "rules", title: { en: "Heating", ru: "Отопление" } }],
      [
        "/devices/heat/controls/t_out/meta",
        { type: "value", units: "deg C", readonly: true, title: { en: "Outside" } },
      ],
      [
        "/devices/heat/controls/t_set/meta",
        { type: "value", units: "deg C", readonly: false, min: 5, max: 30, precision: 0.5 },
      ],
      [
        "/devices/heat/controls/mode/meta",
        { type: "value", readonly: false, enum: { "0": { en: "Off" }, "1": { en: "Eco" } } },
      ],
      [
        "/devices/heat/controls/stage/meta",
        { type: "value", readonly: true, enum: { "0": { en: "Off" }, "1": { en: "On" } } },
      ],
      ["/devices/heat/controls/raw/meta", { type: "value", readonly: true, hidden: true }],
      ["/devices/heat/controls/flow/meta", { type: "value", units: "m^3/h", readonly: true, title: { ru: "Поток" } }],
      ["/devices/heat/controls/colour/meta", { type: "rgb" }],
      ["/devices/heat/controls/rh/meta/type", "rel_humidity"],
      ["/devices/heat/controls/rh/meta/name", "Room humidity"],
      ["/devices/heat/controls/t_out", "-3.5"],
      ["/devices/heat/controls/t_set", "21.5"],
      ["/devices/heat/controls/mode", "1"],
      ["/devices/heat/controls/stage", "0"],
      ["/devices/heat/controls/raw", "77"],
      ["/devices/heat/controls/colour", "255;10;0"],
    ],
    finds: {
      Heating: {
        entities: {
          "sensor Outside": { shows: -3.5, value: { unit: "°C" } },
          "number t_set": {
            shows: 21.5,
            value: { command: { min: 5, max: 30, step: 0.5 } },
            sends: [["value", 22, "/devices/heat/controls/t_set/on", "22"]],
          },
          "select mode": {
            shows: "1",
            value: { command: { options: ["0", "1"] }, words: { "0": "Off", "1": "Eco" } },
            sends: [["value", "0", "/devices/heat/controls/mode/on", "0"]],
          },
          "sensor stage": { shows: 0, value: { words: { "0": "Off", "1": "On" } } },
          "sensor raw": { hidden: true, shows: 77 },
          "sensor Поток": { value: { unit: "m³/h" } },
          "light colour": {
            shows: { rgb: "255;10;0" },
            sends: [["rgb", "0;0;255", "/devices/heat/controls/colour/on", "0;0;255"]],
          },
          "sensor Room humidity": {
            value: {
              unit: "%",
              availability: [
                { filter: "/devices/heat/controls/rh/meta/error" },
                { filter: "/devices/heat/meta/error" },
              ],
            },
          },
        },
      },
    },
  },
];
