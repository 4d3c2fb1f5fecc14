/** How many columns the grid has, by the page's width: grid.css says from which width on. */
export const COLUMNS = [2, 4, 6, 10, 14] as const;
export type Columns = (typeof COLUMNS)[number];

/** From this width of the page on (px), the grid has the columns. */
export const FROM_PX: Readonly<Record<Columns, number>> = { 2: 0, 4: 600, 6: 960, 10: 1280, 14: 1920 };

/** The least height of a row, px. */
export const ROW = 64;

export const columnsAt = (px: number): Columns => COLUMNS.findLast((columns) => px >= FROM_PX[columns]) ?? 2;

export interface Span {
  w: number;
  h: number;
}

/** A size for each number of columns. */
export type Spans = Readonly<Record<Columns, Span>>;

/** A tile wider than this takes the whole width of a phone, and all of a small tablet from `WIDE` on. */
const NARROW = 3;
const WIDE = 5;

/**
 * A tile's size for each number of columns, from its size among ten. `phone`: how many of a phone's two columns it needs; `sizes`
 * are its own exceptions.
 */
export function spansOf(
  { w, h, phone }: Span & { phone: 1 | 2 },
  sizes: Partial<Record<`${Columns}`, Partial<Span>>> = {},
): Spans {
  const at = (columns: Columns, usual: number): Span => ({
    w: Math.min(columns, sizes[`${columns}`]?.w ?? usual),
    h: sizes[`${columns}`]?.h ?? h,
  });
  return {
    2: at(2, w > NARROW ? 2 : phone),
    4: at(4, w >= WIDE ? 4 : Math.min(w, 2)),
    6: at(6, w),
    10: at(10, w),
    14: at(14, w),
  };
}
