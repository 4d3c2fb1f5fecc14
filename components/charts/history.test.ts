import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PointId } from "@/lib/ids";
import { loadHistories } from "./history";

const ask = { from: 0, to: 1000, width: 100 };
const ids = (...names: string[]) => names as PointId[];

let asked: URL[] = [];
beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", async (address: string) => {
    const url = new URL(address, "http://telltale");
    asked.push(url);
    const points = url.searchParams.getAll("points");
    if (points.includes("gone"))
      return Response.json({ status: 404, title: "Not found", detail: 'There is no point "gone".' }, { status: 404 });
    const series = points.map((point) => ({
      point,
      history: { tier: "raw", t: [1], value: [point], before: null },
    }));
    return Response.json({ from: 0, to: 1000, series });
  });
});
afterEach(() => vi.unstubAllGlobals());

const valuesOf = (answers: Awaited<ReturnType<typeof loadHistories>>) =>
  answers.map((answer) => (answer.ok && answer.value.tier === "raw" ? answer.value.value[0] : answer));

test("CH-8: the lines of a chart are asked for at once, whatever their ids hold, and answered in their order", async () => {
  const points = ids("b", "a/x,y&z", "c ü");
  expect(valuesOf(await loadHistories(points, ask))).toEqual(points);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.pathname).toBe("/api/v1/history");
  expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toMatchObject({ from: "0", to: "1000", width: "100" });
});

test("CH-8: a point that is gone leaves the other lines, and says why it has none", async () => {
  const answers = await loadHistories(ids("a", "gone", "b"), ask);
  expect(valuesOf(answers)).toEqual(["a", { ok: false, message: 'There is no point "gone".' }, "b"]);
});

test.each([
  ["wider than the server answers at once", ids("a", "b", "c"), 20_000, 2],
  [
    "with ids longer than an address may be",
    ids(...["a", "b", "c", "d", "e"].map((name) => name.repeat(1024))),
    100,
    2,
  ],
  ["with long ids that are written as escapes", ids("ü".repeat(700), "a", "b"), 100, 2],
  ["of one point that is wider than all", ids("a", "b"), 60_000, 2],
])("CH-8: lines %s are asked for in parts", async (_, points, width, requests) => {
  expect(valuesOf(await loadHistories(points, { ...ask, width }))).toEqual(points);
  expect(asked).toHaveLength(requests);
  for (const { search } of asked) expect(search.length).toBeLessThan(8000);
});
