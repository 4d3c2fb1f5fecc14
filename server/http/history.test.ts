import { request } from "node:http";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { longestTurn } from "../../fuzz/cpu";
import { HELD } from "../../fuzz/target";
import type { AuditEntry } from "../../lib/api";
import { PointId } from "../../lib/ids";
import type { Value } from "../../lib/reading";
import type { HistoryPage } from "../ports";
import { type ApiServer, PASSWORD, startApiServer } from "../testing/apiServer";
import { emptyReport, importHistory } from "./importHistory";

let server: ApiServer;
let admin: string;
let viewer: string;
beforeAll(async () => {
  server = await startApiServer({
    topics: [
      { id: "boiler", filter: "plant/boiler", type: "number" },
      { id: "press", filter: "presses/+" },
      { id: "door", filter: "plant/door", type: "boolean" },
      { id: "note", filter: "plant/note", type: "text" },
      { id: "tank", filter: "plant/tank", unit: "m" },
    ],
  });
  server.say("presses/a,b", "1");
  await server.people.create({ username: "viewer", password: PASSWORD, role: "viewer" });
  admin = await server.signIn();
  viewer = await server.signIn("viewer");
  const add = (id: string, at: number, value: Value) => server.history.append({ point: PointId.parse(id), at, value });
  for (let i = 0; i < 5000; i++) add("boiler", i * 1000, i === 777 ? 99 : 20);
  for (const [i, value] of [1.5, -2, null].entries()) add("press/a,b", i * 1000, value);
  for (const [i, value] of ["=cmd|' /C calc'!A0", "plain", 'a "quote", and\nlines', ""].entries())
    add("note", i * 1000, value);
});
afterAll(() => server.stop());

const get = (path: string, cookie = viewer) => server.ask(`/api/v1/${path}`, { cookie });
const post = (path: string, body: string, headers = {}) =>
  server.ask(`/api/v1/${path}`, {
    method: "POST",
    cookie: admin,
    body,
    headers: { "content-type": "text/csv", ...headers },
  });

test("HI-7: at most `width` buckets, with the spike in one of them", async () => {
  const { json } = await get("points/boiler/history?from=0&to=5000000&width=100");
  expect(json).toMatchObject({ tier: "1m", step: 60_000, before: null });
  expect(json.t.length).toBe(84);
  expect(Math.max(...json.max)).toBe(99);
  expect(json.max[12]).toBe(99);
});

test("the newest readings before a moment, oldest first", async () => {
  const { json } = await get(`points/${encodeURIComponent("press/a,b")}/readings?before=2000&limit=5`);
  expect(json).toEqual({ t: [0, 1000], value: [1.5, -2] });
  expect((await get("points/boiler/readings?limit=3")).json.t).toEqual([4_997_000, 4_998_000, 4_999_000]);
});

test("HI-13: several points in one answer, in the order asked for", async () => {
  const { json } = await get(
    `history?points=door&points=boiler&points=${encodeURIComponent("press/a,b")}&from=0&to=3000`,
  );
  expect(json).toMatchObject({ from: 0, to: 3000 });
  expect(json.series.map((s: { point: string }) => s.point)).toEqual(["door", "boiler", "press/a,b"]);
  expect(json.series[2].history).toEqual({ tier: "raw", t: [0, 1000, 2000], value: [1.5, -2, null], before: null });
  expect((await get("history?points=boiler&from=0&to=3000")).json.series).toHaveLength(1);
});

test.each([
  ["history", 400, "?points"],
  [`history?${Array.from({ length: 51 }, () => "points=boiler").join("&")}`, 400, "?points"],
  ["history?points=boiler&points=door&width=10000&points=a&points=b&points=c&points=d", 400, "?width"],
  ["history?points=boiler&from=0&to=9e15", 400, "?to"],
  ["history?points=boiler&from=0&to=9000000000000", 400, "?from"],
  ["history?points=boiler&points=nobody", 404, undefined],
  ["history/export?points=nobody", 404, undefined],
  ["history/export?points=boiler&format=xlsx", 400, "?format"],
])("HI-13, AC-13: GET %s is refused", async (path, status, pointer) => {
  const answer = await get(path);
  expect([answer.status, answer.json.errors?.[0].pointer]).toEqual([status, pointer]);
});

