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

const KEEP_ALL = { raw: 1e15, "1m": 1e15, "15m": 1e15, "6h": 1e15 };
const DAY = 86_400_000;

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

    test("ST-23: after a restart a reading replaces none of its millisecond, nor of an earlier one", async ({
      skip,
    }) => {
      if (!under.reopen) return skip();
      for (const name of ["number", "state"])
        for (const [t, n] of [
          [7, 1],
          [9, 2],
        ] as const)
          add(name, t, name === "number" ? n : String(n));
      await store.close();
      const again = await under.reopen();
      for (const [t, n] of [
        [9, 3],
        [7, 4],
        [11, 5],
      ] as const)
        for (const name of ["number", "state"])
          again.append({ point: point(name), at: t, value: name === "number" ? n : String(n) });
      const valuesOf = async (name: string) => (await again.range(point(name), 0, 1e6, 100)).value.map(Number);
      for (const name of ["number", "state"]) expect(await valuesOf(name)).toEqual([1, 4, 2, 3, 5]);
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

    const pack = (now: number) => store.tend({ now, keep: {}, otherwise: KEEP_ALL });
    const numbersOf = (series: unknown) => series as { t: number[]; min: number[]; max: number[]; count: number[] };
    /** A day at one a second, with one spike. */
    const start = Date.UTC(2026, 2, 29);
    const spikeAt = start + 13 * 3_600_000 + 7_000;
    const aDay = (id: string) => {
      for (let i = 0; i < 86_400; i++) {
        const at = start + i * 1000;
        add(id, at, at === spikeAt ? 99.9 : 20 + (i % 100) / 10);
      }
    };

    test("HI-10: few readings are answered as they are, with the one before", async () => {
      for (const t of [5, 10, 20, 30]) add("a", t, t);
      const [a, nobody] = await store.query({ points: [point("a"), point("nobody")], from: 10, to: 30, width: 100 });
      expect(a).toEqual({ tier: "raw", t: [10, 20], value: [10, 20], before: { t: 5, value: 5 } });
      expect(nobody).toEqual({ tier: "raw", t: [], value: [], before: null });
    });

    test("HI-6, HI-7: many are answered as buckets, never more than asked for, and a spike of one reading shows at any zoom", async () => {
      aDay("a");
      for (const packed of [false, true]) {
        if (packed) await pack(start + 2 * DAY);
        for (const [span, width] of [
          [DAY, 1000],
          [DAY, 2880],
          [DAY, 96],
          [DAY, 4],
          [6 * 3_600_000, 50],
          [3_600_000, 1000],
        ] as const) {
          const from = Math.floor(spikeAt / span) * span;
          const [series] = await store.query({ points: [point("a")], from, to: from + span, width });
          const { t, max, count } = numbersOf(series);
          expect(t.length).toBeLessThanOrEqual(width);
          expect(Math.max(...max)).toBe(99.9);
          expect(count.reduce((a, b) => a + b, 0)).toBe(span / 1000);
          // What is newer than this is not in the buckets.
          if (series?.tier !== "raw") expect(series?.newest).toBe(from + span - 1000);
        }
      }
    });

    test("HI-8: packing changes no reading, no newest one and no chart", async () => {
      for (const id of ["a", "b"])
        for (let i = 0; i < 5000; i++) add(id, start + i * 700 - (i % 7) * 5000, id === "a" ? i / 8 : Math.sin(i));
      for (let i = 0; i < 300; i++) add("c", start + i * 60_000, i % 3 === 0 ? null : i);
      for (let i = 0; i < 300; i++) add("d", start + i * 60_000, i % 2 === 0);
      const points = ["a", "b", "c", "d"].map(point);
      const see = async () => ({
        raw: await Promise.all(points.map((p) => store.range(p, start + 60_000, start + 3_000_000, 1e6))),
        newest: await Promise.all(points.map((p) => store.range(p, 0, start + DAY, 10))),
        latest: await store.latest(),
        charts: await store.query({ points, from: start, to: start + 3_600_000, width: 200 }),
        pages: await store.page({ point: point("a"), from: start, to: start + DAY, limit: 900 }),
      });
      const before = await see();
      await pack(start + DAY);
      expect(await see()).toEqual(before);
      await pack(start + DAY);
      expect(await see()).toEqual(before);
    });

    // Of the second, few enough come in time that they are in no roll-up of a minute before the late ones do.
    test.each([2, 20])(
      "HI-5: what comes late lands in its place, before and after it is packed: all but each %ith",
      async (every) => {
        for (let i = 0; i < 20_000; i += every) add("a", start + i * 1000, i);
        await pack(start + DAY);
        for (let i = 19_999; i > 0; i--) if (i % every !== 0) add("a", start + i * 1000, i);
        add("a", start - 10 * DAY, -1);
        for (let turn = 0; turn < 2; turn++) {
          expect((await store.range(point("a"), start, start + DAY, 1e5)).value).toEqual(
            Array.from({ length: 20_000 }, (_, i) => i),
          );
          for (const width of [20, 334, 1000]) {
            const [series] = await store.query({ points: [point("a")], from: start, to: start + 20_000_000, width });
            const { t, min, max, count } = numbersOf(series);
            expect(count.reduce((a, b) => a + b, 0)).toBe(20_000);
            expect([min[0], max.at(-1), t[0]]).toEqual([0, 19_999, start]);
            expect(min.slice(1)).toEqual(max.slice(0, -1).map((m) => m + 1));
          }
          expect((await store.latest())[0]).toEqual({ point: "a", at: start + 19_999_000, value: 19_999 });
          await pack(start + DAY);
        }
      },
    );

    test("HI-9: what is no number is answered by its changes", async () => {
      for (let i = 0; i < 3000; i++) add("a", i * 1000, i % 1000 < 500 ? "on" : "off");
      const [few] = await store.query({ points: [point("a")], from: 0, to: 3_000_000, width: 100 });
      expect(few).toEqual({
        tier: "raw",
        t: [0, 500_000, 1_000_000, 1_500_000, 2_000_000, 2_500_000],
        value: ["on", "off", "on", "off", "on", "off"],
        before: null,
      });
      for (let i = 0; i < 3000; i++) add("b", i * 1000, i % 2 === 0);
      const [many] = await store.query({ points: [point("b")], from: 0, to: 3_000_000, width: 100 });
      expect(many?.t.length).toBeLessThanOrEqual(100);
      expect(many?.t.length).toBeGreaterThan(50);
    });

    test("HI-11: any number of readings is gone through in pages, each once", async () => {
      for (let i = 0; i < 5000; i++) add("a", start + Math.floor(i / 3) * 1000, i);
      add("a", start + DAY, "the end");
      for (let turn = 0; turn < 2; turn++) {
        const seen: Value[] = [];
        for (let after: { t: number; taken: number } | undefined, more = true; more; ) {
          const page = await store.page({ point: point("a"), from: start, to: start + 2 * DAY, limit: 700, after });
          seen.push(...page.value);
          after = page.next;
          more = after !== undefined;
        }
        expect(seen).toEqual([...Array.from({ length: 5000 }, (_, i) => i), "the end"]);
        await pack(start + 3 * DAY);
      }
    });

    test("HI-12: readings from elsewhere are added once, however often they are given", async () => {
      for (let i = 0; i < 1000; i++) add("a", start + i * 1000, i);
      await pack(start + DAY);
      const given = Array.from({ length: 2000 }, (_, i) => ({ point: point("a"), at: start + i * 500, value: i / 2 }));
      const words = [true, "on", null].map((value, i) => ({ point: point("b"), at: start + i, value }));
      expect(await store.add([...given.toReversed(), ...words])).toEqual({ added: 1003, known: 1000 });
      expect(await store.add([...given, ...words])).toEqual({ added: 0, known: 2003 });
      expect((await store.range(point("a"), start, start + DAY, 5000)).value).toEqual(given.map((r) => r.value));
      expect((await store.range(point("b"), start, start + DAY, 10)).value).toEqual([true, "on", null]);
    });

    test("ST-25: forgetting takes exactly what is older of what was packed, and of its charts", async () => {
      aDay("a");
      await pack(start + 2 * DAY);
      const noon = start + DAY / 2;
      expect(await store.prune(noon + 500)).toBe(43_201);
      expect((await store.range(point("a"), 0, start + 2 * DAY, 1e6)).t[0]).toBe(noon + 1000);
      const [series] = await store.query({ points: [point("a")], from: start, to: start + DAY, width: 1440 });
      expect(numbersOf(series).t[0]).toBe(noon);
    });
  });
}
