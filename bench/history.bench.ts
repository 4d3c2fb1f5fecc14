import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startTelltale } from "../e2e/server";
import { PointId } from "../lib/ids";
import { ColumnBuilder } from "../server/db/history/columns";
import { createChart } from "../server/db/sqlite/history/chart";
import { createHistoryReader } from "../server/db/sqlite/history/historyReader";
import { createReadingsFile } from "../server/db/sqlite/history/readingsFile";
import { startMosquitto } from "../server/testing/mosquitto";
import {
  DAY,
  factory,
  merged,
  noisy,
  openHistory,
  openPlain,
  random,
  SECOND,
  START,
  seconds,
  sensor,
  size,
  slow,
  steady,
  write,
} from "./readings";
import { report } from "./rows";

/**
 * What history costs at ten million readings, against plain SQLite with a row for each: writing, bytes, forgetting, and what a chart
 * waits for, in the file and over HTTP, up to a year of one reading a second.
 */
const YEAR = 365 * DAY;
const WIDTH = 1000;
const A_ROW_EACH = "plain SQLite, a row each";
const dir = mkdtempSync(path.join(tmpdir(), "telltale-bench-"));
/** What plain SQLite takes for the 24 h chart: ms, and its rows as JSON. */
let plainDay = { ms: Number.NaN, kilobytes: Number.NaN };
const file = (name: string) => path.join(dir, name);

/** The shortest of several, in ms. */
const best = (run: () => unknown) => {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 7; i++) {
    const from = process.hrtime.bigint();
    run();
    least = Math.min(least, seconds(from));
  }
  return least * 1000;
};

function bytesAReading(): void {
  for (const [name, source, judged] of [
    ["steady, 1 Hz, 2 decimals", steady("steady", 500_000), true],
    ["factory, every 5 min, 8 decimals", factory("factory", 100_000), true],
    ["noisy, 1 Hz with jitter, 2 decimals", noisy("noisy", 500_000), true],
    // Random in all of their 53 bits: nothing that keeps every one of them can be much shorter than eight bytes.
    ["random full doubles", sensor("double", 300_000, SECOND, 900, () => random() * 100), false],
  ] as const) {
    const history = openHistory(file(`${name}.db`));
    const plain = openPlain(file(`${name}.plain.db`));
    const { count } = write(source, history, plain);
    history.exec("VACUUM");
    report({
      what: `bytes a reading, roll-ups and all: ${name}`,
      value: size(history) / count,
      bare: size(plain) / count,
      of: A_ROW_EACH,
      unit: "B",
      ...(judged && { budget: "readingBytes" }),
    });
    history.close();
    plain.close();
  }
}

function tenMillion(): void {
  const history = openHistory(file("large.db"));
  const plain = openPlain(file("large.plain.db"));
  const days20 = (20 * DAY) / SECOND;
  const sensors = ["a", "b", "c", "d"].map((id) => steady(id, days20));
  const all = write(merged([...sensors, slow("year", YEAR / (10 * SECOND))]), history, plain);
  const millions = `${(all.count / 1e6).toFixed(0)} million readings`;
  const each = (took: number) => (took / all.count) * 1e6;
  report({
    what: `writing ${millions}, packing too`,
    value: each(all.history + all.tending),
    bare: each(all.plain),
    of: A_ROW_EACH,
    unit: "µs each",
  });
  report({
    what: `${millions}: bytes each`,
    value: size(history) / all.count,
    bare: size(plain) / all.count,
    of: A_ROW_EACH,
    unit: "B",
    budget: "readingBytes",
  });

  const chart = createChart(history, createHistoryReader(history));
  const byBuckets = plain.prepare(
    "SELECT t / CAST(? AS INTEGER) AS bucket, min(num), max(num), avg(num), count(*) FROM plain WHERE point = ? AND t >= ? AND t < ? GROUP BY bucket",
  );
  for (const [what, id, span] of [
    ["1 h of 1 Hz", "a", 3_600_000],
    ["24 h of 1 Hz", "a", DAY],
    ["7 d of 1 Hz", "a", 7 * DAY],
    ["20 d of 1 Hz", "a", 20 * DAY],
    ["30 d of 0.1 Hz", "year", 30 * DAY],
    ["a year of 0.1 Hz", "year", YEAR],
  ] as const) {
    const from = START + (span === YEAR ? 0 : 30_000);
    const points = [PointId.parse(id)];
    const ask = () => byBuckets.all(Math.ceil(span / WIDTH), all.numberOf(id), from, from + span);
    const bare = best(ask);
    if (what === "24 h of 1 Hz") plainDay = { ms: bare, kilobytes: JSON.stringify(ask()).length / 1000 };
    report({
      what: `${millions}: chart of ${what}, ${WIDTH} px`,
      value: best(() => chart.query(points, from, from + span, WIDTH)),
      bare,
      of: "plain SQLite, GROUP BY",
      unit: "ms",
    });
  }
  forgetting(history, millions);
  history.close();
  plain.close();
}