test("EX-1, EX-3: an export as CSV and as JSON Lines holds every reading", async () => {
  const note = await get("history/export?points=note&from=0&to=10000");
  expect(note.headers["content-type"]).toMatch(/^text\/csv/);
  expect(note.headers["content-disposition"]).toBe('attachment; filename="telltale-history-1970-01-01.csv"');
  expect(note.text).toBe(
    [
      "point,time,value",
      "note,1970-01-01T00:00:00.000Z,'=cmd|' /C calc'!A0",
      "note,1970-01-01T00:00:01.000Z,plain",
      'note,1970-01-01T00:00:02.000Z,"a ""quote"", and\nlines"',
      'note,1970-01-01T00:00:03.000Z,""',
      "",
    ].join("\r\n"),
  );
  const both = await get(
    `history/export?points=${encodeURIComponent("press/a,b")}&points=door&format=jsonl&from=0&to=10000`,
  );
  expect(both.headers["content-type"]).toMatch(/^application\/jsonl/);
  expect(
    both.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { point: "press/a,b", t: 0, value: 1.5 },
    { point: "press/a,b", t: 1000, value: -2 },
    { point: "press/a,b", t: 2000, value: null },
  ]);
  expect((await get("history/export?points=boiler&from=0&to=1000000000")).text.trimEnd().split("\r\n")).toHaveLength(
    5001,
  );
});

test("EX-4: what was exported can be imported elsewhere, and again, and comes out the same", async () => {
  const path = `history/export?points=note&points=boiler&points=${encodeURIComponent("press/a,b")}&from=0&to=1000000000`;
  const csv = (await get(path)).text;
  const other = await startApiServer({
    topics: [
      { id: "boiler", filter: "a" },
      { id: "press", filter: "b/+" },
      { id: "note", filter: "c", type: "text" },
    ],
  });
  other.say("a", "20");
  other.say("b/a,b", "1");
  const cookie = await other.signIn();
  const send = () =>
    other.ask("/api/v1/history/import", { method: "POST", cookie, body: csv, headers: { "content-type": "text/csv" } });
  const rows = { dryRun: false, rows: 5007, refused: 0, reasons: [], unknown: [], points: 3, from: 0, to: 4_999_000 };
  expect((await send()).json).toEqual({ ...rows, added: 5007, known: 0 });
  expect((await send()).json).toEqual({ ...rows, added: 0, known: 5007 });
  expect((await other.ask(`/api/v1/${path}`, { cookie })).text).toBe(csv);
  expect((await other.store.audit({ limit: 1 }))[0]).toMatchObject({ action: "history.import", actor: "admin" });
  await other.stop();
});

