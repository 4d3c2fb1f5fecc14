"use client";

import { memo } from "react";
import { LiveTile } from "./LiveTile";
import type { Section } from "./layout";
import type { StateKey } from "./summary";

/** Sections of tiles under their headings. `only`: the states that are shown; empty shows all. */
export const TileGrid = memo(function TileGrid({
  sections,
  only,
}: {
  sections: readonly Section[];
  only: ReadonlySet<StateKey>;
}) {
  return (
    <div className="grid-sections" data-filtered={only.size > 0 || undefined}>
      {sections.map((section) => (
        <section key={section.key} aria-label={section.heading}>
          {section.heading && <h2 className="grid-heading">{section.heading}</h2>}
          <div className="grid-tiles">
            {section.tiles.map((placed) => (
              <LiveTile key={placed.key} placed={placed} only={only} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
});
