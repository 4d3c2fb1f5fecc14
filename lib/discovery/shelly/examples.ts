import type { DiscoveryExample } from "../example";

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
];
