import { COLUMNS, type Columns, type Span, type Spans } from "./columns";

/** Where a tile stands: columns and rows from 0 on. */
export interface Place extends Span {
  x: number;
  y: number;
}

/** A tile's place for each number of columns. */
export type Places = Readonly<Record<Columns, Place>>;

/** The places of a section's tiles for all widths. */
export function packWidths(tiles: readonly Spans[]): Places[] {
  const packed = COLUMNS.map((columns) =>
    pack(
      tiles.map((spans) => spans[columns]),
      columns,
    ),
  );
  return tiles.map(
    (_, i) => Object.fromEntries(packed.map((places, c) => [COLUMNS[c], places[i]])) as unknown as Places,
  );
}

/**
 * Places tiles without holes, as far as their spans allow: each at the first place that is free behind the one before it, so that tiles are
 * read in their order; then they grow into what stayed empty. Work grows with tiles × columns.
 */
export function pack(spans: readonly Span[], columns: number): Place[] {
  const places = evenly(spans, columns);
  const rows = Math.max(0, ...places.map(({ y, h }) => y + h));
  const taken = new Uint8Array(rows * columns);
  const fill = ({ x, y, w, h }: Place): void => {
    for (let row = y; row < y + h; row++) taken.fill(1, row * columns + x, row * columns + x + w);
  };
  /** Outside of the grid no cell is. */
  const isFree = (x: number, y: number, w: number, h: number): boolean => {
    if (x < 0 || y < 0 || x + w > columns || y + h > rows) return false;
    for (let row = y; row < y + h; row++)
      if (taken.subarray(row * columns + x, row * columns + x + w).includes(1)) return false;
    return true;
  };
  places.forEach(fill);
  shareRows(places, isFree, fill);
  // What is still empty goes to a tile beside it that can take a whole side of it.
  for (let isGrown = true; isGrown; ) {
    isGrown = false;
    places.forEach((place, i) => {
      while (grow(place, places[i - 1], isFree)) {
        fill(place);
        isGrown = true;
      }
    });
  }
  return places;
}

type IsFree = (x: number, y: number, w: number, h: number) => boolean;

/** Tiles of one height stand in rows that are about equally full: a last one of few tiles would be stretched. */
function evenly(spans: readonly Span[], columns: number): Place[] {
  let places = firstFit(spans, columns);
  if (spans.some(({ h }) => h !== spans[0]?.h)) return places;
  const widest = Math.max(1, ...spans.map(({ w }) => w));
  for (let most = columns - 1; most >= widest; most--) {
    const closer = firstFit(spans, most);
    if (closer.at(-1)?.y !== places.at(-1)?.y) break;
    places = closer;
  }
  return places;
}

function firstFit(spans: readonly Span[], columns: number): Place[] {
  // The first free row of each column. No tile begins above the one before it, so nothing is free above these.
  const bottom = new Array<number>(columns).fill(0);
  let x = 0;
  let y = 0;
  return spans.map(({ w: wanted, h }) => {
    const w = Math.min(wanted, columns);
    while (x + w > columns || bottom.slice(x, x + w).some((row) => row > y)) {
      x++;
      if (x + w > columns) {
        x = 0;
        y++;
      }
    }
    bottom.fill(y + h, x, x + w);
    x += w;
    return { x: x - w, y, w, h };
  });
}

/** Neighbours of one height share what is empty behind the last of them. */
function shareRows(places: readonly Place[], isFree: IsFree, fill: (place: Place) => void): void {
  let row: Place[] = [];
  places.forEach((place, i) => {
    row.push(place);
    const { y, h } = place;
    const next = places[i + 1];
    if (next && next.y === y && next.h === h && next.x === place.x + place.w) return;
    let spare = 0;
    while (isFree(place.x + place.w + spare, y, 1, h)) spare++;
    if (spare > 0) widen(row, spare);
    row.forEach(fill);
    row = [];
  });
}

/** Each further column goes to the tile that has grown the least for its size. */
function widen(row: readonly Place[], spare: number): void {
  const own = row.map(({ w }) => w);
  const grown = (i: number): number => (row[i] as Place).w / (own[i] as number);
  for (let left = spare; left > 0; left--) {
    let least = 0;
    row.forEach((_, i) => {
      if (grown(i) < grown(least)) least = i;
    });
    (row[least] as Place).w++;
  }
  let { x } = row[0] as Place;
  for (const place of row) {
    place.x = x;
    x += place.w;
  }
}

/** By one row or column. No tile comes before one that is read before it. */
function grow(place: Place, before: Place | undefined, isFree: IsFree): boolean {
  const { x, y, w, h } = place;
  if (isFree(x, y + h, w, 1)) place.h++;
  else if (isFree(x + w, y, 1, h)) place.w++;
  else if (isFree(x - 1, y, 1, h)) {
    place.x--;
    place.w++;
  } else if (isFree(x, y - 1, w, 1) && (!before || before.y < y - 1 || (before.y === y - 1 && before.x < x))) {
    place.y--;
    place.h++;
  } else return false;
  return true;
}
