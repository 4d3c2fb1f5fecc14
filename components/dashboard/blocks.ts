import { type Columns, columnsAt, ROW } from "@/lib/dashboard/columns";
import type { EverythingSection, TileIds } from "@/lib/everything";
import type { PointId } from "@/lib/ids";
import { t } from "@/lib/texts/t";

/** Tiles per block, which are mounted together and packed by themselves: whole rows of five, two or one, and nearly so of seven or three. */
const BLOCK_TILES = 20;

/** A few rows of the page Everything, which are mounted only near the visible part. */
export interface Block {
  key: string;
  /** The heading above its tiles, if a section begins here. */
  heading: string | undefined;
  /** The section that it belongs to. */
  label: string | undefined;
  tiles: readonly TileIds[];
  /** The button below its tiles, if the section has folded settings and diagnostics. */
  fold?: Fold;
}

export interface Fold {
  key: string;
  count: number;
  open: boolean;
  alarm: boolean;
}

/** Splits sections into blocks. `open`: the keys of the open folds; undefined: all are open. */
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
/** A tile of the usual height with the gap below it, as in grid.css; and how many columns one usually takes. */
const TILE_PX = ROW + 12;
const TILE_COLUMNS: Readonly<Record<Columns, number>> = { 2: 1, 4: 2, 6: 2, 10: 2, 14: 2 };

/** The heights of blocks: measured ones, else estimated by their number of rows. */
export interface Heights {
  of(block: Block): number;
  measured(block: Block, px: number): void;
  /** Called with the page's and the grid's width in px: at another width, tiles are in other rows. */
  width(page: number, grid: number): void;
}

/** Once this many blocks are measured, their ratio to the estimate is applied to all others. */
const ENOUGH = 4;

export function createHeights(): Heights {
  const known = new Map<string, number>();
  let width = 0;
  let columns: Columns = 10;
  let scale = 1;
  let seen = { blocks: 0, px: 0, estimated: 0 };
  const estimate = ({ heading, tiles, fold }: Block): number =>
    (heading === undefined ? 0 : HEADING_PX) +
    Math.ceil((tiles.length * TILE_COLUMNS[columns]) / columns) * TILE_PX +
    (fold ? FOLD_PX : 0);
  return {
    of: (block) => known.get(block.key) ?? Math.round(estimate(block) * scale),
    measured(block, px) {
      if (seen.blocks < ENOUGH && !known.has(block.key)) {
        seen = { blocks: seen.blocks + 1, px: seen.px + px, estimated: seen.estimated + estimate(block) };
        // Only once: if the page's height changed with each measured row, the scroll bar would move while it is dragged.
        if (seen.blocks === ENOUGH) scale = seen.px / seen.estimated;
      }
      known.set(block.key, px);
    },
    width(page, grid) {
      if (grid === width) return;
      if (width > 0) {
        known.clear();
        seen = { blocks: 0, px: 0, estimated: 0 };
      }
      width = grid;
      columns = columnsAt(page);
    },
  };
}

export interface Range {
  first: number;
  /** Exclusive. */
  end: number;
}

/** The blocks that overlap this vertical range of the list (px), at least one. */
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
