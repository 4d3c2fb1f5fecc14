"use client";

import { TileOf } from "@/components/dashboard/LiveTile";
import { Page } from "@/components/kit/Page";
import { StillProvider } from "@/components/live/StillProvider";
import type { Gallery } from "@/lib/gallery/specimens";

/** The sizes in px that a cell has: on a phone, on a desktop, twice that, and two rows. */
const SIZES = [
  [163, 64],
  [230, 64],
  [350, 64],
  [230, 140],
] as const;

/** Every kind of tile in every state and size, for those who develop and for tests. */
export function GalleryPage({ title, gallery: { snapshot, kinds } }: { title: string; gallery: Gallery }) {
  return (
    <StillProvider snapshot={snapshot}>
      <Page title={title}>
        {kinds.map(({ kind, specimens }) => (
          <section key={kind} aria-label={kind}>
            <h2 className="grid-heading">{kind}</h2>
            {specimens.map(({ tile, state }) => (
              <div key={state} className="mb-3 flex flex-wrap items-start gap-3" data-specimen={`${kind} ${state}`}>
                <h3 className="w-24 text-xs">{state}</h3>
                {SIZES.map(([width, height]) => (
                  <div key={`${width}×${height}`} className="grid-cell" style={{ width, height }}>
                    <TileOf tile={tile} />
                  </div>
                ))}
              </div>
            ))}
          </section>
        ))}
      </Page>
    </StillProvider>
  );
}
