"use client";

import { memo, useEffect, useMemo, useRef } from "react";
import { usePointIds } from "@/components/live/hooks";
import { useLive } from "@/components/live/LiveProvider";
import type { PointId } from "@/lib/ids";
import type { StateKey } from "@/lib/pointState";
import { t } from "@/lib/texts/t";
import { type Block, type Fold, idsOf } from "./blocks";
import { tilesOf } from "./everything";
import { LiveTile } from "./LiveTile";
import { useBlockWindow } from "./useBlockWindow";
import { useScrollPosition } from "./useScrollPosition";

/** All states: the list has only tiles of the chosen ones. */
const ALL: ReadonlySet<StateKey> = new Set();
/** A view has at most so many points (lib/protocol). */
const MAX_WATCHED = 1000;
/** Blocks that are watched beyond those that are rendered, so that scrolling on finds its values there. */
const AHEAD = 4;
const SETTLE_MS = 60;

/** The tiles of everything, of which those around what is in sight exist and are watched. */
export function EverythingGrid({
  blocks,
  whole,
  also,
  onFold,
}: {
  blocks: readonly Block[];
  whole: boolean;
  /** A point that is shown beside the grid. */
  also: PointId | undefined;
  onFold: (key: string) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const { range, above, below, heights, observe } = useBlockWindow(list, blocks);
  useScrollPosition(list, blocks, heights, whole);
  useWatched(blocks, range, also, whole);
  return (
    <div ref={list} className="grid-sections">
      {above > 0 && <div key="above" className="grid-space" style={{ height: above }} />}
      {blocks.slice(range.first, range.end).map((block) => (
        <BlockOf key={block.key} block={block} height={heights.of(block)} observe={observe} onFold={onFold} />
      ))}
      {below > 0 && <div key="below" className="grid-space" style={{ height: below }} />}
    </div>
  );
}

/** The socket's view follows what is rendered; not at each step, and not at all while what it has is enough. */
function useWatched(
  blocks: readonly Block[],
  { first, end }: { first: number; end: number },
  also: PointId | undefined,
  whole: boolean,
): void {
  const { link, store } = useLive();
  const asked = useRef<ReadonlySet<PointId>>(new Set());
  useEffect(() => {
    if (!link || !whole) return;
    const needed = idsOf(blocks.slice(first, end));
    if (also) needed.push(also);
    if (asked.current.size === 0) asked.current = new Set(store.getState().ids);
    if (needed.length === 0 || needed.every((id) => asked.current.has(id))) return;
    const timer = setTimeout(() => {
      const ids = new Set([
        ...(also ? [also] : []),
        ...needed,
        ...idsOf(blocks.slice(Math.max(0, first - AHEAD), end + AHEAD)),
      ]);
      const points = [...ids].slice(0, MAX_WATCHED);
      asked.current = new Set(points);
      link.look({ kind: "points", points });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [link, store, blocks, first, end, also, whole]);
}

interface BlockProps {
  block: Block;
  /** While its points are on their way, px. */
  height: number;
  observe: (element: HTMLElement | null) => (() => void) | undefined;
  onFold: (key: string) => void;
}

const BlockOf = memo(
  function BlockOf({ block, height, observe, onFold }: BlockProps) {
    const tiles = useTiles(block);
    const { key, heading, label, fold } = block;
    if (tiles.length === 0)
      return (
        <section aria-label={label} aria-busy="true" style={{ height }}>
          {heading && <h2 className="grid-heading">{heading}</h2>}
        </section>
      );
    return (
      <section ref={observe} className="grid-block" aria-label={label} data-block={key}>
        {heading && <h2 className="grid-heading">{heading}</h2>}
        <div className="grid-tiles">
          {tiles.map((one) => (
            <LiveTile key={one.key} placed={one} only={ALL} />
          ))}
        </div>
        {fold && <FoldButton fold={fold} onFold={onFold} />}
      </section>
    );
  },
  // A block is made again with each list; what it says is seldom another.
  (a, b) => a.observe === b.observe && a.onFold === b.onFold && sameBlock(a.block, b.block),
);

const sameBlock = (a: Block, b: Block): boolean =>
  a === b || (a.key === b.key && JSON.stringify(a) === JSON.stringify(b));

/** The tiles of the block's points, as far as the page knows these. */
function useTiles({ tiles }: Block) {
  const { store } = useLive();
  const known = usePointIds();
  return useMemo(() => {
    // While the page comes alive these are the points of its first paint.
    const initial = store.getInitialState();
    const { points } = known === initial.ids ? initial : store.getState();
    return tilesOf(tiles.flat().flatMap((id) => points.get(id)?.info ?? []));
  }, [store, known, tiles]);
}

function FoldButton({ fold, onFold }: { fold: Fold; onFold: (key: string) => void }) {
  return (
    <button
      type="button"
      className="grid-fold"
      aria-expanded={fold.open}
      data-alarm={fold.alarm || undefined}
      onClick={() => onFold(fold.key)}
    >
      {t("dashboard.foldedCount", { count: fold.count })}
      {fold.alarm && !fold.open && <strong> {t("dashboard.beyondThreshold")}</strong>}
    </button>
  );
}
