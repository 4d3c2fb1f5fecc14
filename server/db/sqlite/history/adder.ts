import type Database from "better-sqlite3";
import type { PointId } from "../../../../lib/ids";
import type { StoredReading } from "../../../ports";
import { kindOf, storedValue } from "../../history/columns";
import { type BlockTable, numbersOf } from "./blockTable";

/** What one step looks at: some milliseconds of work. */
const STEP = 250;

export interface AdderParts {
  database: Database.Database;
  blocks: BlockTable;
  pointNumber(point: PointId): number;
  /** A number for a reading whose millisecond holds others already. */
  nextTie(): number;
}

/** Adds readings from elsewhere, of any time. The same file added twice changes nothing. */
export function createAdder({ database, blocks, pointNumber, nextTie }: AdderParts) {
  const numbersAt = database
    .prepare<[number, number], number>("SELECT num FROM numbers WHERE point = ? AND t = ?")
    .pluck();
  const statesAt = database.prepare<[number, number], { kind: number; num: number | null; text: string | null }>(
    "SELECT kind, num, text FROM states WHERE point = ? AND t = ?",
  );
  const insertNumber = database.prepare("INSERT INTO numbers (point, t, n, num) VALUES (?, ?, ?, ?)");
  const insertState = database.prepare("INSERT INTO states (point, t, n, kind, num, text) VALUES (?, ?, ?, ?, ?, ?)");

  /** Times and numbers of the block looked at last: what is added is sorted, so the next is mostly in the same. */
  function packedLookup() {
    let known: { id: number; t0: number; t1: number; at: Map<number, number[]> } | undefined;
    return (id: number, t: number): readonly number[] => {
      if (known === undefined || known.id !== id || t < known.t0 || t > known.t1) {
        const block = blocks.at(id, t);
        if (!block || block.t1 < t) return [];
        const numbers = numbersOf(block);
        const at = new Map<number, number[]>();
        for (const [i, time] of numbers.t.entries())
          at.set(time, [...(at.get(time) ?? []), numbers.value[i] as number]);
        known = { id, t0: block.t0, t1: block.t1, at };
      }
      return known.at.get(t) ?? [];
    };
  }

  /** Answers how many were not there yet. */
  const addSome = database.transaction((readings: readonly StoredReading[]): number => {
    const packedAt = packedLookup();
    let added = 0;
    for (const { point, value, at } of readings) {
      const id = pointNumber(point);
      const t = Math.round(at);
      if (typeof value === "number") {
        const rows = numbersAt.all(id, t);
        if (rows.includes(value) || packedAt(id, t).includes(value)) continue;
        insertNumber.run(id, t, rows.length === 0 ? 0 : nextTie(), value);
      } else {
        const rows = statesAt.all(id, t).map(storedValue);
        if (rows.includes(value)) continue;
        const num = typeof value === "boolean" ? Number(value) : null;
        const text = typeof value === "string" ? value : null;
        insertState.run(id, t, rows.length === 0 ? 0 : nextTie(), kindOf(value), num, text);
      }
      added++;
    }
    return added;
  });

  return function* add(readings: readonly StoredReading[]): Generator<void, { added: number; known: number }> {
    const sorted = readings.toSorted((a, b) => (a.point < b.point ? -1 : a.point > b.point ? 1 : a.at - b.at));
    let added = 0;
    for (let i = 0; i < sorted.length; i += STEP) {
      added += addSome.immediate(sorted.slice(i, i + STEP));
      yield;
    }
    return { added, known: sorted.length - added };
  };
}
