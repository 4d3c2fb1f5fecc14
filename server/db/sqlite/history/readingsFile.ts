import type Database from "better-sqlite3";
import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import type { StoredReading } from "../../../ports";
import { type Columns, KIND, storedValue } from "./columns";

interface Row {
  t: number;
  kind: number;
  num: number | null;
  text: string | null;
}

/** Rows that one step of forgetting deletes at most: some milliseconds of work. */
const PRUNE_ROWS = 5000;
const PRUNE_POINTS = 500;
/** Beyond it the map from names to numbers is forgotten and filled again as needed. */
const MAX_KNOWN = 200_000;

/** The readings in history.db. Synchronous: it lives in the worker thread. */
export function createReadingsFile(database: Database.Database) {
  const findPoint = database.prepare<[string], number>("SELECT id FROM points WHERE point = ?").pluck();
  const addPoint = database.prepare("INSERT INTO points (point) VALUES (?)");
  const insert = database.prepare(
    "INSERT OR REPLACE INTO readings (point, t, n, kind, num, text) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const selectRange = database.prepare<unknown[], Row>(
    "SELECT t, kind, num, text FROM readings WHERE point = ? AND t >= ? AND t < ? ORDER BY t DESC, n DESC LIMIT ?",
  );
  const selectNewest = database.prepare<[number], Row>(
    "SELECT t, kind, num, text FROM readings WHERE point = ? ORDER BY t DESC, n DESC LIMIT 1",
  );
  const selectPoints = database.prepare<[], { id: number; point: PointId }>("SELECT id, point FROM points ORDER BY id");
  const deleteOld = database.prepare(
    `DELETE FROM readings WHERE point = @id AND t < @before
     AND t <= coalesce((SELECT t FROM readings WHERE point = @id AND t < @before ORDER BY t LIMIT 1 OFFSET @rows), @before)`,
  );
  const deleteBare = database.prepare(
    "DELETE FROM points WHERE id = @id AND NOT EXISTS (SELECT 1 FROM readings WHERE point = @id)",
  );

  const numberOf = new Map<PointId, number>();
  /** The newest time written for each point: what is not newer needs an `n` of its own. */
  const newest = new Map<number, number>();
  // Beginning with the second of the start, so that a run does not repeat the numbers of the one before.
  let n = Math.floor(Date.now() / 1000) - 1_600_000_000;

  function pointNumber(point: PointId): number {
    const known = numberOf.get(point) ?? findPoint.get(point);
    const id = known ?? Number(addPoint.run(point).lastInsertRowid);
    if (numberOf.size >= MAX_KNOWN) numberOf.clear();
    numberOf.set(point, id);
    return id;
  }

  const write = database.transaction((columns: Columns) => {
    const { points, point, t, kind, num, texts } = columns;
    const ids = points.map(pointNumber);
    const last = ids.map((id) => newest.get(id) ?? Number.NEGATIVE_INFINITY);
    for (let row = 0; row < t.length; row++) {
      const p = point[row] as number;
      const at = t[row] as number;
      const number = num[row] as number;
      const fresh = at > (last[p] as number);
      if (fresh) last[p] = at;
      const isText = kind[row] === KIND.text;
      const isNull = kind[row] === KIND.null;
      insert.run(
        ids[p],
        at,
        fresh ? 0 : ++n,
        kind[row],
        isText || isNull ? null : number,
        isText ? texts[number] : null,
      );
    }
    return { ids, last };
  });

  return {
    /** All of them or, when it throws, none. */
    insert(columns: Columns): void {
      try {
        const { ids, last } = write.immediate(columns);
        if (newest.size > MAX_KNOWN) newest.clear();
        for (const [i, id] of ids.entries()) newest.set(id, last[i] as number);
      } catch (error) {
        // Points that were new in it are not in the file after all.
        numberOf.clear();
        throw error;
      }
    },

    range(point: PointId, from: number, to: number, limit: number): { t: number[]; value: Value[] } {
      const id = numberOf.get(point) ?? findPoint.get(point);
      const rows = id === undefined ? [] : selectRange.all(id, from, to, limit).reverse();
      return { t: rows.map((row) => row.t), value: rows.map(storedValue) };
    },

    latest(): StoredReading[] {
      return selectPoints.all().flatMap(({ id, point }) => {
        const row = selectNewest.get(id);
        return row ? [{ point, value: storedValue(row), at: row.t }] : [];
      });
    },

    /** Forgets in steps, each a transaction of its own; between two of them others may write. Answers how many went. */
    *prune(before: number): Generator<void, number> {
      let total = 0;
      const queue = selectPoints.all();
      const step = database.transaction(() => {
        let rows = 0;
        for (let points = 0; points < PRUNE_POINTS && rows < PRUNE_ROWS; points++) {
          const next = queue[0];
          if (!next) break;
          const { changes } = deleteOld.run({ id: next.id, before, rows: PRUNE_ROWS - 1 });
          rows += changes;
          if (changes >= PRUNE_ROWS) continue;
          queue.shift();
          if (deleteBare.run({ id: next.id }).changes > 0) {
            numberOf.delete(next.point);
            newest.delete(next.id);
          }
        }
        return rows;
      });
      while (queue.length > 0) {
        total += step.immediate();
        yield;
      }
      return total;
    },

    /** Throws when the file cannot be written now. */
    check(): void {
      database.exec("BEGIN IMMEDIATE; ROLLBACK");
    },
  };
}
