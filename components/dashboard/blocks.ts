import type { EverythingSection, TileIds } from "@/lib/everything";
import type { PointId } from "@/lib/ids";
import { t } from "@/lib/texts/t";

/** So many tiles come and go together: whole rows of four, three, two and one. */
const BLOCK_TILES = 12;

/** A few rows of the page of everything, which exist only near what is in sight. */
export interface Block {
  key: string;
  /** Above its tiles, where a section begins. */
  heading: string | undefined;
  /** The section that it is a part of. */
  label: string | undefined;
  tiles: readonly TileIds[];
  /** Below its tiles, where a section has settings and diagnostics. */
  fold?: Fold;
}

export interface Fold {
  key: string;
  count: number;
  open: boolean;
  alarm: boolean;
}

/** `open`: the keys of the folds that are open; undefined: all. */
export function blocksOf(sections: readonly EverythingSection[], open: ReadonlySet<string> | undefined): Block[] {
  return sections.flatMap(({ unplaced, tiles, folded = [], foldedAlarm = false, ...section }) => {
    const heading = unplaced ? t("dashboard.noArea") : section.heading;
    const key = heading ?? "";
    const blocks = chunks(tiles).map(
      (chunk, i): Block => ({
        key: `${key}#${i}`,
        heading: i === 0 ? heading : undefined,
        label: heading,
        tiles: chunk,
      }),
    );
    const last = blocks.at(-1);
    if (folded.length === 0 || !last) return blocks;
    const isOpen = !open || open.has(key);
    last.fold = { key, count: folded.length, open: isOpen, alarm: foldedAlarm };
    if (!isOpen) return blocks;
    return [
      ...blocks,
      ...chunks(folded).map(
        (chunk, i): Block => ({ key: `${key}+${i}`, heading: undefined, label: heading, tiles: chunk }),
      ),
    ];
  });
}

function chunks<T>(items: readonly T[]): T[][] {
  const all: T[][] = [];
  for (let i = 0; i < items.length; i += BLOCK_TILES) all.push(items.slice(i, i + BLOCK_TILES));
  return all;
}

export const idsOf = (blocks: readonly Block[]): PointId[] => blocks.flatMap(({ tiles }) => tiles.flat());

const HEADING_PX = 52;
const FOLD_PX = 44;
/** A row of tiles with the gap below it, as in grid.css. */
const ROW_PX = 164;

/** How high blocks are: as measured, else by the rows that they will have. */
export interface Heights {
  of(block: Block): number;
  measured(block: Block, px: number): void;
  /** The grid has another width: tiles stand in other rows. px */
  width(px: number): void;
}

/** From so many measured blocks on, the others are taken to be as much higher than their estimate as these are. */
const ENOUGH = 4;

export function createHeights(): Heights {
  const known = new Map<string, number>();
  let width = 0;
  let columns = 4;
  let scale = 1;
  let seen = { blocks: 0, px: 0, estimated: 0 };
  const estimate = ({ heading, tiles, fold }: Block): number =>
    (heading === undefined ? 0 : HEADING_PX) + Math.ceil(tiles.length / columns) * ROW_PX + (fold ? FOLD_PX : 0);
  return {
    of: (block) => known.get(block.key) ?? Math.round(estimate(block) * scale),
    measured(block, px) {
      if (seen.blocks < ENOUGH && !known.has(block.key)) {
        seen = { blocks: seen.blocks + 1, px: seen.px + px, estimated: seen.estimated + estimate(block) };
        // Once: a page whose height changes with each row that is measured has a scroll bar that cannot be held.
        if (seen.blocks === ENOUGH) scale = seen.px / seen.estimated;
      }
      known.set(block.key, px);
    },
    width(px) {
      if (px === width) return;
      if (width > 0) {
        known.clear();
        seen = { blocks: 0, px: 0, estimated: 0 };
      }
      width = px;
      columns = px > 992 ? 4 : px > 688 ? 3 : px > 272 ? 2 : 1;
    },
  };
}

export interface Range {
  first: number;
  /** Not in it any more. */
  end: number;
}

/** The blocks that reach into what lies between these heights of the list (px), at least one. */
export function rangeOf(blocks: readonly Block[], heights: Heights, from: number, to: number): Range {
  let y = 0;
  let first = 0;
  let end = 0;
  for (const [i, block] of blocks.entries()) {
    const height = heights.of(block);
    if (y + height <= from) first = i + 1;
    if (y < to) end = i + 1;
    y += height;
  }
  first = Math.min(first, Math.max(0, blocks.length - 1));
  return { first, end: Math.max(end, Math.min(first + 1, blocks.length)) };
}

export const heightOf = (blocks: readonly Block[], heights: Heights): number =>
  blocks.reduce((sum, block) => sum + heights.of(block), 0);
