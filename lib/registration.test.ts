import { describe, expect, it } from "vitest";
import { compileRegistration } from "./compile";
import { Registration } from "./registration";

/** The examples of the documentation: they must stay legal. */
const EXAMPLES = [
  {
    id: "boiler-temp",
    name: "Boiler temperature",
    filter: "plant/boiler/status",
    value: "$.temp",
    time: "$.ts",
    unit: "°C",
    device: "Boiler",
    area: "Basement",
    range: [0, 120],
    thresholds: [
      { above: 80, level: "warning" },
      { above: 95, level: "critical" },
    ],
    staleAfter: "60s",
  },
  {
    id: "climate",
    name: "{1}",
    filter: "greenhouse/+/climate",
    values: { temperature: { value: "$.t", unit: "°C" }, humidity: { value: "$.h", unit: "%" } },
  },
  {
    id: "pump",
    name: "Circulation pump",
    filter: "plant/pump/state",
    type: "boolean",
    payloads: { on: "ON", off: "OFF" },
    availability: { filter: "plant/pump/lwt", online: "Online", offline: "Offline" },
    command: { topic: "plant/pump/set", confirm: "5s" },
  },
  {
    id: "setpoint",
    filter: "plant/boiler/setpoint",
    type: "number",
    unit: "°C",
    command: { topic: "plant/boiler/setpoint/set", min: 30, max: 80, step: 0.5, template: '{"target": {{value}}}' },
  },
];

const fault = (input: object): string => {
  const parsed = Registration.safeParse({ id: "r", ...input });
  if (parsed.success) throw new Error("accepted, though a fault was expected");
  const [issue] = parsed.error.issues;
  return `${issue?.path.join("/")}: ${issue?.message}`;
};

describe("a registration", () => {
  it.each(EXAMPLES)("DC-16: $id of the documentation is legal and compiles", (example) => {
    expect(compileRegistration(Registration.parse(example)).ok).toBe(true);
  });
  it("DC-16: reads back as written", () => {
    for (const example of EXAMPLES)
      expect(Registration.parse(Registration.parse(example))).toEqual(Registration.parse(example));
    expect(Registration.parse(EXAMPLES[1])).toEqual(EXAMPLES[1]);
  });
  it("DC-16: payloads as YAML has them mean the text that is sent", () => {
    const parsed = Registration.parse({ id: "r", filter: "a", payloads: { on: true, off: 0 } });
    expect(parsed.payloads).toEqual({ on: "true", off: "0" });
  });
  it.each<[object, string]>([
    [{ filter: "a/#/b" }, "filter: "],
    [{ filter: "a", value: "$.a", values: { b: { value: "$.b" } } }, "either value or values"],
    [{}, "filter is missing"],
    [{ value: "$.a", command: { topic: "b", press: "x" } }, "filter is missing"],
    [{ filter: "a", values: {} }, "at least one"],
    [{ filter: "a", words: {} }, "words must name at least one value"],
    [{ filter: "a", words: { true: "Open" } }, "the words of a boolean are called on and off"],
    [{ filter: "a", words: { on: "Open = 1" } }, "words/on: a word is one line"],
    [{ filter: "a", values: { "no spaces": { value: "$.a" } } }, "values/no spaces: "],
    [{ filter: "a", values: { b: { value: "$.b" } }, command: { topic: "c" } }, "inside values"],
    [{ filter: "a", range: [5, 5] }, "range"],
    [{ filter: "a", staleAfter: "soon" }, "staleAfter"],
    [{ filter: "a", filtre: "b" }, "filtre"],
    [{ filter: "a", type: "number", command: { topic: "b", min: 5, max: 1 } }, "min must be below max"],
    [{ filter: "a", type: "number", command: { topic: "b", template: "x" } }, "must contain {{value}}"],
    [{ id: "Bad Id", filter: "a" }, "id: "],
  ])("DC-16: %j is refused, with the field", (input, says) => {
    expect(fault(input)).toContain(says);
  });
});
