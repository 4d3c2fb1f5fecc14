import { expect, it } from "vitest";
import { exportPath } from "./exportPath";

it("an export's address names each point, whatever is in its id", () => {
  const url = new URL(exportPath(["a/b c", "x,y&z"], { from: 10.4, to: 20.2 }, "csv"), "http://house");
  expect(url.pathname).toBe("/api/v1/history/export");
  expect(url.searchParams.getAll("points")).toEqual(["a/b c", "x,y&z"]);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ from: "10", to: "21", format: "csv" });
});
