import type { DiscoveryExample } from "../example";

const at = "/devices/io_1/controls";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "units follow from the type, read only decides what is operated",
    messages: [
      ["/devices/io_1/meta/name", "IO 1"],
      [`${at}/Coil 0/meta`, { type: "switch", readonly: false, order: 1 }],
      [`${at}/Input 0/meta/type`, "switch"],
      [`${at}/Input 0/meta/readonly`, "1"],
      [`${at}/P/meta/type`, "power"],
      [`${at}/Level/meta`, { type: "range", max: 255 }],
      [`${at}/Go/meta/type`, "pushbutton"],
      [`${at}/Coil 0`, "1"],
      [`${at}/Input 0`, "0"],
      [`${at}/P`, "5530.95"],
    ],
    finds: {
      "IO 1": {
        entities: {
          "switch Coil 0": { shows: true, sends: [["value", false, `${at}/Coil 0/on`, "0"]] },
          "binary_sensor Input 0": { shows: false },
          "sensor P": { shows: 5530.95, value: { unit: "W" } },
          "number Level": { sends: [["value", 200, `${at}/Level/on`, "200"]] },
          "button Go": { sends: [["value", null, `${at}/Go/on`, "1"]] },
        },
      },
    },
  },
];
