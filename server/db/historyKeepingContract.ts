import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { KEEP_FOR } from "../../lib/history";
import { PointId } from "../../lib/ids";
import type { HistoryStore } from "../ports";

export interface HistoryKeepingUnderTest {
  store: HistoryStore;
  /** How many rows all of its tables have together. */
  rows(): Promise<number>;
  dispose(): Promise<void>;
}

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const NOW = START + 40 * DAY;
const point = (id: string) => PointId.parse(id);

/** What every HistoryStore that packs and forgets must do. `open` answers an empty one. */
export function historyKeepingContract(name: string, open: () => Promise<HistoryKeepingUnderTest>): void {
  describe(`keeping history: ${name}`, () => {
    let under: HistoryKeepingUnderTest;
    let store: HistoryStore;
    beforeEach(async () => {
      under = await open();
      store = under.store;
    });
    afterEach(() => under.dispose());

    const hour = async (id: string, from: number, width: number) =>
      (await store.query({ points: [point(id)], from, to: from + 3_600_000, width }))[0];

    test("HI-15: what raw readings showed is shown by the finest roll-up that is left, spike and all", async () => {
      const spike = START + 5_000_000;
      for (let i = 0; i < 10_000; i++) {
        const at = START + i * 1000;
        store.append({ point: point("fast.a"), at, value: at === spike ? 99 : 20 });
      }
      for (let i = 0; i < 100; i++) store.append({ point: point("slow"), at: START + i * 300_000, value: i });
      for (let i = 0; i < 100; i++) store.append({ point: point("word"), at: START + i * 300_000, value: `${i}` });
      const keep = { "fast.a": { ...KEEP_FOR, raw: 2 * DAY, "1m": 60 * DAY }, slow: { ...KEEP_FOR, raw: 2 * DAY } };
      const tend = (now: number) => store.tend({ now, keep, otherwise: KEEP_FOR });

      await tend(START + DAY);
      const from = START + 3_600_000;
      expect(await hour("fast.a", from, 1800)).toMatchObject({ tier: "bucket", step: 2000 });
      expect(await tend(NOW)).toEqual({ forgotten: 10_100 });
      expect((await store.range(point("fast.a"), 0, NOW, 10)).t).toEqual([]);
      expect((await store.range(point("word"), 0, NOW, 10)).t).toEqual([]);
      const left = await hour("fast.a", from, 1800);
      expect(left).toMatchObject({ tier: "1m", step: 60_000 });
      if (left?.tier === "raw") throw new Error("roll-ups are not readings");
      expect(Math.max(...(left?.max ?? []))).toBe(99);
      expect(left?.count).toEqual(Array.from({ length: 60 }, () => 60));

      // Few readings take less room than their roll-up: they stand in for it.
      expect((await store.range(point("slow"), 0, NOW, 1000)).t).toHaveLength(100);
      await tend(START + 200 * DAY);
      expect(await hour("fast.a", from, 1800)).toMatchObject({ tier: "15m" });
      await tend(START + 900 * DAY);
      expect((await store.range(point("slow"), 0, NOW, 1000)).t).toEqual([]);
      const [years] = await store.query({ points: [point("slow")], from: START, to: NOW, width: 1000 });
      expect(years).toMatchObject({ tier: "6h", count: [72, 28] });
      await tend(START + 4000 * DAY);
      expect(await under.rows()).toBe(0);
    });

    test("HI-15: late readings for what was forgotten are in the roll-ups once", async () => {
      for (let i = 0; i < 7200; i++) store.append({ point: point("a"), at: START + i * 1000, value: 20 });
      const tend = () => store.tend({ now: NOW, keep: {}, otherwise: { ...KEEP_FOR, raw: DAY } });
      await tend();
      for (let i = 0; i < 3600; i++) store.append({ point: point("a"), at: START + i * 1000 + 500, value: 30 });
      await tend();
      const series = await hour("a", START, 60);
      expect(series).toMatchObject({
        tier: "1m",
        min: Array(60).fill(20),
        max: Array(60).fill(30),
        count: Array(60).fill(120),
      });
    });

    test("HI-3: readings of one millisecond, more than a block holds, are packed together and kept in order", async () => {
      for (let i = 0; i < 10_000; i++) store.append({ point: point("a"), at: START + (i < 9000 ? 0 : 1), value: i });
      await store.tend({ now: NOW, keep: {}, otherwise: { ...KEEP_FOR, raw: 1e15 } });
      expect((await store.range(point("a"), START, NOW, 20_000)).value).toEqual(
        Array.from({ length: 10_000 }, (_, i) => i),
      );
    });
  });
}
