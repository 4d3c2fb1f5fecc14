import type { Template } from "../copy";

export const compositeKind: Template = {
  files: {
    "lib/composite/kettle.ts": `
import type { CompositeSpec } from "./kind";

export const kettle = {
  label: "composite.kettle",
  roles: { power: "composite.power", temperature: "composite.temperature", keepWarm: "composite.keepWarm" },
  main: ["temperature"],
  spoken: { state: "power", keep_warm: "keepWarm" },
  guessed: { none: "temperature", switch: "power" },
} as const satisfies CompositeSpec;
`,
  },
  lines: [
    {
      file: "lib/composite/roles.ts",
      behind: 'import { fan } from "./fan";',
      add: 'import { kettle } from "./kettle";',
    },
    { file: "lib/composite/roles.ts", behind: "  fan,", add: "  kettle," },
    {
      file: "messages/en.json",
      behind: '  "composite": {',
      add: '    "kettle": "Kettle",\n    "temperature": "Temperature",\n    "keepWarm": "Keep warm",',
    },
  ],
};
