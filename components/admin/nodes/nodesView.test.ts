import { expect, test } from "vitest";
import type { NodeOut } from "@/lib/api";
import { nodesView } from "./nodesView";

const node = (id: string, more: Partial<NodeOut> = {}): NodeOut => ({
  id,
  version: "1.0.0",
  startedAt: 0,
  lastSeenAt: 100_000,
  recorderOf: [],
  standbyOf: [],
  ...more,
});

test("CL-30: a node that was not seen while others were is silent", () => {
  const { nodes, alone } = nodesView([node("b"), node("a", { lastSeenAt: 96_000 }), node("c", { lastSeenAt: 99_000 })]);
  expect(nodes.map(({ id, silent }) => [id, silent])).toEqual([
    ["a", true],
    ["b", false],
    ["c", false],
  ]);
  expect(alone).toBe(false);
});

test("CL-30: one node that lives is told to be alone, a silent one beside it or not", () => {
  expect(nodesView([node("a")]).alone).toBe(true);
  expect(nodesView([node("a"), node("b", { lastSeenAt: 0 })]).alone).toBe(true);
  expect(nodesView([]).alone).toBe(false);
});

test("CL-30: versions that differ are told while nodes of both live", () => {
  expect(nodesView([node("a"), node("b", { version: "1.1.0" })]).versions).toBe(true);
  expect(nodesView([node("a"), node("b", { version: "1.1.0", lastSeenAt: 0 })]).versions).toBe(false);
});
