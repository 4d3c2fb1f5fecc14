import { expect, test } from "vitest";
import { changedFields } from "./changedFields";

test("CF-104: what differs is named, whatever the order of members", () => {
  const before = { name: "Boiler", unit: "°C", range: [0, 1], payloads: { on: "1", off: "0" } };
  expect(
    changedFields(before, { payloads: { off: "0", on: "1" }, range: [0, 2], name: "Boiler", area: "Cellar" }),
  ).toEqual(["unit", "range", "area"]);
  expect(changedFields(before, { ...before })).toEqual([]);
});
