import { expect, test } from "vitest";
import { addConventions, compareSource, conventionLines } from "./facts.mjs";

const matches = (filter, topic) => filter === topic;
const point = (over) => ({
  device: "Pantry",
  model: "",
  name: "Temperature",
  kind: "sensor",
  filter: "home/pantry/t",
  path: "$",
  value: 8.5,
  availability: [],
  convention: "esphome",
  ...over,
});
const want = (over) => ({
  device: "Pantry",
  name: "Temperature",
  kind: "sensor",
  topic: "home/pantry/t",
  value: 8.5,
  ...over,
});
const verdicts = (expected, ...points) => {
  const { right, wrong, missing, lines } = compareSource([expected].flat(), points, () => undefined, matches);
  return { right, wrong, missing, lines };
};

test("DV-104: a device counts by its own name, not by the levels of its topic", () => {
  expect(verdicts(want(), point())).toMatchObject({ right: 4, wrong: 0, missing: 0 });
  expect(verdicts(want(), point({ device: undefined })).lines).toEqual([
    "  missing: Pantry / Temperature: device (it has no name)",
  ]);
  expect(verdicts(want(), point({ device: "Cellar" })).lines).toEqual([
    "  wrong: Pantry / Temperature: device (Cellar instead of Pantry)",
  ]);
  // A model is a name too where that is what people call it; a few words of a long name are none.
  expect(verdicts(want({ device: "Plug S" }), point({ device: "4A11", model: "Plug S" })).wrong).toBe(0);
  expect(verdicts(want({ device: "Heat meter of flat seven" }), point({ device: "Meter" })).wrong).toBe(1);
  expect(verdicts(want({ name: "Pressure" }), point({ filter: "home/pressure/t", path: "$" })).missing).toBe(4);
  expect(verdicts(want({ name: "Pantry pressure" }), point({ name: "Supply" })).wrong).toBe(1);
});

test("DV-104: an expected absence of a command is a fact", () => {
  const command = { topic: "home/pantry/t/set", encode: String };
  expect(verdicts(want({ command: null }), point())).toMatchObject({ right: 5, wrong: 0 });
  expect(verdicts(want({ command: null }), point({ command })).lines).toEqual([
    "  wrong: Pantry / Temperature: command (home/pantry/t/set instead of none)",
  ]);
});

test("DV-104: the parts of a cover are facts: that it shows a position or state, and each of its moves", () => {
  const blind = (role, over) => point({ device: "Blind", name: role, kind: "cover", whole: "b", role, ...over });
  const expected = want({
    device: "Blind",
    name: "position",
    kind: "cover",
    value: 40,
    command: { topic: "blind/set", payload_open: "OPEN", payload_stop: "STOP" },
    parts: { position: { value: 40, unit: "%" }, tilt: null },
  });
  const position = blind("position", { value: 40, unit: "%", command: { topic: "blind/set", encode: String } });
  const open = blind("open", { filter: undefined, command: { topic: "blind/set", encode: () => "OPEN" } });
  expect(verdicts(expected, position, open).lines).toEqual(["  missing: Blind / position: part stop (STOP)"]);
  expect(verdicts(expected, position, open, blind("tilt", { filter: "x" })).wrong).toBe(1);
  expect(verdicts(expected, { ...position, role: "open" }).lines).toContain(
    "  missing: Blind / position: parts (no position or state)",
  );
});

test("DV-104: the facts are counted for each convention", () => {
  const total = new Map();
  for (const device of ["Pantry", "Attic"])
    addConventions(total, compareSource([want()], [point({ device })], () => undefined, matches).conventions);
  addConventions(total, compareSource([want()], [], () => undefined, matches).conventions);
  expect(conventionLines(total)).toEqual([
    "  esphome: right 7, wrong 1, missing 0",
    "  -: right 0, wrong 0, missing 4",
  ]);
});
