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
];
