import fc from "fast-check";
import { query } from "jsonpath-rfc9535";
import { describe, expect, it } from "vitest";
import { keyOfPath } from "@/lib/jsonPath";
import { type JsonLeaf, type JsonNode, jsonTree } from "./jsonPaths";

const leaves = (node: JsonNode | undefined): JsonLeaf[] =>
  node === undefined ? [] : node.kind === "leaf" ? [node.leaf] : node.children.flatMap(leaves);

describe("jsonTree", () => {
  it("gives each scalar the path that leads to it", () => {
    const tree = jsonTree('{"t": 21.5, "st": {"on": true}, "list": [null, "x"], "odd key\'s": 1}');
    expect(leaves(tree)).toEqual([
      { path: "$.t", value: 21.5 },
      { path: "$.st.on", value: true },
      { path: "$.list[0]", value: null },
      { path: "$.list[1]", value: "x" },
      { path: "$['odd key\\'s']", value: 1 },
    ]);
  });

  it("DC-74: keeps every number as the payload writes it", () => {
    const tree = jsonTree(
      '{"wh": 9223372036854775807, "t": 1.50, "e": 1e400, "n": -0.12345678901234567890, "ok": 21.5}',
    );
    expect(leaves(tree).map(({ value, written }) => written ?? value)).toEqual([
      "9223372036854775807",
      "1.50",
      "1e400",
      "-0.12345678901234567890",
      21.5,
    ]);
    expect(leaves(jsonTree('{"s": "9223372036854775807 \\" 1.50", "u": "\\ue0ff1"}'))).toEqual([
      { path: "$.s", value: '9223372036854775807 " 1.50' },
      { path: "$.u", value: "\ue0ff1" },
    ]);
  });

  it("offers nothing to pick where the payload is no document", () => {
    for (const payload of ["21.5", '"on"', "{oops", ""]) expect(jsonTree(payload)).toBeUndefined();
  });

  it("stays small for a hostile payload", () => {
    const deep = `${"[".repeat(5000)}1${"]".repeat(5000)}`;
    expect(leaves(jsonTree(deep))).toEqual([]);
    const wide = jsonTree(JSON.stringify(Array.from({ length: 5000 }, (_, i) => i)));
    expect(leaves(wide)).toHaveLength(100);
    expect(wide).toMatchObject({ cut: 4900 });
  });

  it("writes paths that find the same value again", () => {
    const names = fc.string({ unit: "binary", maxLength: 6 }).filter((name) => name.isWellFormed());
    fc.assert(
      fc.property(fc.dictionary(names, fc.oneof(fc.integer(), fc.dictionary(names, fc.boolean()))), (document) => {
        const read = JSON.parse(JSON.stringify(document));
        for (const leaf of leaves(jsonTree(JSON.stringify(document))))
          expect(query(read, leaf.path)).toEqual([leaf.value]);
      }),
    );
  });
});

describe("keyOfPath", () => {
  it.each([
    ["$.t", "t"],
    ["$.sensor['temp °C']", "temp-C"],
    ["$.list[0]", "list"],
    ["$", ""],
  ])("takes %s as %j", (path, key) => {
    expect(keyOfPath(path)).toBe(key);
  });
});
