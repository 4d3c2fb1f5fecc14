import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PointCommand, PointInfo } from "@/lib/point";
import { kindFor, kindsFor, tileKind, tileKinds } from "./registry";

const point = (rest: Partial<PointInfo>): PointInfo =>
  ({ id: "p", name: "P", registration: "p", origin: "store", broker: "main", operable: true, ...rest }) as PointInfo;
const command = (rest: Partial<PointCommand>): PointCommand => ({
  kind: "switch",
  assumed: false,
  send: "release",
  confirmMs: 5000,
  ...rest,
});

describe("the registry of tile kinds", () => {
  it("keeps the ids that stand in people's dashboards", () => {
    expect(tileKinds.map((k) => k.id)).toEqual(
      expect.arrayContaining(
        "button chart climate cover fan gauge light map number picture select slider status switch text value".split(
          " ",
        ),
      ),
    );
  });
  it("finds a kind by the name it had before", () => {
    const found = tileKind("toggle");
    expect(found.ok && found.value.id).toBe("switch");
  });
  it("lists the valid ids when there is no such kind", () => {
    const found = tileKind("hologram");
    expect(found.ok ? "" : found.error).toMatch(/no kind of tile "hologram".*value, gauge/);
  });
  it("has defaults for every kind's options", () => {
    for (const kind of tileKinds) expect(kind.options.parse(undefined).ok, kind.id).toBe(true);
  });
  it("names the option that cannot be read", () => {
    const result = tileKinds[0]?.options.parse({ trace: "often" });
    expect(result && !result.ok && result.error).toMatch(/^trace /);
  });
});

describe("the styles of tile kinds", () => {
  const folder = import.meta.dirname;
  const styles = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".css"));
  const common = [...readFileSync(join(folder, "common.css"), "utf8").matchAll(/@import "\.\/([^"]+)";/g)].map(
    ([, path]) => path ?? "",
  );
  it("come with the kind that they are for, each once, or are common to all", () => {
    const own = tileKinds.flatMap(({ id }) => {
      const imported = readFileSync(join(folder, id, "index.ts"), "utf8").matchAll(/^import "\.\/([^"]+\.css)";$/gm);
      return [...imported].map(([, path]) => join(id, path ?? ""));
    });
    expect([...own, ...common].toSorted()).toEqual(styles.filter((path) => path !== "common.css").toSorted());
  });
  it("have those of a value that nobody vouches for behind those of all controls", () => {
    expect(common.indexOf("controls/controls.css")).toBeLessThan(common.indexOf("composite/composite.css"));
    expect(common.at(-1)).toBe("controls/aged.css");
  });
});

describe("kindFor", () => {
  it.each<[string, Partial<PointInfo>]>([
    ["value", {}],
    ["value", { type: "number" }],
    ["value", { type: "number", range: [0, 100] }],
    ["gauge", { type: "number", range: [0, 100], thresholds: [{ above: 80, level: "warning" }] }],
    ["status", { type: "boolean" }],
    ["text", { type: "text" }],
    ["picture", { type: "text", holds: "picture" }],
    ["map", { type: "text", holds: "place" }],
    ["switch", { type: "boolean", command: command({ kind: "switch" }) }],
    ["switch", { command: command({ kind: "switch", assumed: true }) }],
    ["slider", { type: "number", command: command({ kind: "number", min: 0, max: 100 }) }],
    ["slider", { type: "number", range: [0, 254], command: command({ kind: "number" }) }],
    [
      "slider",
      {
        type: "number",
        range: [0, 9],
        thresholds: [{ above: 8, level: "warning" }],
        command: command({ kind: "number" }),
      },
    ],
    ["number", { type: "number", command: command({ kind: "number" }) }],
    ["select", { type: "text", command: command({ kind: "select", options: ["a"] }) }],
    ["button", { command: command({ kind: "button", assumed: true }) }],
    ["text", { type: "text", command: command({ kind: "text" }) }],
  ])("is %s for %j", (id, rest) => expect(kindFor(point(rest)).id).toBe(id));

  it("offers what fits first and never what cannot show the point", () => {
    expect(kindsFor(point({ type: "boolean" })).map((k) => k.id)).toEqual(["status", "value", "chart"]);
  });
});
