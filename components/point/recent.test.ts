import { describe, expect, it } from "vitest";
import type { HistoryAnswer, HistoryAsk } from "../charts/history";
import { recentReadings } from "./recent";

const NOW = 1_800_000_000_000;

/** A server with a reading every so many ms, which answers buckets where there are more than fit. */
function server(every: number) {
  const asked: number[] = [];
  const load = async ({ from, to, width }: HistoryAsk): Promise<HistoryAnswer> => {
    asked.push(to - from);
    const t: number[] = [];
    for (let at = Math.ceil(from / every) * every; at < to && t.length <= width; at += every) t.push(at);
    if (t.length > width)
      return {
        ok: true,
        value: { tier: "bucket", step: 1, t: [], min: [], max: [], mean: [], count: [], before: null },
      };
    return { ok: true, value: { tier: "raw", t, value: t.map((at) => at), before: null } };
  };
  return { asked, load };
}

describe("recentReadings", () => {
  it.each([
    ["one a second, not known to be steady", 1000, undefined],
    ["one a second", 1000, 1000],
    ["forty a second", 25, undefined],
    ["one a day", 86_400_000, undefined],
  ])("are the newest hundred of a point with %s", async (_what, every, known) => {
    const { asked, load } = server(every);
    const answer = await recentReadings(load, { now: NOW, most: 100, every: known });
    const at = answer.ok ? answer.value.map((r) => r.at) : [];
    expect(at).toHaveLength(100);
    expect(at[0]).toBe(Math.floor(NOW / every) * every);
    expect(at[99]).toBe((at[0] as number) - 99 * every);
    expect(asked.length).toBeLessThanOrEqual(6);
  });
  it("are all there are where there are few", async () => {
    const { load } = server(40 * 86_400_000);
    const answer = await recentReadings(load, { now: NOW, most: 100, every: undefined });
    expect(answer.ok && answer.value.length).toBe(9);
  });
  it("say why they could not be had", async () => {
    const answer = await recentReadings(async () => ({ ok: false, message: "no" }), { now: NOW, most: 9, every: 1 });
    expect(answer).toEqual({ ok: false, message: "no" });
  });
});
