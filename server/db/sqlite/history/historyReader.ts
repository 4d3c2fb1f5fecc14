import type Database from "better-sqlite3";
import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import type { ReadingColumns } from "../../../pipeline/history/states";
import type { HistoryPage, HistoryStore, StoredReading } from "../../../ports";
import { storedValue } from "../../history/columns";
import { pageOf } from "../../history/paging";
import { createBlockTable, numbersOf } from "./blockTable";

interface Row {
  t: number;
  /** Tells readings of one millisecond apart; what stands in blocks came first. */
  n: number;
  value: Value;
}
interface StateRow {
  t: number;
  n: number;
  kind: number;
  num: number | null;
  text: string | null;
}

type Span = [point: number, from: number, to: number, limit: number];

/** Raw readings, from wherever they stand. Synchronous: it lives in the reading thread. */
export function createHistoryReader(database: Database.Database) {
  const findPoint = database.prepare<[string], number>("SELECT id FROM points WHERE point = ?").pluck();
  const selectPoints = database.prepare<[], { id: number; point: PointId }>("SELECT id, point FROM points ORDER BY id");
  const select = (order: "ASC" | "DESC") => {
    const rest = `WHERE point = ? AND t >= ? AND t < ? ORDER BY t ${order}, n ${order} LIMIT ?`;
    return {
      numbers: database.prepare<Span, Row>(`SELECT t, n, num AS value FROM numbers ${rest}`),
      states: database.prepare<Span, StateRow>(`SELECT t, n, kind, num, text FROM states ${rest}`),
    };
  };
  const newestFirst = select("DESC");
  const oldestFirst = select("ASC");
  const blocks = createBlockTable(database);

  const stateOf = (row: StateRow): Row => ({ t: row.t, n: row.n, value: storedValue(row) });

  /** Readings in blocks, as many as are needed from that end. */
  function packed(id: number, from: number, to: number, limit: number, order: "ASC" | "DESC"): Row[] {
    const found: Row[][] = [];
    let length = 0;
    const touching = order === "ASC" ? blocks.ascending(id, from, to) : blocks.descending(id, from, to);
    for (const block of touching) {
      const { t, value } = numbersOf(block);
      const rows: Row[] = [];
      for (let i = 0; i < t.length; i++) {
        const at = t[i] as number;
        if (at >= from && at < to) rows.push({ t: at, n: -1, value: value[i] as number });
      }
      found.push(rows);
      length += rows.length;
      if (length >= limit) break;
    }
    return (order === "ASC" ? found : found.reverse()).flat();
  }

  const point = (name: PointId): number | undefined => findPoint.get(name);

  /** At most `limit` readings of [from, to), oldest first: the newest of them, or the oldest. */
  function range(id: number, from: number, to: number, limit: number, which: "newest" | "oldest"): ReadingColumns {
    if (limit <= 0) return { t: [], value: [] };
    const order = which === "newest" ? "DESC" : "ASC";
    const { numbers, states } = which === "newest" ? newestFirst : oldestFirst;
    const rows = packed(id, from, to, limit, order);
    const loose = [...numbers.all(id, from, to, limit), ...states.all(id, from, to, limit).map(stateOf)];
    const all = inOrder([...rows, ...(loose.length > 0 ? inOrder(loose.sort(byTime)) : [])]);
    const kept = all.length <= limit ? all : which === "newest" ? all.slice(-limit) : all.slice(0, limit);
    return { t: kept.map((row) => row.t), value: kept.map((row) => row.value) };
  }

  return {
    point,
    blocks,
    range,

    /** Of one millisecond `after.taken` are left out, as taken before. */
    page({ point: name, from, to, limit, after }: Parameters<HistoryStore["page"]>[0]): HistoryPage {
      const id = point(name);
      if (id === undefined) return { t: [], value: [] };
      const taken = after?.taken ?? 0;
      const read = range(id, after?.t ?? from, to, taken + limit + 1, "oldest");
      return pageOf(read, { limit, taken, after: after?.t });
    },

    /** The last reading before a moment. */
    before(id: number, moment: number): { t: number; value: Value } | null {
      const { t, value } = range(id, Number.MIN_SAFE_INTEGER, moment, 1, "newest");
      return t.length === 0 ? null : { t: t[0] as number, value: value[0] as Value };
    },

    latest(): StoredReading[] {
      const everything = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 1] as const;
      return selectPoints.all().flatMap(({ id, point }) => {
        const block = blocks.newest(id);
        const packedRow = block && { t: block.t1, n: -1, value: block.last };
        const state = newestFirst.states.get(id, ...everything);
        const candidates = [packedRow, newestFirst.numbers.get(id, ...everything), state && stateOf(state)];
        const newest = candidates
          .filter((row) => row !== undefined)
          .sort(byTime)
          .at(-1);
        return newest ? [{ point, value: newest.value, at: newest.t }] : [];
      });
    },
  };
}
export type HistoryReader = ReturnType<typeof createHistoryReader>;

const byTime = (a: Row, b: Row): number => a.t - b.t || a.n - b.n;

/** Sorts only where something is out of order: blocks nearly always end before the rows begin. */
function inOrder(rows: Row[]): Row[] {
  for (let i = 1; i < rows.length; i++) if (byTime(rows[i - 1] as Row, rows[i] as Row) > 0) return rows.sort(byTime);
  return rows;
}
