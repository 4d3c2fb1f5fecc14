import { describe, expect, it } from "vitest";
import { findMatches } from "./find";

const items = [
  { label: "Boiler pressure", note: "Basement", href: "/a" },
  { label: "House", note: "Dashboard", href: "/d/house" },
  { label: "Pressure, pump house", note: "Garden", href: "/b" },
];
const labels = (query: string) => findMatches(items, query, 10).map((item) => item.label);

describe("findMatches", () => {
  it("puts what starts with the query first", () => {
    expect(labels("press")).toEqual(["Pressure, pump house", "Boiler pressure"]);
    expect(labels("HOUSE")).toEqual(["House", "Pressure, pump house"]);
  });
  it("needs every word, in label or note", () => {
    expect(labels("pressure basement")).toEqual(["Boiler pressure"]);
    expect(labels("pressure attic")).toEqual([]);
  });
  it("answers the first ones while nothing is asked", () => {
    expect(findMatches(items, " ", 2)).toHaveLength(2);
  });
});
