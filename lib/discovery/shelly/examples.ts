import type { DiscoveryExample } from "../example";
import { sensorExamples } from "./sensorExamples";

const status = { id: 0, output: true, apower: 12.5, aenergy: { total: 100 }, temperature: { tC: 40 } };
const call = (on: boolean): string => `{"id":1,"src":"telltale","method":"Switch.Set","params":{"id":0,"on":${on}}}`;

export const examples: readonly DiscoveryExample[] = [
  {
    name: "generation 1, a topic for each value",
    messages: [
      ["shellies/shelly1-AA/announce", { id: "shelly1-AA", model: "SHSW-1", mac: "AA" }],
      ["shellies/shelly1-AA/relay/0", "off"],
      ["shellies/shelly1-AA/relay/0/power", "3.50"],
      ["shellies/shelly1-AA/input/0", "1"],
    ],
    finds: {
      "shelly1-AA": {
        model: "SHSW-1",
        entities: {
          "switch Relay 0": {
            shows: false,
            value: { availability: { filter: "shellies/shelly1-AA/online", online: "true", offline: "false" } },
            sends: [["value", true, "shellies/shelly1-AA/relay/0/command", "on"]],
          },
          "sensor Relay 0 power": { shows: 3.5, value: { unit: "W" } },
          "binary_sensor Input 0": { shows: true },
        },
      },
    },
  },
  {
    name: "generation 2, JSON for each component",
    messages: [["plug/status/switch:0", status]],
    finds: {
      plug: {
        entities: {
          "switch Switch 0": { shows: true, sends: [["value", false, "plug/rpc", call(false)]] },
          "sensor Switch power": { shows: 12.5, value: { unit: "W", availability: { filter: "plug/online" } } },
          "sensor Switch energy": { shows: 100, value: { unit: "Wh" } },
        },
      },
    },
  },
  {
    name: "only notifications, and those in parts",
    messages: [
      [
        "mini/events/rpc",
        { src: "mini", dst: "mini/events", method: "NotifyFullStatus", params: { ts: 1, "switch:0": status } },
      ],
      [
        "mini/events/rpc",
        { src: "mini", dst: "mini/events", method: "NotifyStatus", params: { ts: 2, "switch:0": { apower: 3 } } },
      ],
    ],
    finds: {
      mini: {
        entities: {
          "sensor Switch power": { shows: 3, value: { value: "$.params['switch:0'].apower" } },
          "sensor Switch temperature": { shows: 40 },
        },
      },
    },
  },
  {
    name: "others' status topics are not Shelly's",
    messages: [
      ["printer/status/ink", { level: 3 }],
      ["printer/status/switch:0", { output: true }],
    ],
    finds: { printer: null },
  },
  {
    name: "a roller that is not calibrated takes no position, and one that is does; a lamp without brightness",
    messages: [
      ["shellies/shade/roller/0", "stop"],
      ["shellies/shade/roller/0/pos", "-1"],
      ["shellies/blind/roller/0/pos", "30"],
      ["shellies/blind/roller/0", "open"],
      ["shellies/lamp/light/0/status", { ison: true, has_timer: false }],
      ["shellies/dim/light/0/status", { ison: true, brightness: 70 }],
    ],
    finds: {
      shade: {
        entities: {
          "cover Roller 0": {
            shows: { state: "stop", open: undefined, close: undefined, stop: undefined },
            sends: [["open", null, "shellies/shade/roller/0/command", "open"]],
          },
        },
      },
      blind: {
        entities: {
          "cover Roller 0": {
            shows: { state: "open", position: 30, open: undefined, close: undefined, stop: undefined },
            sends: [["position", 50, "shellies/blind/roller/0/command/pos", "50"]],
          },
        },
      },
      lamp: { entities: { "light Light": { shows: { state: true } } } },
      dim: {
        entities: {
          "light Light": {
            shows: { state: true, brightness: 70 },
            sends: [
              ["state", false, "shellies/dim/light/0/command", "off"],
              ["brightness", 20, "shellies/dim/light/0/set", '{"brightness": 20}'],
            ],
          },
        },
      },
    },
  },
  {
    name: "generation 2: covers with and without positions, components that their owner made",
    messages: [
      ["hall/status/cover:0", { id: 0, state: "open", current_pos: 60, pos_control: true, apower: 0 }],
      ["bare/status/cover:0", { id: 0, state: "stopped", current_pos: null, pos_control: false }],
      ["hall/status/number:200", { id: 200, value: 12.5 }],
      ["hall/status/bthomesensor:200", { id: 200, value: 21.4 }],
      ["hall/status/bthomesensor:201", { id: 201, value: true }],
      ["hall/status/blutrv:200", { id: 200, target_C: 21, current_C: 20.4, pos: 12, battery: 90, rssi: -60 }],
      ["hall/status/input:0", { id: 0, state: null }],
    ],
    finds: {
      hall: {
        entities: {
          "cover Cover 0": {
            shows: { state: "open", position: 60, open: undefined, close: undefined, stop: undefined },
            sends: [
              [
                "position",
                30,
                "hall/rpc",
                '{"id":1,"src":"telltale","method":"Cover.GoToPosition","params":{"id":0,"pos":30}}',
              ],
            ],
          },
          "number Number 200": { shows: 12.5 },
          "sensor Bthomesensor 200 value": { shows: 21.4, lacks: { value: ["unit"] } },
          "sensor Bthomesensor 201 value": { shows: true },
          "climate Thermostat 200": {
            shows: { current_temperature: 20.4, target_temperature: 21 },
            parts: { current_temperature: { unit: "°C" } },
            sends: [
              [
                "target_temperature",
                19.5,
                "hall/rpc",
                '{"id":1,"src":"telltale","method":"BluTrv.Call","params":{"id":200,"method":"TRV.SetTarget","params":{"id":0,"target_C":19.5}}}',
              ],
            ],
          },
          "binary_sensor Input state": { shows: null },
        },
      },
      bare: {
        entities: {
          "cover Cover 0": { shows: { state: "stopped", open: undefined, close: undefined, stop: undefined } },
        },
      },
    },
  },
  {
    name: "virtual components: a switch, a number, a choice, a text and a button of the same device",
    messages: [
      ["shellyplus1-aabbccddee01/online", "true"],
      ["shellyplus1-aabbccddee01/status/boolean:201", { value: true, source: "rpc", last_update_ts: 1700000000 }],
      ["shellyplus1-aabbccddee01/status/number:203", { value: 17.5, source: "rpc", last_update_ts: 1700000000 }],
      ["shellyplus1-aabbccddee01/status/enum:200", { value: "eco", source: "init", last_update_ts: 0 }],
      ["shellyplus1-aabbccddee01/status/text:204", { value: 'say "hi"', source: "rpc", last_update_ts: 1 }],
      ["shellyplus1-aabbccddee01/status/button:205", {}],
    ],
    finds: {
      "shellyplus1-aabbccddee01": {
        entities: {
          "switch Boolean 201": {
            shows: true,
            value: { availability: { filter: "shellyplus1-aabbccddee01/online" } },
            sends: [
              [
                "value",
                false,
                "shellyplus1-aabbccddee01/rpc",
                '{"id":1,"src":"telltale","method":"Boolean.Set","params":{"id":201,"value":false}}',
              ],
            ],
          },
          "number Number 203": {
            shows: 17.5,
            lacks: { value: ["unit"] },
            sends: [
              [
                "value",
                20,
                "shellyplus1-aabbccddee01/rpc",
                '{"id":1,"src":"telltale","method":"Number.Set","params":{"id":203,"value":20}}',
              ],
            ],
          },
          "select Enum 200": {
            shows: "eco",
            sends: [
              [
                "value",
                "boost",
                "shellyplus1-aabbccddee01/rpc",
                '{"id":1,"src":"telltale","method":"Enum.Set","params":{"id":200,"value":"boost"}}',
              ],
            ],
          },
          "text Text 204": {
            shows: 'say "hi"',
            sends: [
              [
                "value",
                'a "b" 7',
                "shellyplus1-aabbccddee01/rpc",
                '{"id":1,"src":"telltale","method":"Text.Set","params":{"id":204,"value":"a \\"b\\" 7"}}',
              ],
              [
                "value",
                "12",
                "shellyplus1-aabbccddee01/rpc",
                '{"id":1,"src":"telltale","method":"Text.Set","params":{"id":204,"value":"12"}}',
              ],
            ],
          },
          "button Button 205": {
            sends: [
              [
                "value",
                null,
                "shellyplus1-aabbccddee01/rpc",
                '{"id":1,"src":"telltale","method":"Button.Trigger","params":{"id":205,"event":"single_push"}}',
              ],
            ],
          },
        },
      },
    },
  },
  {
    name: "virtual components in notifications, some without a value yet",
    messages: [
      [
        "garage/events/rpc",
        {
          src: "garage",
          method: "NotifyStatus",
          params: {
            ts: 1,
            "boolean:200": { value: false, source: "rpc", last_update_ts: 3 },
            "enum:201": { value: null },
          },
        },
      ],
    ],
    finds: {
      garage: {
        entities: {
          "switch Boolean 200": { shows: false, value: { value: "$.params['boolean:200'].value" } },
          "select Enum 201": { shows: null },
        },
      },
    },
  },
  {
    name: "others' topics that look like virtual components are none",
    messages: [
      ["plc/status/number:203", { value: 3 }],
      ["plc/status/boolean:3", { value: true, source: "rpc", last_update_ts: 1700000000 }],
      ["plc/status/boolean:201", { value: true, source: 4, last_update_ts: "today" }],
      ["plc/status/button:205", {}],
      ["plc/status/number:204", { id: 205, value: 3, source: "rpc", last_update_ts: 1700000000 }],
    ],
    finds: { plc: null },
  },
  ...sensorExamples,
];
