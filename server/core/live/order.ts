import type { Steps } from "../../../lib/steps";
import type { IngestRegistration } from "../../pipeline/ingest";
import type { PointRecord } from "./record";

/** The points in a stable order: by registration, then by topic, then as the registration lists its values. */
export interface PointOrder {
  /** It came, or its registration is another. */
  place(record: PointRecord): void;
  remove(record: PointRecord): void;
  /** The order of the registrations. */
  rank(sources: readonly IngestRegistration[]): Steps;
  list(): readonly PointRecord[];
  /** Brings in what came and went, in steps, so that the next `list` is quick. */
  refreshing(): Steps;
}

/**
 * Only what came is compared, with the logarithm of the rest: sorted as a whole, 100,000 points held the event loop for 200 ms after
 * each new topic.
 */
const RUN = 500;

export function createPointOrder(): PointOrder {
  let listed: readonly PointRecord[] = [];
  const fresh = new Set<PointRecord>();
  const gone = new Set<PointRecord>();
  let ranks = new Map<string, number>();

  const rankOf = ({ of }: PointRecord): number => ranks.get(of.source.compiled.registration.id) ?? -1;

  function compare(a: PointRecord, b: PointRecord): number {
    const [x, y] = [a.of, b.of];
    const byRank = x.source === y.source ? 0 : rankOf(a) - rankOf(b);
    if (byRank !== 0) return byRank;
    if (x.topic !== y.topic) return (x.topic ?? "") < (y.topic ?? "") ? -1 : 1;
    return x.point.slot.index - y.point.slot.index;
  }

  /** Where the record belongs, not before `from`. */
  function placeOf(record: PointRecord, points: readonly PointRecord[], from: number): number {
    let low = from;
    let high = points.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(points[middle] as PointRecord, record) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** At most so many of those that came; the others are in no list until they are brought in too. */
  function refresh(most: number): void {
    const some = most < fresh.size ? [...fresh].slice(0, most) : [...fresh];
    const rest = listed.filter((record) => !gone.has(record) && !fresh.has(record));
    const points: PointRecord[] = [];
    let from = 0;
    for (const record of some.sort(compare)) {
      const place = placeOf(record, rest, from);
      while (from < place) points.push(rest[from++] as PointRecord);
      points.push(record);
      record.listed = true;
    }
    while (from < rest.length) points.push(rest[from++] as PointRecord);
    listed = points;
    for (const record of some) fresh.delete(record);
    gone.clear();
  }

  return {
    place(record) {
      fresh.add(record);
    },
    remove(record) {
      fresh.delete(record);
      // What came and went between two lists leaves nothing behind.
      if (record.listed) gone.add(record);
    },
    *rank(sources) {
      const next = new Map<string, number>();
      let last = -1;
      let moved = false;
      for (const [i, { compiled }] of sources.entries()) {
        const { id } = compiled.registration;
        const before = ranks.get(id);
        next.set(id, i);
        yield;
        if (before === undefined) continue;
        moved ||= before < last;
        last = before;
      }
      ranks = next;
      if (!moved) return;
      yield;
      // What has gone since the last list must not come back with the others.
      for (const record of listed) if (!gone.has(record)) fresh.add(record);
    },
    list() {
      if (fresh.size + gone.size > 0) refresh(Number.POSITIVE_INFINITY);
      return listed;
    },
    *refreshing() {
      while (fresh.size + gone.size > 0) {
        refresh(RUN);
        yield;
      }
    },
  };
}
