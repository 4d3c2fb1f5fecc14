import type { Template } from "../copy";

/** What draws the kind of several points that compositeKind.ts adds. */
export const compositeTile: Template = {
  files: {
    "components/tiles/kettle/KettleTile.tsx": `
"use client";

import type { CompositeOptions } from "../composite/options";
import { OtherParts } from "../composite/Parts";
import { PowerRow } from "../composite/PowerRow";
import type { TileProps } from "../definition";

export function KettleTile({ point, parts = {} }: TileProps<CompositeOptions>) {
  return (
    <>
      <PowerRow main={point} power={parts.power} />
      <OtherParts parts={parts} but={["power"]} />
    </>
  );
}
`,
    "components/tiles/kettle/index.ts": `
import { defineComposite } from "../composite/define";

export const kettle = defineComposite({
  id: "kettle",
  label: "tiles.kettleLabel",
  needs: "tiles.kettleNeeds",
  fit: ({ part }) => (part?.kind === "kettle" ? 0.5 : 0),
});
`,
  },
  lines: [
    {
      file: "components/tiles/registry.ts",
      behind: 'import { gauge } from "./gauge";',
      add: 'import { kettle } from "./kettle";',
    },
    { file: "components/tiles/registry.ts", behind: "  fan,", add: "  kettle," },
    {
      file: "components/tiles/CompositeTile.tsx",
      behind: 'import { FanTile } from "./fan/FanTile";',
      add: 'import { KettleTile } from "./kettle/KettleTile";',
    },
    { file: "components/tiles/CompositeTile.tsx", behind: "  fan: FanTile,", add: "  kettle: KettleTile," },
    {
      file: "messages/en.json",
      behind: '  "tiles": {',
      add: '    "kettleLabel": "Kettle",\n    "kettleNeeds": "a temperature, or a part of a kettle",',
    },
  ],
};
