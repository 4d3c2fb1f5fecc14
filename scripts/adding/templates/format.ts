import type { Template } from "../copy";

export const format: Template = {
  files: {
    "lib/decoders/thermo/index.ts": `
import { err, ok } from "../../result";
import { say } from "../../texts/said";
import { textOf } from "../decoder";
import type { PlainFormat } from "../format";

export const thermo: PlainFormat = {
  id: "thermo",
  label: "formats.thermo",
  reads: "degrees behind a number sign, as \`temp\`",
  type: undefined,
  structured: true,
  decode(payload) {
    const text = textOf(payload);
    if (!text.ok) return text;
    const degrees = /^#(-?\\d{1,4}(?:\\.\\d)?)$/.exec(text.value)?.[1];
    return degrees ? ok({ temp: Number(degrees) }) : err({ code: "not-format", message: say("reject.notThermo") });
  },
  encode: () => null,
  isLikely: (payload) => payload[0] === 0x23,
};
`,
    "lib/decoders/thermo/examples.ts": `
import type { DecoderExample } from "../registry";

export const examples: DecoderExample[] = [
  { name: "a reading is one of several", payload: "#21.5", gives: { reject: "ambiguous" } },
];
`,
  },
  lines: [
    {
      file: "lib/decoders/registry.ts",
      behind: 'import { text } from "./text";',
      add: 'import { thermo } from "./thermo";',
    },
    { file: "lib/decoders/registry.ts", behind: "  location,", add: "  thermo," },
    {
      file: "messages/en.json",
      behind: '  "formats": {',
      add: '    "thermo": "Thermo 2000",',
    },
    {
      file: "messages/en.json",
      behind: '  "reject": {',
      add: '    "notThermo": "the payload is not degrees behind a number sign",',
    },
  ],
};
