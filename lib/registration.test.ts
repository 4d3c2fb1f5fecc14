import { describe, expect, it } from "vitest";
import { compileRegistration } from "./compile";
import { Registration } from "./registration";
import { EXAMPLES } from "./registration/examples";

const fault = (input: object): string => {
  const parsed = Registration.safeParse({ id: "r", ...input });
  if (parsed.success) throw new Error("accepted, though a fault was expected");
  const [issue] = parsed.error.issues;
  return `${issue?.path.join("/")}: ${issue?.message}`;
};

describe("a registration", () => {
  it.each(EXAMPLES)("DC-16: $id is legal and compiles", (example) => {
    expect(compileRegistration(Registration.parse(example))).toMatchObject({ ok: true });
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
