import { describe, expect, it } from "vitest";
import type { PointInfo } from "../point";
import { glyphOf } from "./glyphOf";
import { BUILT_IN } from "./tables";

const point = (rest: Partial<PointInfo> & { icon?: string }) =>
  ({ name: "P", ...rest }) as Parameters<typeof glyphOf>[0];

describe("LK-1: a point has the glyph that was chosen, else one of its kind, its name, its unit or its control", () => {
  it.each<[string, Partial<PointInfo>]>([
    ["thermometer", { name: "Outside temperature", unit: "°C" }],
    ["thermometer", { name: "Living room", unit: "°C" }],
    ["gauge", { name: "Boiler pressure", unit: "bar" }],
    ["snowflake", { name: "Freezer", unit: "°C" }],
    ["smoke-detector", { name: "Attic", deviceClass: "smoke" }],
    ["molecule-co2", { name: "Office", deviceClass: "carbon_dioxide", unit: "ppm" }],
    ["battery", { name: "House battery", unit: "%" }],
    ["percent-outline", { name: "Level", unit: "%" }],
    ["pump", { name: "Circulation pump", type: "boolean" }],
    ["lightbulb", { name: "Büro", part: { kind: "light", role: "power", of: "a" } }],
    ["roller-shade", { name: "Büro", part: { kind: "cover", role: "position", of: "a" } }],
    ["toggle-switch-outline", { name: "Q1", command: { kind: "switch" } as PointInfo["command"] }],
    ["camera", { name: "Front door", holds: "picture" }],
    ["circle-outline", { type: "boolean" }],
    ["text-short", { type: "text" }],
    ["numeric", {}],
  ])("%s for %j", (glyph, rest) => {
    expect(glyphOf(point(rest))).toBe(glyph);
    expect(BUILT_IN).toContain(glyph);
  });
  it("names the usual one before its own, which stands in for an unknown name", () => {
    expect(glyphOf(point({ name: "Sofa", unit: "°C", icon: "mdi:sofa" }))).toBe("thermometer/sofa");
    expect(glyphOf(point({ unit: "°C", icon: "mdi:thermometer" }))).toBe("thermometer");
  });
});
