import type { DiscoveryExample } from "../example";

const numeric = {
  type: "numeric",
  access: 1,
  name: "temperature",
  label: "Temperature",
  property: "temperature",
  unit: "°C",
};
const list = (devices: unknown[]): readonly [string, unknown] => ["zigbee2mqtt/bridge/devices", devices];
const one = (name: string, exposes: unknown[]) => ({
  ieee_address: `0x${name}`,
  friendly_name: name,
  type: "EndDevice",
  definition: { vendor: "Acme", model: "A1", description: "A thing", exposes },
});

const onOff = { type: "binary", access: 7, name: "state", property: "state", value_on: "ON", value_off: "OFF" };
const dimmer = { type: "numeric", access: 7, name: "brightness", property: "brightness", value_min: 0, value_max: 254 };

export const examples: readonly DiscoveryExample[] = [
  {
    name: "what is only read, what is set, what is both",
    messages: [
      list([
        one("thing", [
          numeric,
          { type: "enum", access: 7, name: "mode", label: "Mode", property: "mode", values: ["a", "b"] },
          {
            type: "binary",
            access: 3,
            name: "lock",
            label: "Child lock",
            property: "child_lock",
            value_on: "LOCK",
            value_off: "UNLOCK",
          },
          {
            type: "numeric",
            access: 2,
            name: "identify",
            label: "Blink",
            property: "blink",
            value_min: 0,
            value_max: 9,
          },
          {
            type: "composite",
            access: 2,
            name: "warning",
            label: "Warning",
            property: "warning",
            features: [
              {
                type: "binary",
                access: 2,
                name: "strobe",
                label: "Strobe",
                property: "strobe",
                value_on: true,
                value_off: false,
              },
            ],
          },
        ]),
      ]),
      ["zigbee2mqtt/thing", { temperature: 20.5, mode: "a", child_lock: "LOCK" }],
      ["zigbee2mqtt/thing", { temperature: null }],
    ],
    finds: {
      thing: {
        maker: "Acme",
        model: "A thing",
        entities: {
          "sensor Temperature": {
            shows: null,
            value: {
              unit: "°C",
              availability: [{ filter: "zigbee2mqtt/thing/availability" }, { filter: "zigbee2mqtt/bridge/state" }],
            },
          },
          "select Mode": { shows: "a", sends: [["value", "b", "zigbee2mqtt/thing/set", '{"mode":"b"}']] },
          "switch Child lock": {
            shows: true,
            sends: [["value", false, "zigbee2mqtt/thing/set", '{"child_lock":"UNLOCK"}']],
          },
          "number Blink": { sends: [["value", 3, "zigbee2mqtt/thing/set", '{"blink":3}']] },
          "switch Warning Strobe": { sends: [["value", true, "zigbee2mqtt/thing/set", '{"warning":{"strobe":true}}']] },
        },
      },
    },
  },
  {
    name: "a light is one thing, each rocker of a double switch its own",
    messages: [
      list([
        one("lamp", [
          {
            type: "light",
            features: [
              { type: "binary", access: 7, name: "state", property: "state", value_on: "ON", value_off: "OFF" },
              { type: "numeric", access: 7, name: "brightness", property: "brightness", value_min: 0, value_max: 254 },
            ],
          },
        ]),
        one("wall", [
          {
            type: "switch",
            endpoint: "left",
            features: [
              {
                type: "binary",
                access: 7,
                name: "state",
                endpoint: "left",
                property: "state_left",
                value_on: "ON",
                value_off: "OFF",
              },
            ],
          },
        ]),
      ]),
      ["zigbee2mqtt/lamp", { state: "ON", brightness: 50 }],
    ],
    finds: {
      lamp: {
        entities: {
          "light Light": {
            shows: { state: true, brightness: 50 },
            sends: [["brightness", 99, "zigbee2mqtt/lamp/set", '{"brightness":99}']],
          },
        },
      },
      wall: { entities: { "switch Switch left": { sends: [["value", true, "zigbee2mqtt/wall/left/set", "ON"]] } } },
    },
  },
  {
    name: "what is no longer listed is marked",
    messages: [list([one("a", [numeric]), one("b", [numeric])]), list([one("b", [numeric])])],
    finds: { a: { withdrawn: "Zigbee2MQTT no longer lists it" }, b: { withdrawn: undefined } },
  },
  {
    name: "renamed it is the same device on another topic, disabled it is gone",
    messages: [
      list([one("old", [numeric]), one("c", [numeric])]),
      list([
        { ...one("old", [numeric]), friendly_name: "attic/new name" },
        { ...one("c", [numeric]), disabled: true },
      ]),
      ["zigbee2mqtt/old", { temperature: 1 }],
      ["zigbee2mqtt/attic/new name", { temperature: 2 }],
    ],
    finds: {
      old: null,
      "attic/new name": {
        withdrawn: undefined,
        entities: {
          "sensor Temperature": {
            shows: 2,
            value: {
              availability: [
                { filter: "zigbee2mqtt/attic/new name/availability" },
                { filter: "zigbee2mqtt/bridge/state" },
              ],
            },
          },
        },
      },
      c: { withdrawn: "it is disabled in Zigbee2MQTT" },
    },
  },
  {
    name: "true and false, numbers to choose from, texts with quotes, composites in composites, lists",
    messages: [
      list([
        one("box", [
          { type: "binary", access: 1, name: "contact", property: "contact", value_on: false, value_off: true },
          { type: "binary", access: 7, name: "led", property: "led", value_on: true, value_off: false },
          { type: "enum", access: 7, name: "phase", property: "phase", values: [0, 1, 2] },
          { type: "text", access: 3, name: "note", property: "note" },
          { type: "enum", access: 1, name: "action", property: "action", values: ["single", "double"] },
          { type: "list", access: 1, name: "slots", property: "slots", item_type: { type: "numeric", access: 1 } },
          { type: "numeric", access: 0, name: "hidden", property: "hidden" },
          {
            type: "composite",
            access: 3,
            name: "plan",
            property: "plan",
            features: [
              {
                type: "composite",
                access: 3,
                name: "day",
                property: "day",
                features: [
                  {
                    type: "numeric",
                    access: 3,
                    name: "start",
                    property: "start",
                    unit: "min",
                    value_min: 0,
                    value_max: 1440,
                  },
                ],
              },
            ],
          },
        ]),
      ]),
      [
        "zigbee2mqtt/box",
        { contact: true, led: true, phase: 1, note: "hi", action: "single", plan: { day: { start: 30 } } },
      ],
      ["zigbee2mqtt/box", { contact: false, action: "" }],
    ],
    finds: {
      box: {
        entities: {
          "binary_sensor Contact": {
            shows: true,
            value: { payloads: { on: "false", off: "true" }, words: { on: "Closed", off: "Open" } },
          },
          "switch Led": { shows: true, sends: [["value", false, "zigbee2mqtt/box/set", '{"led":false}']] },
          "select Phase": { shows: "1", sends: [["value", "2", "zigbee2mqtt/box/set", '{"phase":2}']] },
          "text Note": { shows: "hi", sends: [["value", 'a "b"', "zigbee2mqtt/box/set", '{"note":"a \\"b\\""}']] },
          "number Plan Day Start": {
            shows: 30,
            value: { unit: "min" },
            sends: [["value", 45, "zigbee2mqtt/box/set", '{"plan":{"day":{"start":45}}}']],
          },
          "sensor Hidden": null,
        },
      },
    },
  },
  {
    name: "a cover, a thermostat and a lamp with colours",
    messages: [
      list([
        one("blind", [
          {
            type: "cover",
            features: [
              { type: "enum", access: 3, name: "state", property: "state", values: ["OPEN", "CLOSE", "STOP"] },
              {
                type: "numeric",
                access: 7,
                name: "position",
                property: "position",
                unit: "%",
                value_min: 0,
                value_max: 100,
              },
            ],
          },
        ]),
        one("valve", [
          {
            type: "climate",
            features: [
              {
                type: "numeric",
                access: 7,
                name: "occupied_heating_setpoint",
                property: "occupied_heating_setpoint",
                unit: "°C",
                value_min: 5,
                value_max: 30,
                value_step: 0.5,
              },
              { type: "numeric", access: 5, name: "local_temperature", property: "local_temperature", unit: "°C" },
              { type: "enum", access: 7, name: "system_mode", property: "system_mode", values: ["off", "heat"] },
            ],
          },
        ]),
        one("bulb", [
          {
            type: "light",
            features: [
              { type: "binary", access: 7, name: "state", property: "state", value_on: "ON", value_off: "OFF" },
              {
                type: "composite",
                access: 7,
                name: "color_xy",
                property: "color",
                features: [
                  { type: "numeric", access: 7, name: "x", property: "x" },
                  { type: "numeric", access: 7, name: "y", property: "y" },
                ],
              },
            ],
          },
        ]),
      ]),
      ["zigbee2mqtt/blind", { state: "CLOSE", position: 12 }],
      ["zigbee2mqtt/valve", { occupied_heating_setpoint: 21.5, local_temperature: 19.8, system_mode: "heat" }],
      ["zigbee2mqtt/bulb", { state: "OFF", color: { x: 0.3, y: 0.4 } }],
    ],
    finds: {
      blind: {
        entities: {
          "cover Cover": {
            shows: { state: "CLOSE", position: 12 },
            sends: [
              ["state", "STOP", "zigbee2mqtt/blind/set", '{"state":"STOP"}'],
              ["position", 80, "zigbee2mqtt/blind/set", '{"position":80}'],
            ],
          },
        },
      },
      valve: {
        entities: {
          "climate Climate": {
            shows: { occupied_heating_setpoint: 21.5, local_temperature: 19.8, system_mode: "heat" },
            sends: [["occupied_heating_setpoint", 22.5, "zigbee2mqtt/valve/set", '{"occupied_heating_setpoint":22.5}']],
          },
        },
      },
      bulb: { entities: { "light Light": { shows: { state: false, color: '{"x":0.3,"y":0.4}' } } } },
    },
  },
  {
    name: "a group is what its members are, whichever list comes first, and none without members",
    messages: [
      [
        "zigbee2mqtt/bridge/groups",
        [
          {
            id: 1,
            friendly_name: "ceiling",
            members: [
              { ieee_address: "0xa", endpoint: 1 },
              { ieee_address: "0xb", endpoint: 1 },
            ],
          },
          { id: 2, friendly_name: "nobody", members: [] },
        ],
      ],
      list([
        one("a", [{ type: "light", features: [onOff, dimmer] }]),
        one("b", [
          { type: "light", endpoint: "l1", features: [{ ...onOff, endpoint: "l1", property: "state_l1" }] },
          numeric,
        ]),
      ]),
      ["zigbee2mqtt/ceiling", { state: "ON", brightness: 50 }],
    ],
    finds: {
      ceiling: {
        model: "Zigbee group",
        entities: {
          "light Light": {
            shows: { state: true, brightness: 50 },
            sends: [
              ["state", false, "zigbee2mqtt/ceiling/set", '{"state":"OFF"}'],
              ["brightness", 100, "zigbee2mqtt/ceiling/set", '{"brightness":100}'],
            ],
          },
          "sensor Temperature": null,
        },
      },
      nobody: null,
      a: {},
    },
  },
  {
    name: "a group that is gone is withdrawn, its members are not",
    messages: [
      list([one("a", [{ type: "light", features: [onOff, dimmer] }])]),
      ["zigbee2mqtt/bridge/groups", [{ id: 1, friendly_name: "ceiling", members: [{ ieee_address: "0xa" }] }]],
      ["zigbee2mqtt/bridge/groups", []],
    ],
    finds: { ceiling: { withdrawn: "Zigbee2MQTT no longer lists it" }, a: { withdrawn: undefined } },
  },
];