test("EX-5, EX-100: an import tells each line that does not fit, and a dry run changes nothing", async () => {
  const body = [
    "value;point;time".replaceAll(";", ","),
    "21.5,boiler,1970-01-02T00:00:00Z",
    "cold,boiler,1970-01-02T00:00:01Z",
    "1,nobody,1970-01-02T00:00:00Z",
    "1,boiler,yesterday",
    "1,boiler,2999-01-01",
    "1,boiler",
    "",
    "maybe,door,1000",
    "on,door,86400000",
    ",boiler,86402000",
  ].join("\n");
  const reasons = [
    { line: 3, reason: '"cold" is no number, and this point\'s values are' },
    { line: 4, reason: 'there is no point "nobody"' },
    { line: 5, reason: '"yesterday" is no time in ISO 8601 or epoch milliseconds' },
    { line: 6, reason: "2999-01-01T00:00:00.000Z lies in the future" },
    { line: 7, reason: "it has 2 cells where the first line names 3" },
    { line: 9, reason: '"maybe" is neither true nor false' },
  ];
  const dry = await post("history/import?dryRun=true", body);
  expect(dry.json).toEqual({
    dryRun: true,
    rows: 9,
    added: 0,
    known: 0,
    refused: 6,
    reasons,
    unknown: [{ point: "nobody", rows: 1 }],
    points: 2,
    from: 86_400_000,
    to: 86_402_000,
  });
  const day = [86_400_000, 90_000_000] as const;
  expect((await server.history.range(PointId.parse("boiler"), ...day, 10)).t).toEqual([]);
  expect((await post("history/import", body)).json).toEqual({ ...dry.json, dryRun: false, added: 3 });
  expect((await server.history.range(PointId.parse("boiler"), ...day, 10)).value).toEqual([21.5, null]);
  expect((await server.history.range(PointId.parse("door"), ...day, 10)).value).toEqual([true]);
});

test("EX-10: a line with more or fewer cells than the first is refused with its number, and read by halves never", async () => {
  const body = "point,time,value\nboiler,100000000,7,25\nboiler,100001000\nboiler,100002000,7\n";
  const { json } = await post("history/import", body);
  expect(json).toMatchObject({ rows: 3, added: 1, refused: 2 });
  expect(json.reasons).toEqual([
    { line: 2, reason: expect.stringMatching(/4 cells where the first line names 3.*quotes/) },
    { line: 3, reason: expect.stringMatching(/2 cells where the first line names 3/) },
  ]);
});

let second = 0;
test.each([
  ["0,75", 0.75],
  ["-12,5", -12.5],
  ["0,123", 0.123],
  ["12,3456", 12.3456],
  ["1,234", /two numbers/],
  ["1,2,3", /no number/],
  ["x".repeat(1000), /no number/],
])("EX-11: %j of a point that measures is a number or refused, never text", async (text, expected) => {
  const at = 200_000_000 + second++ * 1000;
  const { json } = await post("history/import?dryRun=false", `point,time,value\ntank,${at},"${text}"\n`);
  const stored = (await server.history.range(PointId.parse("tank"), at, at + 1, 2)).value;
  if (typeof expected === "number") {
    expect(json).toMatchObject({ added: 1, refused: 0 });
    expect(stored).toEqual([expected]);
  } else {
    expect(json).toMatchObject({ added: 0, reasons: [{ line: 2, reason: expect.stringMatching(expected) }] });
    expect(stored).toEqual([]);
  }
});

test("EX-12: 24 MB of commas are refused at once", async () => {
  const commas = await post("history/import", `point,time,value\n${",".repeat(24_000_000)}`);
  expect([commas.status, commas.json.detail]).toEqual([
    400,
    expect.stringMatching(/line 2: it has more than 100 cells/),
  ]);
});

test("EX-12: the event loop has its turn after each 10 ms of an import", async () => {
  let time = 0;
  /** Each row takes a millisecond. */
  const get = (id: PointId) => {
    time++;
    return server.live.get(id);
  };
  const live = { ...server.live, get };
  const body = Readable.from([Buffer.from(`point,time,value\n${"nobody,0,1\n".repeat(1000)}`)]);
  const turns = [0];
  const look = (): void => {
    turns.push(time);
    if (time < 1000) setImmediate(look);
  };
  const clock = vi.spyOn(performance, "now").mockImplementation(() => time);
  setImmediate(look);
  await importHistory({ body, live, history: server.history, now: 0, report: emptyReport(true) });
  clock.mockRestore();
  turns.push(time);
  expect(time).toBe(1000);
  expect(Math.max(...turns.map((at, i) => at - (turns[i - 1] ?? 0)))).toBe(10);
});

