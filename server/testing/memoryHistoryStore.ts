import type { HistoryStore, StoredReading } from "../ports";

/** A HistoryStore that forgets, for tests of what stands upon one. Holds the same contract (server/db/historyStoreContract.ts). */
export function createMemoryHistoryStore(): HistoryStore {
  let readings: StoredReading[] = [];
  let closed = false;
  let lost = 0;

  const inOrder = () => readings.toSorted((a, b) => a.at - b.at);

  return {
    append(reading) {
      if (closed) lost++;
      else readings.push({ ...reading, at: Math.round(reading.at) });
    },
    async range(point, from, to, limit) {
      const rows = inOrder().filter((r) => r.point === point && r.at >= from && r.at < to);
      const newest = limit > 0 ? rows.slice(-limit) : [];
      return { t: newest.map((r) => r.at), value: newest.map((r) => r.value) };
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
    flush: async () => undefined,
    counters: () => ({ stored: readings.length, lost, pending: 0 }),
    check: async () => undefined,
    async close() {
      closed = true;
    },
  };
}
