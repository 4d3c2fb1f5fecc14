import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { PointId } from "../../../lib/ids";
import { saying } from "../../../lib/texts/said.harness";
import { systemClock } from "../../clock";
import { openHistory } from "../sqlite/openHistory";
import { type HistoryWorker, type StartHistoryWorker, startHistoryWorker } from "../startHistoryWorker";

test("ST-32: when the thread dies, nothing that waits is lost: another one takes over", async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "telltale-writer-"));
  const log = { debug() {}, info() {}, warn() {}, error: vi.fn() };
  const threads: HistoryWorker[] = [];
  const startWorker: StartHistoryWorker = (settings) => {
    const thread = startHistoryWorker(settings);
    threads.push(thread);
    return thread;
  };
  const opened = await openHistory({ dataDir, log, clock: systemClock, startWorker });
  if (!opened.ok) throw new Error(opened.error);
  const store = opened.value;
  const point = PointId.parse("a");

  for (let i = 0; i < 20_000; i++) store.append({ point, at: i, value: i });
  const asked = store.prune(0);
  const refused = expect(asked).rejects.toThrow(/thread ended/);
  await threads[0]?.terminate();
  await refused;
  expect(store.counters()).toMatchObject({ fault: saying(/thread ended/) });
  expect(log.error).toHaveBeenCalled();

  for (let i = 20_000; i < 21_000; i++) store.append({ point, at: i, value: i });
  await vi.waitUntil(() => store.counters().pending === 0, { timeout: 60_000, interval: 20 });
  expect(store.counters()).toEqual({ stored: 21_000, pending: 0, lost: 0 });
  expect((await store.range(point, 0, 1e6, 1e6)).t).toEqual(Array.from({ length: 21_000 }, (_, i) => i));
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});
