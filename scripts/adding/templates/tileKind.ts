import type { Template } from "../copy";

export const tileKind: Template = {
  files: {
    "components/tiles/level/options.ts": `
import { flag, optionsOf } from "../shared/options";

export interface LevelOptions {
  /** Fills from the right. */
  reversed: boolean;
}
export const levelOptions = optionsOf<LevelOptions>({ reversed: flag(false) });
`,
    "components/tiles/level/Tile.tsx": `
"use client";

import { useValue } from "@/components/kit/useReading";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import type { LevelOptions } from "./options";

/** How full a tank is. */
export function LevelTile({ point, options }: TileProps<LevelOptions>) {
  const value = useValue(point.id);
  return (
    <div className="level" data-reversed={options.reversed || undefined}>
      <meter min={0} max={100} value={typeof value === "number" ? value : 0} aria-hidden="true" />
      <Figure point={point} />
    </div>
  );
}
`,
    "components/tiles/level/level.css": `
@layer components {
  .level[data-reversed] meter {
    direction: rtl;
  }
}
`,
    "components/tiles/level/index.ts": `
import { defineTile, mayBe } from "../definition";
import { type LevelOptions, levelOptions } from "./options";
import { LevelTile } from "./Tile";
import "./level.css";

/** A share of a whole. */
export const level = defineTile<LevelOptions>({
  id: "level",
  label: "tiles.levelLabel",
  needs: "tiles.levelNeeds",
  fit: (point) => (mayBe(point, "number") && point.unit === "%" && !point.command ? 3 : 0),
  size: { w: 3, h: 1, phone: 1 },
  options: levelOptions,
  Tile: LevelTile,
});
`,
  },
  lines: [
    {
      file: "components/tiles/registry.ts",
      behind: 'import { gauge } from "./gauge";',
      add: 'import { level } from "./level";',
    },
    { file: "components/tiles/registry.ts", behind: "  gauge,", add: "  level," },
    {
      file: "messages/en.json",
      behind: '  "tiles": {',
      add: '    "levelLabel": "Level",\n    "levelNeeds": "a number in percent",',
    },
  ],
};
