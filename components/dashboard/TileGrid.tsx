"use client";

import { memo, type ReactNode, useEffect, useMemo, useState } from "react";
import { FIRST_TILES } from "@/lib/everything";
import type { StateKey } from "@/lib/pointState";
import { t } from "@/lib/texts/t";
import { tilePoints } from "@/lib/tilePoints";
import { LiveTile } from "./LiveTile";
import type { PlacedSection, PlacedTile } from "./layout";
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
  sections: readonly PlacedSection[];
  only: ReadonlySet<StateKey>;
}) {
  const ready = useReady(sections.reduce((sum, { tiles }) => sum + tiles.length, 0));
  let index = 0;
  return (
    <div className="grid-sections" data-filtered={only.size > 0 || undefined}>
      {sections.map((section) => (
        <SectionOf
          key={section.id}
          title={section.title}
          tiles={section.tiles}
          collapsed={section.collapsed && only.size === 0}
        >
          <div className="grid-tiles">
            {section.tiles.map((one) => (
              <LiveTile key={one.key} placed={one} only={only} ready={index++ < ready} />
            ))}
          </div>
        </SectionOf>
      ))}
    </div>
  );
});

/** Without a script too, a section that is kept closed can be opened. */
function SectionOf({
  title,
  tiles,
  collapsed,
  children,
}: {
  title: string | undefined;
  tiles: readonly PlacedTile[];
  collapsed: boolean | undefined;
  children: ReactNode;
}) {
  const head = title && <SectionHead title={title} tiles={tiles} />;
  if (!collapsed)
    return (
      <section aria-label={title}>
        {head}
        {children}
      </section>
    );
  return (
    <section aria-label={title}>
      <details>
        <summary className="grid-summary">{head ?? t("dashboard.section")}</summary>
        {children}
      </details>
    </section>
  );
}

function SectionHead({ title, tiles }: { title: string; tiles: readonly PlacedTile[] }) {
  const points = useMemo(() => [...new Set(tiles.flatMap(({ tile }) => tilePoints(tile)))], [tiles]);
  return (
    <div className="grid-head">
      <h2 className="grid-heading">{title}</h2>
      <SectionLine points={points} />
    </div>
  );
}
