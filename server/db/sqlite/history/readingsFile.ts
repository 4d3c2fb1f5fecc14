import type Database from "better-sqlite3";
import type { KeepFor } from "../../../../lib/history";
import type { PointId } from "../../../../lib/ids";
import { type Columns, KIND } from "../../history/columns";
import { createAdder } from "./adder";
import { createBlockTable } from "./blockTable";
import { createForgetter } from "./forgetter";
import { createPacker } from "./packer";
import { createRollupTable } from "./rollupTable";

/** Beyond it the map from names to numbers is forgotten and filled again as needed. */
const MAX_KNOWN = 200_000;

/** Writes history.db. Synchronous: it lives in the writing thread. Readings come as rows; later they are packed. */
export function createReadingsFile(database: Database.Database) {
  const findPoint = database.prepare<[string], number>("SELECT id FROM points WHERE point = ?").pluck();
  const addPoint = database.prepare("INSERT INTO points (point) VALUES (?)");
  const insertNumber = database.prepare("INSERT OR REPLACE INTO numbers (point, t, n, num) VALUES (?, ?, ?, ?)");
  const insertState = database.prepare(
    "INSERT OR REPLACE INTO states (point, t, n, kind, num, text) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const newestRow = database
    .prepare<[number, number], number>(
      "SELECT max(t) FROM (SELECT max(t) AS t FROM numbers WHERE point = ? UNION ALL SELECT max(t) FROM states WHERE point = ?)",
    )
    .pluck();
  const blocks = createBlockTable(database);
  const rollups = createRollupTable(database);
  const packer = createPacker({ database, blocks, rollups, now: () => performance.now() });

  const numberOf = new Map<PointId, number>();
  /** The newest time written for each point: what is not newer needs an `n` of its own. */
  const newest = new Map<number, number>();
  // Beginning with the second of the start, so that a run does not repeat the numbers of the one before.
  let n = Math.floor(Date.now() / 1000) - 1_600_000_000;

  const forgetter = createForgetter({
    database,
    rollups,
    packer,
    onGone(id, point) {
      numberOf.delete(point);
      newest.delete(id);
    },
  });

  /** What an earlier run wrote must not be replaced: a row is told by its time and `n`. */
  const newestOf = (id: number): number => newest.get(id) ?? newestRow.get(id, id) ?? Number.NEGATIVE_INFINITY;

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
    const last = ids.map(newestOf);
    for (let row = 0; row < t.length; row++) {
      const p = point[row] as number;
      const at = t[row] as number;
      const number = num[row] as number;
      const fresh = at > (last[p] as number);
      if (fresh) last[p] = at;
      const tie = fresh ? 0 : ++n;
      if (kind[row] === KIND.number) {
        insertNumber.run(ids[p], at, tie, number);
        continue;
      }
      const isText = kind[row] === KIND.text;
      const isBoolean = kind[row] === KIND.boolean;
      insertState.run(ids[p], at, tie, kind[row], isBoolean ? number : null, isText ? texts[number] : null);
    }
    return { ids, last };
  });

  const add = createAdder({ database, blocks, pointNumber, nextTie: () => ++n });

  return {
    add,

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

    /** Packs what is ripe, then forgets what is too old; in steps, between which others may write. Answers how many readings went. */
    *tend(now: number, keepFor: (point: PointId) => KeepFor): Generator<void, number> {
      let failed: { error: unknown } | undefined;
      try {
        yield* packer.pack(now);
      } catch (error) {
        // On a full disk packing cannot begin until forgetting has made room; what went wrong is told behind it.
        failed = { error };
      }
      const before = (point: PointId) => {
        const keep = keepFor(point);
        return { raw: now - keep.raw, "1m": now - keep["1m"], "15m": now - keep["15m"], "6h": now - keep["6h"] };
      };
      const gone = yield* forgetter.forget(before, false);
      if (failed) throw failed.error;
      return gone;
    },

    /** Forgets all that is older, to the millisecond. */
    prune: (before: number): Generator<void, number> =>
      forgetter.forget(() => ({ raw: before, "1m": before, "15m": before, "6h": before }), true),

    /** Throws when the file cannot be written now. */
    check(): void {
      database.exec("BEGIN IMMEDIATE; ROLLBACK");
    },
  };
}
