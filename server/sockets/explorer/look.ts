import { type RowSort, type VisibleRow, visibleRows } from "../../../lib/explorer/rows";
import { rowChanges, windowRows } from "../../../lib/explorer/window";
import type { ExplorerLook, ExplorerRow, ExplorerRows, ExplorerTotals } from "../../../lib/explorer/wire";
import type { Clock } from "../../ports";
import type { Watch } from "./watch";

/** What one page sees of the tree: which branches are open, in what order, and which rows are in sight. Rule XP-23. */
export interface Look {
  set(look: ExplorerLook): void;
  readonly paused: boolean;
  /** A topic is picked: the branches above it stay open, however many children they get. */
  keepInSight(topic: string): void;
  /** The window if it is another one, else what changed in it; undefined: nothing. `asked`: it answers a look. */
  rows(asked: boolean): ExplorerRows | undefined;
}

/** Rows that change places must stay long enough to be read and pressed. */
const RESORT_MS = 2000;
/** What stood open this long stays open, also when it opened by itself and has got more children since. */
const SETTLED_MS = 1500;
/** Working the order out may take this part of the time. */
const ORDER_PART = 1 / 10;
const MAX_PATHS = 5000;

export function createLook(watch: Watch, clock: Clock): Look {
  const { tree } = watch;
  const opened = new Set<string>();
  const closed = new Set<string>();
  let all = false;
  let sort: RowSort = "name";
  let search = "";
  let from = 0;
  let count = 60;
  let paused = false;

  let order: VisibleRow[] = [];
  let orderOf = -1;
  /** By the monotonic clock, as every `at` here. */
  let orderedAt = Number.POSITIVE_INFINITY;
  let searched = false;
  let notBefore = Number.NEGATIVE_INFINITY;
  let changed = true;
  let sent: { rows: ExplorerRow[]; from: number; total: number } | undefined;
  let heard = -1;

  function isDue(at: number): boolean {
    if (changed) return true;
    if (paused || at < notBefore) return false;
    return tree.shape !== orderOf || (sort !== "name" && at - orderedAt >= RESORT_MS);
  }

  /** Since when each branch stands open by itself: the order is made anew far more often than they change. */
  let openSince = new Map<string, number>();

  function settle(at: number): void {
    if (searched || all) return;
    const since = new Map<string, number>();
    for (const { open, node } of order) {
      if (!open || closed.has(node.path) || opened.has(node.path)) continue;
      const openAt = openSince.get(node.path) ?? orderedAt;
      if (at - openAt < SETTLED_MS) since.set(node.path, openAt);
      else if (opened.size < MAX_PATHS) opened.add(node.path);
    }
    openSince = since;
  }

  function putInOrder(now: number, at: number): void {
    settle(at);
    const started = performance.now();
    order = visibleRows(tree, { opened, closed, all, sort, search }, now);
    const took = performance.now() - started;
    orderOf = tree.shape;
    orderedAt = at;
    searched = search !== "";
    notBefore = at + took / ORDER_PART;
    changed = false;
  }

  /** The path moves to the one set from the other; nobody opens thousands of branches by hand. */
  function move(paths: readonly string[], to: Set<string>, other: Set<string>): void {
    for (const path of paths) {
      other.delete(path);
      if (to.size < MAX_PATHS) to.add(path);
    }
    changed = true;
  }

  return {
    get paused() {
      return paused;
    },
    set(look) {
      if (look.all) {
        opened.clear();
        closed.clear();
        all = look.all === "open";
        changed = true;
      }
      if (look.open) move(look.open, opened, closed);
      if (look.close) move(look.close, closed, opened);
      if (look.sort !== undefined && look.sort !== sort) {
        sort = look.sort;
        changed = true;
      }
      if (look.search !== undefined && look.search !== search) {
        search = look.search;
        changed = true;
      }
      from = look.from ?? from;
      count = look.count ?? count;
      paused = look.paused ?? paused;
    },
    keepInSight(topic) {
      const levels = topic.split("/");
      const above = levels.slice(1).map((_, i) => levels.slice(0, i + 1).join("/"));
      move(
        above.filter((path) => !closed.has(path)),
        opened,
        closed,
      );
    },
    rows(asked) {
      const now = clock.now();
      const at = clock.monotonic();
      if (isDue(at)) putInOrder(now, at);
      const rows = windowRows(tree, order, from, count, now);
      const same = sent?.from === from && sent.total === order.length ? rowChanges(sent.rows, rows) : undefined;
      const news = tree.counters.messages !== heard || same === undefined || same.length > 0;
      sent = { rows, from, total: order.length };
      heard = tree.counters.messages;
      if (!news && !asked) return undefined;
      return { total: order.length, from, totals: totals(now), ...(same ? { changes: same } : { rows }) };
    },
  };

  /** Of what devices say; what a broker says of itself (`$SYS`) would only blur it. */
  function totals(now: number): ExplorerTotals {
    const { root, counters } = tree;
    const sum = { topics: root.topics, messages: root.messages, rate: tree.rate(root, now) };
    for (const [level, child] of root.children) {
      if (!level.startsWith("$")) continue;
      sum.topics -= child.topics;
      sum.messages -= child.messages;
      sum.rate -= tree.rate(child, now);
    }
    const { forgotten, refused } = counters;
    return { ...sum, rate: Math.max(0, Math.round(sum.rate * 10) / 10), forgotten, refused, skipped: watch.skipped };
  }
}
