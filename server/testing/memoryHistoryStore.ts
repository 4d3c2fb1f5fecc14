import type { PointId } from "../../lib/ids";
import { Buckets } from "../pipeline/history/buckets";
import { thinStates } from "../pipeline/history/states";
import { chooseStep, tierName } from "../pipeline/history/tiers";
import type { HistoryStore, StoredReading } from "../ports";

/** A HistoryStore that forgets, for tests of what stands upon one. Holds the same contract (server/db/historyStoreContract.ts). */
export function createMemoryHistoryStore(): HistoryStore {
  let readings: StoredReading[] = [];
  let closed = false;
  let lost = 0;
  let imported = 0;

  const inOrder = () => readings.toSorted((a, b) => a.at - b.at);
  const span = (point: PointId, from: number, to: number) =>
    inOrder().filter((r) => r.point === point && r.at >= from && r.at < to);
  const columns = (rows: StoredReading[]) => ({ t: rows.map((r) => r.at), value: rows.map((r) => r.value) });

  return {
    append(reading) {
      if (closed) lost++;
      else readings.push({ ...reading, at: Math.round(reading.at) });
    },
    async range(point, from, to, limit) {
      return columns(limit > 0 ? span(point, from, to).slice(-limit) : []);
    },
    async query({ points, from, to, width }) {
      return points.map((point) => {
        const rows = span(point, from, to);
        const last = span(point, Number.NEGATIVE_INFINITY, from).at(-1);
        const before = last ? { t: last.at, value: last.value } : null;
        if (rows.length <= width) return { tier: "raw", ...columns(rows), before };
        if (!rows.some((r) => typeof r.value === "number"))
          return { tier: "raw", ...thinStates(columns(rows), from, to, width), before };
        const { step } = chooseStep(from, to, width);
        const buckets = new Buckets(from, to, step);
        const numbers = span(point, buckets.from, buckets.to).filter((r) => typeof r.value === "number");
        buckets.addNumbers({
          t: Float64Array.from(numbers, (r) => r.at),
          value: Float64Array.from(numbers, (r) => r.value as number),
        });
        const newest = span(point, Number.MIN_SAFE_INTEGER, buckets.to).at(-1)?.at;
        return { tier: tierName(step), step, ...buckets.columns(), before, ...(newest !== undefined && { newest }) };
      });
    },
    async page({ point, from, to, limit, after }) {
      const rows = span(point, after?.t ?? from, to).slice(after?.taken ?? 0);
      const page = rows.slice(0, limit);
      const last = page.at(-1)?.at;
      if (rows.length <= limit || last === undefined) return columns(page);
      const taken = page.filter((r) => r.at === last).length + (last === after?.t ? after.taken : 0);
      return { ...columns(page), next: { t: last, taken } };
    },
    async add(more) {
      let added = 0;
      for (const reading of more) {
        const at = Math.round(reading.at);
        if (readings.some((r) => r.point === reading.point && r.at === at && r.value === reading.value)) continue;
        readings.push({ ...reading, at });
        added++;
      }
      imported += added;
      return { added, known: more.length - added };
    },
    async latest() {
      const newest = new Map(inOrder().map((reading) => [reading.point, reading]));
      return [...newest.values()];
    },
    async prune(before) {
      const kept = readings.filter((r) => r.at >= before);
      const gone = readings.length - kept.length;
      readings = kept;
      return gone;
    },
    tend: async () => ({ forgotten: 0 }),
    flush: async () => undefined,
    counters: () => ({ stored: readings.length - imported, lost, pending: 0 }),
    check: async () => undefined,
    async close() {
      closed = true;
    },
  };
}
