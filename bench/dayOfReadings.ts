import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PointId } from "../lib/ids";
import { DAY, merged, openHistory, type Source, write } from "./readings";
import { startTestBed, type TestBed } from "./testBed";

function* lastDay(id: string): Source {
  const point = PointId.parse(id);
  const now = Date.now();
  for (let at = now - DAY; at < now; at += 1000)
    yield { point, at, value: Math.round(2000 + 500 * Math.sin(at / 4e6) + 40 * Math.sin(at / 9000)) / 100 };
}

/** A test bed whose dashboard has nothing but charts of 24 h, each with a day of one reading a second. */
export async function startCharts(count: number): Promise<TestBed> {
  const data = mkdtempSync(path.join(tmpdir(), "telltale-bench-"));
  const history = openHistory(path.join(data, "history.db"));
  write(merged(Array.from({ length: count }, (_, i) => lastDay(`p${i}`))), history);
  history.close();
  const bed = await startTestBed({ points: count, charts: true, env: { TELLTALE_DATA: data } });
  return {
    ...bed,
    async stop() {
      await bed.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
