"use client";

import { memo, useEffect, useMemo, useState } from "react";
import { FIRST_TILES } from "@/lib/everything";
import type { StateKey } from "@/lib/pointState";
import { tilePoints } from "@/lib/tilePoints";
import { LiveTile } from "./LiveTile";
import type { PlacedTile, Section } from "./layout";
import { SectionLine } from "./SectionLine";

/** So many follow at once: few enough to be drawn in one go. What can be put off is put off for good while readings come. */
const STEP = 4;

/**
 * How many tiles are drawn: two screens in the page's HTML, the rest slice by slice once the page has come alive. Two hundred tiles that
 * come alive at once kept a slow tablet from answering for seconds.
 */
function useReady(count: number): number {
  const [ready, setReady] = useState(FIRST_TILES);
  useEffect(() => {
    if (ready >= count) return;
    const timer = setTimeout(() => setReady((now) => now + STEP));
    return () => clearTimeout(timer);
  }, [ready, count]);
  return ready;
}

/** Sections of tiles under their headings. `only`: the states that are shown; empty shows all. */
export const TileGrid = memo(function TileGrid({
  sections,
  only,
}: {
  sections: readonly Section[];
  only: ReadonlySet<StateKey>;
}) {
  const ready = useReady(sections.reduce((sum, { tiles }) => sum + tiles.length, 0));
  let index = 0;
  return (
    <div className="grid-sections" data-filtered={only.size > 0 || undefined}>
      {sections.map((section) => (
        <section key={section.key} aria-label={section.heading}>
          {section.heading && <SectionHead heading={section.heading} tiles={section.tiles} />}
          <div className="grid-tiles">
            {section.tiles.map((one) => (
              <LiveTile key={one.key} placed={one} only={only} ready={index++ < ready} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
});

function SectionHead({ heading, tiles }: { heading: string; tiles: readonly PlacedTile[] }) {
  const points = useMemo(() => [...new Set(tiles.flatMap(({ tile }) => tilePoints(tile)))], [tiles]);
  return (
    <div className="grid-head">
      <h2 className="grid-heading">{heading}</h2>
      <SectionLine points={points} />
    </div>
  );
}