/** Readings go on arriving while nearly all are forgotten: how long the longest of them waits. */
function forgetting(history: ReturnType<typeof openHistory>, millions: string): void {
  const readings = createReadingsFile(history);
  const point = PointId.parse("a");
  const now = START + 800 * DAY;
  const append = (i: number) => {
    const builder = new ColumnBuilder(100);
    for (let k = 0; k < 100; k++) builder.add({ point, at: now + i * 1000 + k, value: k });
    readings.insert(builder.take());
  };
  let longest = 0;
  let appended = 0;
  const began = process.hrtime.bigint();
  const steps = readings.prune(now - DAY);
  for (;;) {
    const from = process.hrtime.bigint();
    const done = steps.next().done;
    append(appended++);
    longest = Math.max(longest, seconds(from));
    if (done) break;
  }
  report({
    what: `forgetting ${millions}: the longest that an append waits`,
    value: longest * 1000,
    unit: `ms (${appended} turns, ${seconds(began).toFixed(1)} s in all)`,
  });
}

/** The production build over a year of one reading a second. */
async function overHttp(): Promise<void> {
  const data = mkdtempSync(path.join(dir, "data-"));
  const history = openHistory(path.join(data, "history.db"));
  const { count } = write(steady("a", YEAR / SECOND), history);
  report({
    what: `a year at 1 Hz, ${(count / 1e6).toFixed(1)} million readings: file`,
    value: size(history) / 1e6,
    unit: "MB",
  });
  history.close();

  const mosquitto = await startMosquitto();
  const yaml = JSON.stringify({
    brokers: [{ id: "main", url: mosquitto.url }],
    topics: [{ id: "a", filter: "a", type: "number", history: { raw: "4000d" } }],
  });
  const env = { TELLTALE_DATA: data, TELLTALE_ANONYMOUS: "viewer", LOG_LEVEL: "warn" };
  const telltale = await startTelltale({ yaml, env });
  try {
    // The server's very first answers are those of any program that has just begun.
    for (let i = 1; i <= 5; i++)
      await (await fetch(`${telltale.url}/api/v1/points/a/history?from=${START}&to=${START + i * 3_600_000}`)).json();
    for (const [what, span, budget, bytesBudget] of [
      ["24 h", DAY, "chartServer", "chartBytes"],
      ["30 d", 30 * DAY, "longChart", "longChartBytes"],
      ["a year", YEAR, "longChart", "longChartBytes"],
    ] as const) {
      // A hundred days on: not what was written last, and in no cache.
      const from = span === YEAR ? START : START + 100 * DAY;
      const url = `${telltale.url}/api/v1/points/a/history?from=${from}&to=${from + span}&width=${WIDTH}`;
      const times: number[] = [];
      let bytes = 0;
      for (let i = 0; i < 7; i++) {
        const began = performance.now();
        const answer = await fetch(url);
        bytes = (await answer.arrayBuffer()).byteLength;
        times.push(performance.now() - began);
        if (!answer.ok) throw new Error(`the history answered ${answer.status}`);
      }
      const name = `over HTTP, ${what} of 1 Hz, ${WIDTH} px`;
      report({
        what: `${name}: the first time`,
        value: times[0] ?? Number.NaN,
        unit: "ms",
        ...(span === DAY && { bare: plainDay.ms, of: "plain SQLite, GROUP BY" }),
        budget,
      });
      report({ what: `${name}: again`, value: Math.min(...times), unit: "ms" });
      report({
        what: `${name}: answer`,
        value: bytes / 1000,
        unit: "kB",
        ...(span === DAY && { bare: plainDay.kilobytes, of: "its rows as JSON" }),
        budget: bytesBudget,
      });
    }
  } finally {
    await telltale.dispose();
    await mosquitto.stop();
  }
}

try {
  bytesAReading();
  tenMillion();
  await overHttp();
} finally {
  rmSync(dir, { recursive: true, force: true });
}
