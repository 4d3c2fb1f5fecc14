import type { DiscoveryExample } from "../example";
import { attributeExamples } from "./attributeExamples";
import { componentExamples } from "./componentExamples";
import { machineExamples } from "./machineExamples";
import { stateExamples } from "./stateExamples";

const device = { ids: ["0xabc"], name: "Workshop", mf: "Acme", mdl: "Box 3", sa: "Cellar" };

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a sensor in abbreviated words, its value behind a template",
    messages: [
      [
        "homeassistant/sensor/box/temp/config",
        {
          "~": "shop/box/",
          name: "Temperature",
          stat_t: "~state",
          val_tpl: "{{ value_json.t }}",
          unit_of_meas: "°C",
          uniq_id: "t1",
          dev: device,
        },
      ],
      ["shop/box/state", { t: 21.5, h: 40 }],
    ],
    finds: {
      Workshop: {
        maker: "Acme",
        model: "Box 3",
        area: "Cellar",
        entities: {
          "sensor Temperature": {
            value: { filter: "shop/box/state", value: "$.t", unit: "°C", type: "number" },
            shows: 21.5,
          },
        },
      },
    },
  },
  {
    name: "a message without the key keeps the value, null makes it unknown",
    messages: [
      [
        "homeassistant/sensor/a/config",
        { name: "A", stat_t: "s", val_tpl: "{{ value_json.a | is_defined }}", unit_of_meas: "V", dev: device },
      ],
      [
        "homeassistant/sensor/b/config",
        { name: "B", stat_t: "s", val_tpl: "{{ value_json.b }}", unit_of_meas: "V", dev: device },
      ],
      ["s", { a: 1, b: 2 }],
      ["s", { b: null }],
    ],
    finds: { Workshop: { entities: { "sensor A": { shows: 1 }, "sensor B": { shows: null } } } },
  },
  {
    name: "availability from several topics, `~` inside of them, the mode",
    messages: [
      [
        "homeassistant/binary_sensor/w/config",
        {
          "~": "shop/w",
          name: "Window",
          stat_t: "~/s",
          avty: [
            { t: "~/lwt", pl_avail: "up", pl_not_avail: "down" },
            { topic: "hub/state", value_template: "{{ value_json.state }}" },
          ],
          avty_mode: "all",
          dev: device,
        },
      ],
    ],
    finds: {
      Workshop: {
        entities: {
          "binary_sensor Window": {
            value: {
              payloads: { on: "ON", off: "OFF" },
              availabilityMode: "all",
              availability: [
                { filter: "shop/w/lwt", online: "up", offline: "down" },
                { filter: "hub/state", value: "$.state", online: "online", offline: "offline" },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: "a switch whose state has other words than its command",
    messages: [
      [
        "homeassistant/switch/p/config",
        {
          name: "Pump",
          stat_t: "p/s",
          cmd_t: "p/c",
          pl_on: '{"time":254}',
          pl_off: '{"time":0}',
          stat_on: "true",
          stat_off: "false",
          val_tpl: "{{ value_json.on | lower }}",
          dev: device,
        },
      ],
      ["p/s", { on: true }],
    ],
    finds: {
      Workshop: {
        entities: {
          "switch Pump": {
            shows: true,
            sends: [
              ["value", true, "p/c", '{"time":254}'],
              ["value", false, "p/c", '{"time":0}'],
            ],
          },
        },
      },
    },
  },
  {
    name: "payload_on as JSON true",
    messages: [
      [
        "homeassistant/binary_sensor/o/config",
        {
          name: "Open",
          stat_t: "o",
          val_tpl: "{{ value_json.open | is_defined }}",
          pl_on: true,
          pl_off: false,
          dev: device,
        },
      ],
      ["o", { open: true }],
    ],
    finds: { Workshop: { entities: { "binary_sensor Open": { shows: true } } } },
  },
  {
    name: "a whole device in one config, one component taken back",
    messages: [
      [
        "homeassistant/device/box/config",
        {
          dev: device,
          o: { name: "acme" },
          stat_t: "box",
          cmps: {
            a: { p: "sensor", name: "Power", unit_of_meas: "W", val_tpl: "{{ value_json.w }}" },
            b: { p: "switch", name: "Relay", cmd_t: "box/set", val_tpl: "{{ value_json.r }}" },
          },
        },
      ],
      [
        "homeassistant/device/box/config",
        {
          dev: device,
          stat_t: "box",
          cmps: {
            a: { p: "sensor", name: "Power", unit_of_meas: "W", val_tpl: "{{ value_json.w }}" },
            b: { p: "switch" },
          },
        },
      ],
      ["box", { w: 12, r: "ON" }],
    ],
    finds: {
      Workshop: {
        entities: { "sensor Power": { shows: 12 }, "switch Relay": { withdrawn: "its announcement was taken back" } },
      },
    },
  },
  {
    name: "what is taken back is marked, not forgotten",
    messages: [
      ["homeassistant/sensor/x/config", { name: "X", stat_t: "x", dev: device }],
      ["homeassistant/sensor/x/config", ""],
    ],
    finds: {
      Workshop: {
        withdrawn: "its announcement was taken back",
        entities: { "sensor X": { withdrawn: "its announcement was taken back" } },
      },
    },
  },
  {
    name: "one sensor heard by several gateways is one point",
    messages: [
      [
        "homeassistant/sensor/g/config",
        { name: "G", stat_t: "+/+/BTtoMQTT/AA", val_tpl: "{{ value_json.g }}", unit_of_meas: "%", dev: device },
      ],
      ["home/one/BTtoMQTT/AA", { g: 1 }],
      ["home/two/BTtoMQTT/AA", { g: 2 }],
    ],
    finds: { Workshop: { entities: { "sensor G": { value: { merge: true }, shows: 2 } } } },
  },
  {
    name: "a state topic below homeassistant/ is no config, triggers are left out",
    messages: [
      ["homeassistant/sensor/z/state", "5"],
      ["homeassistant/device_automation/z/config", { t: "z", dev: device, atype: "trigger" }],
    ],
    finds: { Workshop: null },
  },
  ...componentExamples,
  ...machineExamples,
  ...attributeExamples,
  ...stateExamples,
];
