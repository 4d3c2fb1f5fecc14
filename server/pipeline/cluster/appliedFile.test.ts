import { expect, test } from "vitest";
import { type FileFacts, GONE_MS, isToBeApplied } from "./appliedFile";

const node = (id: string, configFile: string | null, startedAt = 0) => ({ id, configFile, startedAt });
/** The node `left` looks; its file is `b`, and `right` applied `a` at 100. */
const facts = (more: Partial<FileFacts> = {}): FileFacts => ({
  own: "b",
  changed: false,
  node: "left",
  applied: { hash: "a", node: "right", at: 100 },
  nodes: [node("left", "b")],
  goneFor: 0,
  ...more,
});
const byLeft = { applied: { hash: "a", node: "left", at: 100 } };
const long = { goneFor: GONE_MS };

test.each<[string, boolean, Partial<FileFacts>]>([
  ["the first file of all", true, { applied: undefined }],
  ["no file, where none was applied", false, { applied: undefined, own: null }],
  ["the file that is applied", false, { own: "a", changed: true }],
  ["a file that was changed while it was the holder's", true, { changed: true, nodes: [node("right", "a")] }],
  ["a file that was emptied while it was the holder's", true, { own: null, changed: true }],
  ["another file than that of the holder that died", false, {}],
  ["another file, while a node that lives has the applied one", false, { ...byLeft, nodes: [node("right", "a")] }],
  ["another file on the node that applied the one before, when it is started with it", true, byLeft],
  ["a file of before, when the node with the newer one is gone for long", false, long],
  [
    "the file with which all nodes were started since",
    true,
    { ...long, nodes: [node("left", "b", 200), node("right", "b", 300)] },
  ],
  ["the same, before a minute is over", false, { goneFor: GONE_MS - 1, nodes: [node("left", "b", 200)] }],
  ["the same, when they do not agree", false, { ...long, nodes: [node("left", "b", 200), node("right", "c", 300)] }],
  ["no file on another node, for however long", false, { ...long, own: null, nodes: [node("left", null, 200)] }],
  [
    "no file on the node that applied one, when it is gone from all",
    true,
    { ...byLeft, ...long, own: null, nodes: [node("left", null, 200)] },
  ],
  [
    "the same, while another node has a file",
    false,
    { ...byLeft, ...long, own: null, nodes: [node("left", null, 200), node("right", "c", 1)] },
  ],
  [
    "an old file, where another was emptied and its node lives",
    false,
    { ...long, applied: { hash: null, node: "right", at: 100 }, nodes: [node("left", "b", 200), node("right", null)] },
  ],
])("CL-93, CL-94: %s: %s", (_, applies, more) => {
  expect(isToBeApplied(facts(more))).toBe(applies);
});
