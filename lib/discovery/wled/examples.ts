import type { DiscoveryExample } from "../example";

const xml = (name: string): string =>
  `<?xml version="1.0" ?><vs><ac>128</ac><cl>255</cl><cl>160</cl><cl>0</cl><ns>0</ns><nr>1</nr><fx>5</fx><sx>128</sx><ds>${name}</ds></vs>`;

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a lamp with brightness and colour, called as in its state",
    messages: [
      ["wled/a4cf12/status", "online"],
      ["wled/a4cf12/g", "128"],
      ["wled/a4cf12/c", "#FFA000"],
      ["wled/a4cf12/v", xml("Shelf")],
    ],
    finds: {
      Shelf: {
        maker: "WLED",
        entities: {
          "light Light": {
            shows: { state: true, brightness: 128, color: "#FFA000" },
            parts: { state: { availability: { filter: "wled/a4cf12/status", online: "online", offline: "offline" } } },
            sends: [
              ["state", false, "wled/a4cf12", "OFF"],
              ["brightness", 40, "wled/a4cf12", "40"],
              ["color", "#00FF00", "wled/a4cf12/col", "#00FF00"],
            ],
          },
        },
      },
    },
  },
  {
    name: "a topic of its owner's choice, and one without the state; others' topics are left alone",
    messages: [
      ["home/desk/strip/v", xml("WLED (live)")],
      ["home/desk/strip/g", "0"],
      ["wled/00aa11bb22cc/g", "255"],
      ["wled/00aa11bb22cc/c", "#5112233"],
      ["wled/bus/g", "9.81"],
      ["lab/motor/v", "<vs>3</vs>"],
      ["lab/motor/g", "3"],
    ],
    finds: {
      WLED: { entities: { "light Light": { sends: [["state", true, "home/desk/strip", "ON"]] } } },
      "WLED bb22cc": { entities: { "light Light": {} } },
      "WLED bus": null,
      "WLED motor": null,
    },
  },
];
