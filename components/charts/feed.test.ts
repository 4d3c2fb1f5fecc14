import { describe, expect, it } from "vitest";
import type { Clock } from "@/lib/clock";
import type { PointId } from "@/lib/ids";
import type { Snapshot } from "@/lib/protocol";
import { asWording } from "@/lib/texts/said";
import { createLiveStore } from "../live/store";
import { createFeed, type FeedRequest, type Load } from "./feed";
import type { HistoryAnswer, HistoryRequest } from "./history";

const P = "p" as PointId;

function snapshot(): Snapshot {
  const info = {
    id: P,
    name: "P",
    registration: "p",
    origin: "store",
    broker: "main",
    operable: false,
    type: "number",
  };
  return {
    room: "r",
    epoch: "e",
    rev: 0,
    now: 0,
    points: [info],
    values: [[0, 1, 900, { freshness: "live", since: 0 }]],
    commands: [],
    brokers: [],
  } as unknown as Snapshot;
}

/** A page whose clock and server the test owns. */
function testBed() {
  let now = 0;
  const due = new Set<{ at: number; run: () => void }>();
  const timers: Clock = {
    now: () => now,
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      due.add(timer);
      return () => due.delete(timer);
    },
    every: () => () => undefined,
  };
  const requests: {
    points: readonly PointId[];
    request: HistoryRequest;
    signal: AbortSignal;
    answer(answer: HistoryAnswer): void;
  }[] = [];
  const load: Load = (points, request, signal) =>
    new Promise((resolve) => {
      requests.push({ points, request, signal, answer: (answer) => resolve(points.map(() => answer)) });
    });
  const store = createLiveStore(snapshot());
  const feed = createFeed(store, load, timers);
  let rev = 0;
  return {
    store,
    feed,
    requests,
    tick(ms: number) {
      now += ms;
      for (const timer of [...due]) if (timer.at <= now && due.delete(timer)) timer.run();
    },
    say(at: number, value: number) {
      store.applyFrame({ room: "r", epoch: "e", prev: rev, rev: ++rev, now: at, values: [[0, value, at]] });
    },
    async answer(i: number, t: number[], value = t) {
      requests[i]?.answer({ ok: true, value: { tier: "raw", t, value, before: null } });
      await settled();
    },
    times: () => feed.get().columns.get(P)?.t,
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const request = (from: number, to: number): FeedRequest => ({ points: [P], from, to, width: 100, moving: false });

describe("a chart's feed", () => {
  it("asks at once for the first span, with a margin, and shows the answer", async () => {
    const { feed, requests, answer, times } = testBed();
    feed.show(request(1000, 2000));
    feed.start();
    expect(requests.map(({ request }) => request)).toEqual([{ from: 750, to: 2250, width: 150 }]);
    expect(feed.get()).toMatchObject({ loading: true, shown: undefined });
    await answer(0, [1100, 1200]);
    expect(times()).toEqual([1100, 1200]);
    expect(feed.get()).toMatchObject({ loading: false, shown: { from: 1000, to: 2000 } });
  });

  it("CH-8: asks once for all lines, and once for those of a span laid beneath", async () => {
    const { feed, requests, answer } = testBed();
    const points = [P, "q" as PointId];
    feed.show({ ...request(1000, 2000), points, before: { from: 0, to: 1000, shifts: [] } });
    feed.start();
    expect(requests.map((one) => [one.points, one.request.from])).toEqual([
      [points, 750],
      [points, -250],
    ]);
    await answer(0, [1100]);
    await answer(1, [100]);
    expect(points.map((id) => feed.get().columns.get(id)?.t)).toEqual([[1100], [1100]]);
    expect(points.map((id) => feed.get().before.get(id)?.t)).toEqual([[100], [100]]);
  });

  it("waits until the hand rests, and keeps the old picture until the new one is there", async () => {
    const { feed, requests, answer, tick, times } = testBed();
    feed.show(request(1000, 2000));
    feed.start();
    await answer(0, [1100]);
    for (let i = 1; i <= 10; i++) {
      feed.show(request(1000 - i * 10, 2000));
      tick(50);
    }
    expect(requests).toHaveLength(1);
    tick(200);
    expect(requests.map(({ request }) => request.to - request.from)).toEqual([1500, 1650]);
    expect(times()).toEqual([1100]);
    await answer(1, [950, 1100]);
    expect(times()).toEqual([950, 1100]);
  });

  it("gives up a question that was overtaken, and never shows its answer", async () => {
    const { feed, requests, answer, tick, times } = testBed();
    feed.show(request(1000, 2000));
    feed.start();
    feed.show(request(0, 2000));
    tick(500);
    expect(requests[0]?.signal.aborted).toBe(true);
    await answer(1, [5]);
    await answer(0, [1111]);
    expect(times()).toEqual([5]);
  });

  it("appends what comes live, a second's worth at a time", async () => {
    const { feed, answer, say, tick, times } = testBed();
    feed.show(request(1000, 2000));
    feed.start();
    await answer(0, [1100]);
    let updates = 0;
    feed.subscribe(() => updates++);
    for (const at of [1200, 1300, 1400]) say(at, at);
    expect(updates).toBe(0);
    tick(1000);
    expect(updates).toBe(1);
    expect(times()).toEqual([1100, 1200, 1300, 1400]);
  });

  it("keeps what came while an answer was on its way, once", async () => {
    const { feed, answer, say, tick, times } = testBed();
    feed.show(request(1000, 2000));
    feed.start();
    say(1200, 1);
    say(1300, 2);
    tick(1000);
    await answer(0, [1100, 1200]);
    expect(times()).toEqual([1100, 1200, 1300]);
    tick(1000);
    expect(times()).toEqual([1100, 1200, 1300]);
  });

  it("CH-5: counts a reading that the answer has already only once in a bucket's mean", async () => {
    const { feed, requests, say, tick } = testBed();
    const mean = () => {
      const columns = feed.get().columns.get(P);
      return columns && columns.tier !== "raw" ? [columns.mean, columns.count] : undefined;
    };
    feed.show(request(1000, 2000));
    feed.start();
    say(1200, 10);
    say(1300, 40);
    tick(10);
    const bucket = { tier: "bucket", step: 1000, t: [1000], before: null } as const;
    requests[0]?.answer({
      ok: true,
      value: { ...bucket, min: [10], max: [10], mean: [10], count: [1], newest: 1200 },
    });
    await settled();
    expect(mean()).toEqual([[25], [2]]);
    say(1400, 70);
    tick(1000);
    expect(mean()).toEqual([[40], [3]]);
  });

  it("CH-6: draws what comes live less often where a pixel is long", async () => {
    const { feed, answer, say, tick } = testBed();
    const day = 86_400_000;
    feed.show({ ...request(0, day), width: 1000 });
    feed.start();
    await answer(0, [1100]);
    let updates = 0;
    feed.subscribe(() => updates++);
    for (let at = 1; at <= 30; at++) {
      say(day + at * 1000, at);
      tick(1000);
    }
    expect(updates).toBeGreaterThanOrEqual(3);
    expect(updates).toBeLessThanOrEqual(4);
  });

  it("says why it could not be read, and leaves what was there", async () => {
    const { feed, requests, answer, tick, times } = testBed();
    feed.show(request(1000, 2000));
    feed.start();
    await answer(0, [1100]);
    feed.show(request(0, 2000));
    tick(500);
    requests[1]?.answer({ ok: false, message: "the disk is full" });
    await settled();
    expect(feed.get().problem).toBe("the disk is full");
    expect(times()).toEqual([1100]);
  });

  it("asks again after a time out of touch: what was missed is in the server's history", async () => {
    const { feed, store, requests, answer } = testBed();
    feed.show(request(1000, 2000));
    feed.start();
    await answer(0, [1100]);
    store.setConnection({ state: "offline", since: 1, reason: asWording("gone") });
    store.setConnection({ state: "connecting" });
    expect(requests).toHaveLength(1);
    store.setConnection({ state: "live" });
    expect(requests).toHaveLength(2);
  });

  it("asks for a moving span anew only after a part of it has passed", async () => {
    const { feed, requests, answer, tick } = testBed();
    const hour = (to: number): FeedRequest => ({ points: [P], from: to - 3_600_000, to, width: 100, moving: true });
    feed.show(hour(0));
    feed.start();
    await answer(0, []);
    feed.show(hour(5000));
    tick(300_000);
    expect(requests).toHaveLength(1);
    tick(60_000);
    expect(requests).toHaveLength(2);
  });

  it("stops with its page", async () => {
    const { feed, requests, tick } = testBed();
    feed.show(request(1000, 2000));
    const stop = feed.start();
    stop();
    tick(1_000_000);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.signal.aborted).toBe(true);
  });
});
