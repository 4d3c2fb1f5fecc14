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
    name: "what is retained behind a lost $state does not bring the device back",
    messages: [["homie/desk/$state", "lost"], ...attributes.filter(([topic]) => topic !== "homie/desk/$state")],
    finds: { Desk: { withdrawn: "its $state is lost", entities: desk } },
  },
  {
    name: "a device that sleeps or raises an alarm is there",
    messages: [...attributes, ["homie/desk/$state", "sleeping"], ["homie/desk/$state", "alert"]],
    finds: { Desk: { withdrawn: undefined } },
  },
  {
    name: "version 2: no datatypes, so a payload is what it looks like",
    messages: [
      ["homie/loft/$homie", "2.0.1"],
      ["homie/loft/$online", "true"],
      ["homie/loft/$name", "Loft"],
      ["homie/loft/air/$type", "temperature"],
      ["homie/loft/air/$properties", "degrees,lamp:settable"],
      ["homie/loft/air/degrees", "12.07"],
      ["homie/loft/air/lamp", "true"],
    ],
    finds: {
      Loft: {
        entities: {
          "sensor degrees": { shows: 12.07, value: { availability: { filter: "homie/loft/$online" } } },
          "switch lamp": { shows: true, sends: [["value", false, "homie/loft/air/lamp/set", "false"]] },
        },
      },
    },
  },
  {
    name: "version 3: a node that stands for several, an open range, colours, percent",
    messages: [
      ["homie/shed/$homie", "3.0.1"],
      ["homie/shed/$name", "Shed"],
      ["homie/shed/lamps/$properties", "power,fade,tint"],
      ["homie/shed/lamps/power/$name", "Power"],
      ["homie/shed/lamps/power/$datatype", "boolean"],
      ["homie/shed/lamps/power/$settable", "true"],
      ["homie/shed/lamps/fade/$datatype", "float"],
      ["homie/shed/lamps/fade/$format", "0.5:"],
      ["homie/shed/lamps/fade/$settable", "true"],
      ["homie/shed/lamps/tint/$datatype", "color"],
      ["homie/shed/lamps/tint/$format", "rgb"],
      ["homie/shed/$nodes", "lamps[],tank"],
      ["homie/shed/lamps/$array", "0-1"],
      ["homie/shed/tank/$properties", "level"],
      ["homie/shed/tank/level/$datatype", "percent"],
      ["homie/shed/lamps_0/power", "true"],
      ["homie/shed/lamps_1/power", "false"],
      ["homie/shed/lamps_1/tint", "255,0,0"],
      ["homie/shed/tank/level", "61"],
    ],
    finds: {
      Shed: {
        entities: {
          "switch Power 0": { shows: true, sends: [["value", false, "homie/shed/lamps_0/power/set", "false"]] },
          "switch Power 1": { shows: false, sends: [["value", true, "homie/shed/lamps_1/power/set", "true"]] },
          "number fade 1": { sends: [["value", 2.5, "homie/shed/lamps_1/fade/set", "2.5"]] },
          "sensor tint 1": { shows: "255,0,0" },
          "switch Power": { withdrawn: "its node has several instances" },
          "sensor level": { shows: 61, value: { unit: "%" } },
        },
      },
    },
  },
  {
    name: "version 5: a state that came first, a $target that is no state, steps",
    messages: [
      ["homie/5/pump/$state", "disconnected"],
      [
        "homie/5/pump/$description",
        {
          homie: "5.0",
          version: 7,
          name: "Pump",
          nodes: {
            m: {
              properties: {
                speed: { name: "Speed", datatype: "integer", format: "0:100:5", unit: "%", settable: true },
                on: { name: "On", datatype: "boolean", format: "off,on", settable: true, retained: true },
                valve: { name: "Valve", datatype: "boolean", format: "closed,open" },
                log: { name: "Log", datatype: "json" },
              },
            },
          },
        },
      ],
      ["homie/5/pump/m/speed", "40"],
      ["homie/5/pump/m/speed/$target", "90"],
      ["homie/5/pump/m/on", "true"],
    ],
    finds: {
      Pump: {
        withdrawn: "its $state is disconnected",
        entities: {
          "number Speed": { shows: 40, sends: [["value", 45, "homie/5/pump/m/speed/set", "45"]] },
          "switch On": { shows: true, sends: [["value", false, "homie/5/pump/m/on/set", "false"]] },
          "binary_sensor Valve": { value: { words: { on: "Open", off: "Closed" } } },
          "sensor Log": { shows: undefined },
        },
      },
    },
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
  {
    name: "version 2: a property called unit is that of its node's numbers; what is settable and says true or false is a switch",
    messages: [
      ["homie/greenhouse/$homie", "2.0.1"],
      ["homie/greenhouse/air/$properties", "degrees,unit"],
      ["homie/greenhouse/air/unit", "f"],
      ["homie/greenhouse/air/degrees", "71.6"],
      ["homie/greenhouse/vent/$properties", "open:settable"],
      ["homie/greenhouse/vent/open", "false"],
    ],
    finds: {
      greenhouse: {
        entities: {
          "sensor degrees": { shows: 71.6, value: { unit: "°F" } },
          "switch open": {
            shows: false,
            sends: [
              ["value", true, "homie/greenhouse/vent/open/set", "true"],
              ["value", false, "homie/greenhouse/vent/open/set", "false"],
            ],
          },
        },
      },
    },
  },
  {
    name: "version 2: the unit after the numbers, a unit in words of its own, texts beside numbers have none",
    messages: [
      ["devices/tank/$online", "true"],
      ["devices/tank/$nodes", "water,mood"],
      ["devices/tank/water/$properties", "level,phase,unit"],
      ["devices/tank/water/level", "12"],
      ["devices/tank/water/phase", "filling"],
      ["devices/tank/water/unit", "cm"],
      ["devices/tank/mood/$properties", "word:settable,calm"],
      ["devices/tank/mood/word", "good"],
      ["devices/tank/mood/calm", "true"],
    ],
    finds: {
      tank: {
        entities: {
          "sensor level": { shows: 12, value: { unit: "cm" } },
          "sensor phase": { shows: "filling", lacks: { value: ["unit"] } },
          "text word": { sends: [["value", "bad", "devices/tank/mood/word/set", "bad"]] },
          "sensor calm": { shows: true, lacks: { value: ["command"] } },
        },
      },
    },
  },
  {
    name: "an enum of two words for on and off is a switch; of others, or of three, or not settable it is none",
    messages: [
      ["homie/porch/$homie", "3.0.1"],
      ["homie/porch/$nodes", "lamp"],
      ["homie/porch/lamp/$properties", "power,pump,side,mode,seen"],
      ...["power", "pump", "side", "mode", "seen"].map((id): [string, string] => [
        `homie/porch/lamp/${id}/$datatype`,
        "enum",
      ]),
      ["homie/porch/lamp/power/$format", "off,on"],
      ["homie/porch/lamp/pump/$format", "ENABLED,DISABLED"],
      ["homie/porch/lamp/side/$format", "left,right"],
      ["homie/porch/lamp/mode/$format", "off,on,auto"],
      ["homie/porch/lamp/seen/$format", "on,off"],
      ...["power", "pump", "side", "mode"].map((id): [string, string] => [`homie/porch/lamp/${id}/$settable`, "true"]),
      ["homie/porch/lamp/power", "off"],
      ["homie/porch/lamp/pump", "ENABLED"],
      ["homie/porch/lamp/side", "left"],
    ],
    finds: {
      porch: {
        entities: {
          "switch power": {
            shows: false,
            sends: [
              ["value", true, "homie/porch/lamp/power/set", "on"],
              ["value", false, "homie/porch/lamp/power/set", "off"],
            ],
          },
          "switch pump": { shows: true, sends: [["value", false, "homie/porch/lamp/pump/set", "DISABLED"]] },
          "select side": { shows: "left", sends: [["value", "right", "homie/porch/lamp/side/set", "right"]] },
          "select mode": { sends: [["value", "auto", "homie/porch/lamp/mode/set", "auto"]] },
          "sensor seen": { lacks: { value: ["command"] } },
        },
      },
    },
  },
];
