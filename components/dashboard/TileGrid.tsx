"use client";

import { memo } from "react";
import { LiveTile } from "./LiveTile";
import type { Section } from "./layout";
import type { StateKey } from "./summary";

/** Sections of tiles under their headings. `only`: the states that are shown; empty shows all. `unfold`: nothing is folded. */
export const TileGrid = memo(function TileGrid({
  sections,
  only,
  unfold = false,
}: {
  sections: readonly Section[];
  only: ReadonlySet<StateKey>;
  unfold?: boolean;
}) {
  const tiles = (placed: Section["tiles"]) => (
    <div className="grid-tiles">
      {placed.map((one) => (
        <LiveTile key={one.key} placed={one} only={only} />
      ))}
    </div>
  );
  return (
    <div className="grid-sections" data-filtered={only.size > 0 || undefined}>
      {sections.map((section) => (
        <section key={section.key} aria-label={section.heading}>
          {section.heading && <h2 className="grid-heading">{section.heading}</h2>}
          {tiles(section.tiles)}
          {section.folded && (
            <details className="grid-folded" open={unfold || only.size > 0}>
              <summary>{foldedText(section.folded.length)}</summary>
              {tiles(section.folded)}
            </details>
          )}
        </section>
      ))}
    </div>
  );
});

const foldedText = (count: number): string =>
  count === 1 ? "1 setting or diagnostic" : `${count} settings and diagnostics`;
