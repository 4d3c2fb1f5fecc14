import { describe, expect, test } from "vitest";
import { asWording } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import { beat, type Evidence, judge, newCadence, paceOf, pause, readingInterval, silenceLimit } from "./staleness";

/** A cadence that has heard readings at these moments (seconds). */
function heard(seconds: readonly number[]) {
  const cadence = newCadence();
  for (const s of seconds) beat(cadence, s * 1000);
  return cadence;
}

const every = (interval: number, count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, i) => from + i * interval);

describe("the pace of a point", () => {
  const cases: { rule: string; at: number[]; limit: number | undefined; interval?: number }[] = [
    {
      rule: "LV-12: a reading a second for a minute is a pace; ten seconds is the shortest silence",
      at: every(1, 62),
      limit: 10_000,
      interval: 1000,
    },
    { rule: "LV-12: fifty seconds of it are not", at: every(1, 51), limit: undefined },
    {
      rule: "LV-12: every ten seconds: thirty of them, stale after thirty",
      at: every(10, 30),
      limit: 30_000,
      interval: 10_000,
    },
    { rule: "LV-12: twenty-nine of them are too few", at: every(10, 29), limit: undefined },
    {
      rule: "LV-12: every five minutes: ten of them, stale after fifteen",
      at: every(300, 10),
      limit: 900_000,
      interval: 300_000,
    },
    { rule: "LV-12: nine of them are too few", at: every(300, 9), limit: undefined },
    { rule: "LV-12: every half minute: what spans ten minutes", at: every(30, 21), limit: 90_000, interval: 30_000 },
    { rule: "LV-12: ten a second count by beats of a second", at: every(0.1, 650), limit: 10_000, interval: 100 },
    { rule: "LV-12: two a second, at the edge of a beat", at: every(0.4999, 140), limit: 10_000, interval: 500 },
    {
      rule: "LV-12: two messages at once every minute are one beat",
      at: every(60, 12).flatMap((s) => [s, s + 0.2]),
      limit: 180_000,
      interval: 30_000,
    },
    {
      rule: "LV-12: a little jitter is still a pace",
      at: every(10, 31).map((s, i) => s + ([0, 0.4, -0.2, 0.5, -0.1][i % 5] ?? 0)),
      limit: 30_000,
    },
    { rule: "LV-13: one that speaks on change has none", at: [0, 7, 9, 60, 61.5, 200, 900, 910], limit: undefined },
    { rule: "LV-13: a slider moved for three seconds has none", at: every(0.1, 30), limit: undefined },
    {
      rule: "LV-13: a lamp that reports thirty times while it is dimmed has none",
      at: every(0.25, 30),
      limit: undefined,
    },
    {
      rule: "LV-13: nor has one that is dimmed again and again",
      at: [0, 100, 190, 420, 430].flatMap((from) => every(0.25, 60, from)),
      limit: undefined,
    },
    {
      rule: "LV-15: one lost message among many leaves the pace",
      at: [...every(10, 20), ...every(10, 14, 210)],
      limit: 30_000,
    },
    { rule: "LV-15: one lost message among few does not make one", at: [0, 10, 20, 50, 60, 70], limit: undefined },
  ];
  test.each(cases)("$rule", ({ at, limit, interval }) => {
    const cadence = heard(at);
    const found = silenceLimit("auto", cadence);
    if (limit === undefined) expect(found).toBeUndefined();
    else expect(Math.abs((found ?? 0) - limit)).toBeLessThan(limit * 0.05);
    if (interval) expect(Math.abs((readingInterval(cadence) ?? 0) - interval)).toBeLessThan(interval * 0.1);
  });

  test("LV-12: another pace is learned anew", () => {
    const cadence = heard([...every(10, 31), ...every(60, 25, 370)]);
    expect(silenceLimit("auto", cadence)).toBe(180_000);
  });

  test("LV-15: what was missed while the broker was away is not the device's silence", () => {
    const cadence = heard(every(10, 31));
    pause(cadence);
    for (const s of every(10, 3, 5000)) beat(cadence, s * 1000);
    expect(silenceLimit("auto", cadence)).toBe(30_000);
  });

  test("LV-33: a pace that is remembered is one from the first reading on, and forgives a lost message", () => {
    const pace = paceOf(heard(every(10, 31).flatMap((s) => [s, s + 0.2])));
    expect(pace?.readings).toBeCloseTo(2, 0);
    const cadence = newCadence(pace);
    for (const s of [0, 10, 30, 40]) beat(cadence, s * 1000);
    expect(silenceLimit("auto", cadence)).toBe(30_000);
    expect(readingInterval(cadence)).toBeGreaterThan(4900);
    expect(silenceLimit("auto", newCadence(undefined))).toBeUndefined();
  });

  test("LV-14, LV-11: never and a duration do not look at the pace", () => {
    expect(silenceLimit("never", heard(every(1, 60)))).toBeUndefined();
    expect(silenceLimit(2500, newCadence())).toBe(2500);
  });
});

