import type { PoolClient } from "pg";
import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import type { NumberColumns } from "../../../pipeline/history/block";
import type { StoredReading } from "../../../ports";
import { PLACES, putStates, type StateRow } from "./journal";
import { stateOf } from "./journalRow";
import { type BlockKey, packInto, pointIds, readBlocks } from "./packTables";

interface Given {
  point: number;
  t: number;
  value: Value;
}

/**
 * Readings from elsewhere, sorted by point and time, into blocks and states, in the caller's transaction, under its lock and after the journal
 * was folded. Those that are there already are left out; answers how many were not.
 */
export async function addReadings(client: PoolClient, readings: readonly StoredReading[]): Promise<number> {
  const ids = await pointIds(client, [...new Set(readings.map(({ point }) => point))]);
  const given = readings.map(({ point, at, value }) => ({ point: idOf(ids, point), t: Math.round(at), value }));
  const known = await storedAt(client, given);
  const fresh = given.filter((reading) => {
    const values = known.get(placeOf(reading)) ?? new Set();
    if (values.has(reading.value)) return false;
    known.set(placeOf(reading), values.add(reading.value));
    return true;
  });
  await packInto(client, numbersOf(fresh));
  const states = fresh.filter(({ value }) => typeof value !== "number");
  await putStates(client, await numbered(client, states));
  return fresh.length;
}

function idOf(ids: ReadonlyMap<PointId, number>, point: PointId): number {
  const id = ids.get(point);
  if (id === undefined) throw new Error(`the point ${point} has no number`);
  return id;
}

const placeOf = ({ point, t }: { point: number; t: number }): string => `${point}:${t}`;

/** The values that are stored at these points and times. */
async function storedAt(client: PoolClient, given: readonly Given[]): Promise<Map<string, Set<Value>>> {
  const places = [given.map(({ point }) => point), given.map(({ t }) => t)];
  const known = new Map<string, Set<Value>>();
  const note = (point: number, t: number, value: Value) => {
    const place = placeOf({ point, t });
    known.set(place, (known.get(place) ?? new Set()).add(value));
  };
  const { rows: keys } = await client.query<BlockKey>(
    `SELECT DISTINCT b.point, b.t0 FROM unnest($1::int[], $2::bigint[]) AS a(point, t)
     CROSS JOIN LATERAL (SELECT point, t0, t1 FROM blocks WHERE point = a.point AND t0 <= a.t ORDER BY t0 DESC LIMIT 1) b
     WHERE b.t1 >= a.t`,
    places,
  );
  const wanted = new Set(given.map(placeOf));
  for (const { point, numbers } of (await readBlocks(client, keys)).values()) {
    const { t, value } = numbers;
    for (const [i, at] of t.entries()) if (wanted.has(placeOf({ point, t: at }))) note(point, at, value[i] as number);
  }
  const { rows } = await client.query<{
    point: number;
    t: number;
    kind: number;
    num: number | null;
    text: Buffer | null;
  }>(
    `SELECT s.point, s.t, s.kind, s.num, s.text FROM states s
     JOIN (SELECT DISTINCT * FROM unnest($1::int[], $2::bigint[]) AS a(point, t)) a USING (point, t)`,
    places,
  );
  for (const row of rows) note(row.point, row.t, stateOf(row));
  return known;
}

function numbersOf(readings: readonly Given[]): Map<number, NumberColumns> {
  const rows = new Map<number, Given[]>();
  for (const reading of readings) {
    if (typeof reading.value !== "number") continue;
    const ofPoint = rows.get(reading.point);
    if (ofPoint) ofPoint.push(reading);
    else rows.set(reading.point, [reading]);
  }
  return new Map(
    [...rows].map(([point, ofPoint]) => [
      point,
      {
        t: Float64Array.from(ofPoint, ({ t }) => t),
        value: Float64Array.from(ofPoint, ({ value }) => value as number),
      },
    ]),
  );
}

/** Each with a place of its own behind all that came before, as if they were a row of the journal. */
async function numbered(client: PoolClient, states: readonly Given[]): Promise<StateRow[]> {
  if (states.length === 0) return [];
  const { rows } = await client.query<{ id: number }>(
    "SELECT nextval(pg_get_serial_sequence('history_journal', 'id')) AS id",
  );
  const first = (rows[0]?.id ?? 0) * PLACES;
  return states.map((state, i) => ({ ...state, n: first + i }));
}
