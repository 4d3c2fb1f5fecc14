import type { DiscoveryExample } from "../example";

const value = (more: object): object => ({
  id: "x",
  nodeId: 8,
  endpoint: 0,
  readable: true,
  writeable: false,
  lastUpdate: 1604044669393,
  ...more,
});
const temperature = value({
  commandClass: 49,
  commandClassName: "Multilevel Sensor",
  property: "Air temperature",
  propertyName: "Air temperature",
  type: "number",
  label: "Air temperature",
  unit: "°C",
  value: 21.4,
});

export const examples: readonly DiscoveryExample[] = [
  {
    name: "named topics: area, label, unit, range and whether it can be set",
    messages: [
      ["zwave/Hall/Ceiling_lamp/sensor_multilevel/endpoint_0/Air_temperature", temperature],
      [
        "zwave/Hall/Ceiling_lamp/switch_multilevel/endpoint_0/targetValue",
        value({
          commandClass: 38,
          commandClassName: "Multilevel Switch",
          property: "targetValue",
          type: "number",
          label: "Target value",
          writeable: true,
          min: 0,
          max: 99,
          value: 40,
        }),
      ],
      [
        "zwave/Hall/Ceiling_lamp/configuration/endpoint_0/Partner_ID",
        value({
          commandClass: 112,
          commandClassName: "Configuration",
          property: 200,
          type: "number",
          label: "Partner ID",
          states: [
            { text: "Standard product", value: 0 },
            { text: "others", value: 1 },
          ],
          value: 0,
        }),
      ],
      ["zwave/Hall/Ceiling_lamp/status", { time: 1, value: true, status: "Alive", nodeId: 8 }],
      ["zwave/_CLIENTS/ZWAVE_GATEWAY-x/status", { value: true, time: 1 }],
    ],
    finds: {
      "Ceiling lamp": {
        area: "Hall",
        entities: {
          "sensor Air temperature": { shows: 21.4, value: { unit: "°C" } },
          "number Target value": {
            shows: 40,
            value: { command: { min: 0, max: 99 } },
            sends: [["value", 55, "zwave/Hall/Ceiling_lamp/switch_multilevel/endpoint_0/targetValue/set", "55"]],
          },
          "sensor Partner ID": { shows: 0, category: "diagnostic", value: { words: { "0": "Standard product" } } },
        },
      },
    },
  },
  {
    name: "topics by numbers below another prefix, names by the node's information; other objects are left alone",
    messages: [
      [
        "zw/attic/9/37/1/currentValue",
        value({
          nodeId: 9,
          endpoint: 1,
          commandClass: 37,
          commandClassName: "Binary Switch",
          property: "currentValue",
          type: "boolean",
          label: "Current value",
          value: false,
        }),
      ],
      [
        "zw/attic/9/37/1/targetValue",
        value({
          nodeId: 9,
          endpoint: 1,
          commandClass: 37,
          commandClassName: "Binary Switch",
          property: "targetValue",
          type: "boolean",
          label: "Target value",
          writeable: true,
          value: true,
        }),
      ],
      ["zw/attic/9/nodeinfo", { id: 9, name: "Fan", loc: "Attic", manufacturer: "Acme", productLabel: "SW1" }],
      ["zw/attic/9/49/0/x", { nodeId: 9, value: 3 }],
      ["lab/a/b/c", { nodeId: 1, value: 3 }],
    ],
    finds: {
      Fan: {
        area: "Attic",
        maker: "Acme",
        model: "SW1",
        entities: {
          "binary_sensor Current value 1": { shows: false },
          "switch Target value 1": {
            shows: true,
            sends: [["value", false, "zw/attic/9/37/1/targetValue/set", "false"]],
          },
        },
      },
      b: null,
    },
  },
];
