import type { ExplorerRow } from "@/lib/explorer/wire";

/** The keys of the tree, by the tree pattern of the ARIA Authoring Practices. Rule XP-40. */
export type TreeStep =
  | { do: "go"; index: number }
  | { do: "open" | "close"; path: string }
  | { do: "pick"; path: string }
  | { do: "open-siblings" };

export interface TreePlace {
  /** The index of the active row among all rows. */
  index: number;
  /** Undefined while it is not loaded. */
  row: ExplorerRow | undefined;
  total: number;
  /** Rows that fit the view. */
  page: number;
}

type Key = (place: TreePlace) => TreeStep | undefined;

const go =
  (to: (place: TreePlace) => number): Key =>
  (place) => {
    const index = Math.max(0, Math.min(place.total - 1, to(place)));
    return place.total === 0 ? undefined : { do: "go", index };
  };

const activate: Key = ({ row }) => row && { do: "pick", path: row.path };

const KEYS: Record<string, Key> = {
  ArrowDown: go(({ index }) => index + 1),
  ArrowUp: go(({ index }) => index - 1),
  PageDown: go(({ index, page }) => index + page),
  PageUp: go(({ index, page }) => index - page),
  Home: go(() => 0),
  End: go(({ total }) => total - 1),
  ArrowRight: ({ row, index }) => {
    if (row?.open === undefined) return undefined;
    return row.open ? { do: "go", index: index + 1 } : { do: "open", path: row.path };
  },
  ArrowLeft: ({ row }) => {
    if (!row) return undefined;
    if (row.open) return { do: "close", path: row.path };
    return row.parent < 0 ? undefined : { do: "go", index: row.parent };
  },
  Enter: activate,
  " ": activate,
  "*": () => ({ do: "open-siblings" }),
};

/** Undefined if the tree does not handle the key. */
export const treeStep = (key: string, place: TreePlace): TreeStep | undefined =>
  Object.hasOwn(KEYS, key) ? KEYS[key]?.(place) : undefined;

/** The next loaded row whose level starts with the typed text, from the top again after the last; undefined if there is none. */
export function typeAhead(rows: readonly ExplorerRow[], from: number, at: number, typed: string): number | undefined {
  const wanted = typed.toLowerCase();
  // A single letter moves to the next match; more letters refine the current one.
  const start = Math.max(0, at - from + (wanted.length === 1 ? 1 : 0));
  for (let i = 0; i < rows.length; i++) {
    const place = (start + i) % rows.length;
    if (rows[place]?.level.toLowerCase().startsWith(wanted)) return from + place;
  }
  return undefined;
}
