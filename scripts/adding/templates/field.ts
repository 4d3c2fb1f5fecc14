import type { Template } from "../copy";

export const field: Template = {
  files: {},
  lines: [
    {
      file: "lib/registration/described.ts",
      behind: "export const DESCRIBED_FIELDS = {",
      add: `
  calibrated: {
    schema: z.string().min(1).max(20).optional(),
    level: "both",
    effect: "again",
    title: "fields.calibrated",
    help: "fields.calibratedHelp",
    control: { is: "text", placeholder: "2026-05-01" },
    section: "reading",
  },`,
    },
    {
      file: "messages/en.json",
      behind: '  "fields": {',
      add: '    "calibrated": "Calibrated on",\n    "calibratedHelp": "A date, as in 2026-05-01.",',
    },
  ],
};
