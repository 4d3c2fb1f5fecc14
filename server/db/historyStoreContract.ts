import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PointId } from "../../lib/ids";
import type { Value } from "../../lib/reading";
import type { HistoryStore } from "../ports";

export interface HistoryStoreUnderTest {
  store: HistoryStore;
  /** The same data seen by a new store, after the first was closed; absent where nothing outlives the process. */
  reopen?(): Promise<HistoryStore>;
  dispose(): Promise<void>;
}

const point = (id: string) => PointId.parse(id);

/** What every HistoryStore must do. `open` answers an empty one. */
export function historyStoreContract(name: string, open: () => Promise<HistoryStoreUnderTest>): void {
  describe(`history store: ${name}`, () => {
    let under: HistoryStoreUnderTest;
    let store: HistoryStore;
    beforeEach(async () => {
      under = await open();
      store = under.store;
    });
    afterEach(() => under.dispose());

    const add = (id: string, at: number, value: Value) => store.append({ point: point(id), at, value });
    const all = (id: string, limit = 1000) => store.range(point(id), 0, Number.POSITIVE_INFINITY, limit);

    test("ST-20: every kind of value comes back as it was", async () => {
      const values: Value[] = [21.5, 0, -0.1, 1e308, 2 ** 53, true, false, "", "24", "päss\u0000🌡", null];
      for (const [i, value] of values.entries()) add("a", i, value);
      expect(await all("a")).toEqual({ t: values.map((_, i) => i), value: values });
    });

    test("ST-21: a question sees what was appended before it", async () => {
      add("a", 1, 1);
      expect((await all("a")).value).toEqual([1]);
      add("a", 2, 2);
      expect(await store.latest()).toEqual([{ point: "a", at: 2, value: 2 }]);
    });

    test("ST-22: a range takes its start, not its end, oldest first, and the newest when there are more than asked for", async () => {
      for (let t = 1; t <= 10; t++) add("a", t, t * 10);
      add("b", 5, 0);
      expect(await store.range(point("a"), 3, 6, 100)).toEqual({ t: [3, 4, 5], value: [30, 40, 50] });
      expect(await store.range(point("a"), 0, 100, 3)).toEqual({ t: [8, 9, 10], value: [80, 90, 100] });
      expect(await store.range(point("a"), 0, 100, 0)).toEqual({ t: [], value: [] });
      expect(await store.range(point("nobody"), 0, 100, 10)).toEqual({ t: [], value: [] });
    });

    test("ST-23: readings of the same millisecond are all kept, in the order they came", async () => {
      for (let i = 0; i < 5; i++) add("a", 7, i);
      await store.flush();
      add("a", 7, 5);
      expect(await all("a")).toEqual({ t: [7, 7, 7, 7, 7, 7], value: [0, 1, 2, 3, 4, 5] });
      expect(await store.latest()).toEqual([{ point: "a", at: 7, value: 5 }]);
    });

    test("ST-23: a device's clock that goes back loses nothing", async () => {
      for (const [t, value] of [
        [100, 1],
        [50, 2],
        [100, 3],
        [50, 4],
      ] as const)
        add("a", t, value);
      expect(await all("a")).toEqual({ t: [50, 50, 100, 100], value: [2, 4, 1, 3] });
      expect((await store.latest())[0]).toMatchObject({ at: 100, value: 3 });
    });

    test("ST-24: the newest reading of every point", async () => {
      for (let i = 0; i < 300; i++) for (const t of [1, 3, 2]) add(`p${i}`, t, `${i} at ${t}`);
      const latest = await store.latest();
      expect(latest).toHaveLength(300);
      expect(latest.every((r) => r.at === 3 && r.value === `${r.point.slice(1)} at 3`)).toBe(true);
    });

    test("ST-25: forgetting takes what is older, and says how many", async () => {
      for (let t = 0; t < 12_000; t++) add("a", t, t);
      for (let t = 0; t < 100; t++) add("b", t, t);
      add("c", 20_000, 1);
      expect(await store.prune(11_990)).toBe(11_990 + 100);
      expect((await all("a")).t).toEqual([
        11_990, 11_991, 11_992, 11_993, 11_994, 11_995, 11_996, 11_997, 11_998, 11_999,
      ]);
      expect((await store.latest()).map((r) => r.point)).toEqual(["a", "c"]);
      expect(await store.prune(11_990)).toBe(0);
      add("b", 13_000, "again");
      expect((await all("b")).value).toEqual(["again"]);
    });

    test("ST-26: received is stored, waiting or lost, and nothing waits after a flush", async () => {
      for (let i = 0; i < 12_345; i++) add(`p${i % 7}`, i, i);
      const { stored, pending, lost } = store.counters();
      expect(stored + pending + lost).toBe(12_345);
      await store.flush();
      expect(store.counters()).toEqual({ stored: 12_345, pending: 0, lost: 0 });
      await expect(store.check()).resolves.toBeUndefined();
    });

    test("ST-26: what comes after the end is lost and counted, without an error", async () => {
      add("a", 1, 1);
      await store.close();
      add("a", 2, 2);
      expect(store.counters()).toEqual({ stored: 1, pending: 0, lost: 1 });
      await store.close();
    });

    test("ST-27: what was flushed is there after a restart", async ({ skip }) => {
      if (!under.reopen) return skip();
      for (let i = 0; i < 6000; i++) add("a", i, i);
      await store.close();
      const again = await under.reopen();
      expect((await again.range(point("a"), 0, 1e6, 10_000)).t).toHaveLength(6000);
      again.append({ point: point("a"), at: 6000, value: "more" });
      expect((await again.latest())[0]).toEqual({ point: "a", at: 6000, value: "more" });
    });
  });
}