describe("how far a value can be trusted", () => {
  const NOW = 1_000_000;
  const evidence = (more: Partial<Evidence>): Evidence => ({
    staleAfter: "auto",
    cadence: newCadence(),
    broker: undefined,
    device: undefined,
    source: { kind: "reading", heardAt: NOW - 5000 },
    ...more,
  });
  const steady = heard(every(10, 31));
  const gone = { since: 5, reason: asWording("broker main: refused") };
  const lwt = { since: 7, reason: asWording("the device is offline, reported on a/lwt") };

  const cases: { rule: string; given: Partial<Evidence>; freshness: string; since?: number; reason?: RegExp }[] = [
    {
      rule: "LV-10: the broker before all",
      given: { broker: gone, device: lwt },
      freshness: "offline",
      since: 5,
      reason: /broker main/,
    },
    {
      rule: "LV-10: then the device",
      given: { device: lwt, source: { kind: "none", since: 1 } },
      freshness: "offline",
      since: 7,
      reason: /lwt/,
    },
    {
      rule: "LV-10: never seen is unknown",
      given: { source: { kind: "none", since: 3 } },
      freshness: "unknown",
      since: 3,
      reason: /nothing received/,
    },
    {
      rule: "LV-19: remembered is stale whatever its staleAfter",
      given: { staleAfter: "never", source: { kind: "remembered", since: 3 } },
      freshness: "stale",
      reason: /before the restart/,
    },
    {
      rule: "LV-101: retained with a duration is stale until a fresh reading",
      given: { staleAfter: 60_000, source: { kind: "retained", heardAt: NOW } },
      freshness: "stale",
      reason: /unknown age/,
    },
    {
      rule: "LV-101: retained without one is what the broker says",
      given: { source: { kind: "retained", heardAt: 0 } },
      freshness: "live",
    },
    { rule: "LV-11: within the duration", given: { staleAfter: 5001 }, freshness: "live" },
    {
      rule: "LV-11: past the duration",
      given: { staleAfter: 5000 },
      freshness: "stale",
      since: NOW,
      reason: /longer than 5 s/,
    },
    {
      rule: "LV-12: within three intervals",
      given: { cadence: steady, source: { kind: "reading", heardAt: NOW - 29_999 } },
      freshness: "live",
    },
    {
      rule: "LV-12: past three intervals",
      given: { cadence: steady, source: { kind: "reading", heardAt: NOW - 30_000 } },
      freshness: "stale",
      reason: /30 s/,
    },
    {
      rule: "LV-13: silence of one that speaks on change",
      given: { source: { kind: "reading", heardAt: 0 } },
      freshness: "live",
      since: 0,
    },
    {
      rule: "LV-14: never",
      given: { staleAfter: "never", cadence: steady, source: { kind: "reading", heardAt: 0 } },
      freshness: "live",
    },
  ];
  test.each(cases)("$rule", ({ given, freshness, since, reason }) => {
    const judgement = judge(evidence(given), NOW);
    expect(judgement.freshness).toBe(freshness);
    if (since !== undefined) expect(judgement.since).toBe(since);
    if (reason) expect(judgement.reason).toEqual(saying(reason));
    else expect(judgement.reason).toBeUndefined();
  });
});
