import type { DiscoveryExample } from "../example";

const attributes: readonly (readonly [string, string])[] = [
  ["homie/desk/$homie", "4.0.0"],
  ["homie/desk/$name", "Desk"],
  ["homie/desk/$nodes", "lamp"],
  ["homie/desk/lamp/$properties", "power,level,mode"],
  ["homie/desk/lamp/power/$name", "Power"],
  ["homie/desk/lamp/power/$datatype", "boolean"],
  ["homie/desk/lamp/power/$settable", "true"],
  ["homie/desk/lamp/level/$datatype", "integer"],
  ["homie/desk/lamp/level/$format", "0:100"],
  ["homie/desk/lamp/level/$unit", "%"],
  ["homie/desk/lamp/level/$settable", "true"],
  ["homie/desk/lamp/mode/$datatype", "enum"],
  ["homie/desk/lamp/mode/$format", "calm,party"],
  ["homie/desk/$state", "ready"],
  ["homie/desk/lamp/power", "true"],
  ["homie/desk/lamp/level", "30"],
];

const desk = {
  "switch Power": { shows: true, sends: [["value", false, "homie/desk/lamp/power/set", "false"]] as const },
  "number level": {
    shows: 30,
    value: { unit: "%" },
    sends: [["value", 45, "homie/desk/lamp/level/set", "45"]] as const,
  },
  "sensor mode": { shows: undefined },
};

export const examples: readonly DiscoveryExample[] = [
  { name: "version 4, attribute by attribute", messages: attributes, finds: { Desk: { entities: desk } } },
  {
    name: "the attributes come in any order",
    messages: [...attributes].reverse(),
    finds: { Desk: { entities: desk } },
  },
  {
    name: "a device that is lost is marked withdrawn",
    messages: [...attributes, ["homie/desk/$state", "lost"]],
    finds: { Desk: { withdrawn: "its $state is lost" } },
  },
  {
    name: "and one that is ready again is not",
    messages: [...attributes, ["homie/desk/$state", "lost"], ["homie/desk/$state", "ready"]],
    finds: { Desk: { withdrawn: undefined } },
  },
  {
    name: "version 5: one description, a parent that overrules",
    messages: [
      [
        "homie/5/child/$description",
        {
          homie: "5.0",
          version: 1,
          name: "Child",
          parent: "hub",
          nodes: {
            n: {
              properties: {
                t: { name: "Temp", datatype: "float", unit: "°C" },
                s: { datatype: "enum", format: "a,b", settable: true },
              },
            },
          },
        },
      ],
      ["homie/5/child/n/t", "20.5"],
    ],
    finds: {
      Child: {
        entities: {
          "sensor Temp": {
            shows: 20.5,
            value: {
              availabilityMode: "all",
              availability: [{ filter: "homie/5/child/$state" }, { filter: "homie/5/hub/$state" }],
            },
          },
          "select s": { sends: [["value", "b", "homie/5/child/n/s/set", "b"]] },
        },
      },
    },
  },
];
