import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a node presents its name and children, and what it said before is called by them",
    messages: [
      ["mygateway1-out/12/1/1/0/0", "21.5"],
      ["mygateway1-out/12/255/3/0/11", "Greenhouse"],
      ["mygateway1-out/12/1/0/0/6", "Bed"],
      ["mygateway1-out/12/2/0/0/3", "Pump"],
      ["mygateway1-out/12/2/1/0/2", "1"],
      ["mygateway1-out/12/3/0/0/0", "Door"],
      ["mygateway1-out/12/3/1/0/16", "0"],
      ["mygateway1-out/12/255/3/0/0", "87"],
      ["mygateway1-out/12/2/1/1/2", "0"],
    ],
    finds: {
      Greenhouse: {
        maker: "MySensors",
        entities: {
          "sensor Bed temperature": { shows: 21.5, value: { unit: "°C" } },
          "switch Pump status": {
            shows: true,
            sends: [
              ["value", true, "mygateway1-in/12/2/1/0/2", "1"],
              ["value", false, "mygateway1-in/12/2/1/0/2", "0"],
            ],
          },
          "binary_sensor Door tripped": { shows: false, value: { words: { on: "Open", off: "Closed" } } },
          "sensor Battery": { shows: 87, category: "diagnostic", value: { unit: "%" } },
        },
      },
    },
  },
  {
    name: "a node that has not presented itself, below a prefix of its own; a unit that it says; a blind",
    messages: [
      ["attic/radio-out/7/0/1/0/13", "212"],
      ["attic/radio-out/7/0/1/0/43", "cm"],
      ["attic/radio-out/7/4/0/0/5", "Blind"],
      ["attic/radio-out/7/4/1/0/3", "40"],
      ["attic/radio-out/7/5/0/0/33", "Mic"],
      ["attic/radio-out/7/5/1/0/37", "48"],
      ["attic/radio-out/7/6/1/0/45", "19"],
      ["attic/radio-out/7/6/1/0/21", "HeatOn"],
    ],
    finds: {
      "MySensors node 7": {
        entities: {
          "sensor Distance 0": { shows: 212, value: { unit: "cm" } },
          "cover Blind": { sends: [["position", 100, "attic/radio-in/7/4/1/0/3", "100"]] },
          "sensor Mic level": { shows: 48, value: { unit: "dB" } },
          "number Heat setpoint 6": { sends: [["value", 21, "attic/radio-in/7/6/1/0/45", "21"]] },
          "select Flow state 6": { sends: [["value", "Off", "attic/radio-in/7/6/1/0/21", "Off"]] },
        },
      },
    },
  },
  {
    name: "without the usual ending of the prefix nothing can be sent",
    messages: [
      ["sensors/3/255/3/0/11", "Shed"],
      ["sensors/3/1/1/0/2", "1"],
    ],
    finds: { Shed: { entities: { "switch Status 1": { shows: true, lacks: { value: ["command"] } } } } },
  },
  {
    name: "five numbers in a topic alone are not MySensors, nor are values out of its types",
    messages: [
      ["grid/1/2/1/0/0", "21.5"],
      ["grid/1/2/1/0/2", "1"],
      ["mygateway1-out/1/2/9/0/0", "5"],
      ["mygateway1-out/1/2/1/0/0", "warm"],
      ["mygateway1-out/1/2/1/0/x", "5"],
    ],
    finds: { "MySensors node 1": null },
  },
];