test.each([
  ["short lines", ",\n"],
  ["empty lines", "\n"],
  ["lines of many pieces", `${`${"x".repeat(60_000)},`.repeat(30)}\n`],
])("EX-12, HB-1: %s without end do not hold the event loop", async (_, line) => {
  const piece = Buffer.from(line.repeat(Math.max(1, Math.round(64_000 / line.length))));
  async function* body() {
    yield Buffer.from("point,time,value\n");
    for (let sent = 0; sent < 3_200_000; sent += piece.byteLength)
      for (let at = 0; at < piece.byteLength; at += 64_000) yield piece.subarray(at, at + 64_000);
  }
  let longest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 4 && longest > HELD; run++) {
    const report = emptyReport(false);
    const turn = await longestTurn(() =>
      importHistory({ body: body(), live: server.live, history: server.history, now: 0, report }),
    );
    expect(report.added).toBe(0);
    longest = Math.min(longest, turn);
  }
  expect(longest).toBeLessThanOrEqual(HELD);
});

test("EX-101: an import that breaks off stands in the audit, with what it added before", async () => {
  let tellAdded = (): void => undefined;
  let tellNoted = (_entry: Omit<AuditEntry, "id">): void => undefined;
  const added = new Promise<void>((resolve) => {
    tellAdded = resolve;
  });
  const noted = new Promise<Omit<AuditEntry, "id">>((resolve) => {
    tellNoted = resolve;
  });
  const other = await startApiServer({
    history: (real) => ({ ...real, add: (readings) => real.add(readings).finally(tellAdded) }),
    topics: [{ id: "boiler", filter: "a" }],
  });
  const write = other.store.appendAudit;
  other.store.appendAudit = async (entry) => {
    await write(entry);
    if (entry.action === "history.import") tellNoted(entry);
  };
  const cookie = await other.signIn();
  const req = request(`${other.home}/api/v1/history/import`, {
    method: "POST",
    headers: { cookie, origin: other.home, "content-type": "text/csv", "content-length": "1000000" },
  });
  req.on("error", () => undefined);
  req.write(`point,time,value\n${Array.from({ length: 2500 }, (_, i) => `boiler,${i * 1000},1\n`).join("")}`);
  await added;
  req.destroy();
  expect(await noted).toMatchObject({
    action: "history.import",
    actor: "admin",
    detail: { added: 2000, brokenOff: true },
  });
  await other.stop();
});

test.each([
  ["", {}, 400, /empty/],
  ["a,b,c\n1,2,3\n", {}, 400, /point,time,value/],
  ['point,time,value\n"boiler,1,2\n', {}, 400, /line 2: a quote/],
  ["point,time,value\n", { "content-type": "application/json" }, 415, /text\/csv/],
])("EX-5: %j is refused as a file", async (body, headers, status, reason) => {
  const answer = await post("history/import", body, headers);
  expect([answer.status, answer.json.detail]).toEqual([status, expect.stringMatching(reason)]);
});

test("EX-1: an export is read no faster than it is taken", async () => {
  let pages = 0;
  const t = Array.from({ length: 5000 }, (_, i) => i);
  const value = t.map(() => "x".repeat(100));
  const other = await startApiServer({
    history: (real) => ({
      ...real,
      async page(): Promise<HistoryPage> {
        pages++;
        return { t, value, next: { t: 0, taken: 0 } };
      },
    }),
    topics: [{ id: "boiler", filter: "a" }],
  });
  const cookie = await other.signIn();
  await new Promise<void>((done, failed) => {
    const req = request(`${other.home}/api/v1/history/export?points=boiler`, { headers: { cookie } }, (res) => {
      res.pause();
      const settled = () => {
        const before = pages;
        setTimeout(() => (pages === before && pages > 0 ? done() : settled()), 100);
      };
      settled();
    });
    req.on("error", failed);
    req.end();
  });
  expect(pages).toBeLessThan(50);
  await other.stop();
});
