import type { Template } from "../copy";

export const convention: Template = {
  files: {
    "lib/discovery/blinker/index.ts": `
import type { Convention } from "../convention";
import { get, textOf } from "../message";
import { single } from "../proposals";

export const blinker: Convention = {
  id: "blinker",
  label: "Blinker",
  filters: ["blinker/+/info"],
  create(book) {
    return (message) => {
      const [, key = ""] = message.levels;
      const name = textOf(get(message.object(), "name"));
      if (name === undefined || !book.device(key, { name, maker: "Blinker" })) return;
      const entity = { key: "rate", name: "Rate", kind: "sensor" as const };
      book.entity(key, single(entity, { filter: \`blinker/\${key}/rate\`, type: "number", unit: "Hz" }));
    };
  },
};
`,
    "lib/discovery/blinker/examples.ts": `
import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a device with a rate",
    messages: [["blinker/b1/info", { name: "Porch" }], ["blinker/b1/rate", "2.5"]],
    finds: { Porch: { maker: "Blinker", entities: { "sensor Rate": { shows: 2.5 } } } },
  },
];
`,
  },
  lines: [
    {
      file: "lib/discovery/registry.ts",
      behind: 'import type { Convention } from "./convention";',
      add: 'import { blinker } from "./blinker";',
    },
    { file: "lib/discovery/registry.ts", behind: "  meshtastic,", add: "  blinker," },
  ],
};
