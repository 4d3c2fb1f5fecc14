import { describe, expect, it } from "vitest";
import { DecoderId, PayloadEncoding, type RegistrationInput, ValueType } from "../registration";
import { saying } from "../texts/said.harness";
import { bytes, compiled, NOW, said } from "./testing";

type Input = Omit<RegistrationInput, "id">;

/** What the formats that need a description cannot do without, by the path of their examples. */
const LEAST = import.meta.glob<Input | undefined>("../decoders/*/examples.ts", { eager: true, import: "least" });
const leastOf = (format: DecoderId): Input | undefined => LEAST[`../decoders/${format}/examples.ts`];

/** Every way in which a registration reads a payload. */
const WAYS: Record<string, Input> = {
  whole: {},
  path: { value: "$.t" },
  values: { values: { t: { value: "$.t" }, u: { value: "$.u", type: "text" } } },
  partial: { value: "$.t", partial: true },
  merge: { value: "$.t", merge: true, filter: "a/+" },
  transform: { value: "$.t", transform: "value * 2" },
  "transform of all": { transform: "value * 2" },
  when: { when: "payload.id == 7" },
  time: { value: "$.t", time: "$.when" },
  unit: { value: "$.t", unit: "°C" },
};

/** The registrations that the schema and the compiler allow. */
function* registrations(): IterableIterator<[string, Input]> {
  for (const format of DecoderId.options)
    for (const encoding of [undefined, ...PayloadEncoding.options])
      for (const type of [undefined, ...ValueType.options])
        for (const [way, more] of Object.entries(WAYS)) {
          const input: Input = { filter: "a", format, encoding, ...(type && { type }), ...leastOf(format), ...more };
          try {
            compiled(input);
          } catch {
            // Some formats have no paths or one type only; what is refused is read in no way.
            continue;
          }
          yield [[format, encoding, type, way].filter(Boolean).join(", "), input];
        }
}

const readings = (input: Input, payload: string) => compiled(input).read(bytes(payload), NOW);

describe("DC-70: nothing is unknown in every format and every way of reading", () => {
  const all = [...registrations()];
  it("every format is among them", () => {
    const formats = new Set(all.map(([name]) => name.split(",")[0]));
    expect([...formats].sort()).toEqual([...DecoderId.options].sort());
    expect(all.length).toBeGreaterThan(300);
  });

  it.each(all)("%s", (_, input) => {
    const slots = input.values ? Object.keys(input.values).length : 1;
    const nothing = input.encoding ? ["", " ", '""'] : [""];
    for (const payload of nothing)
      expect(readings(input, payload)).toEqual(
        Array.from({ length: slots }, () => expect.objectContaining({ ok: true, value: null, at: NOW })),
      );
  });

  it.each(["", " ", "null", "unavailable", "ERR"])("DC-128: a template does not stand in for %j", (payload) => {
    const input: Input = { filter: "a", unknown: ["ERR"] };
    expect(said(compiled({ ...input, jinja: "{{ value_json.t }}" }), payload)).toEqual({ "": null });
    const elsewise = compiled({ ...input, jinja: "{{ value_json.t if value_json is defined else 0 }}" });
    if (payload.trim() === "" || payload === "null") expect(said(elsewise, payload)).toEqual({ "": null });
  });

  it.each(["auto", "json"] as const)("JSON's null in %s, whole and as a member", (format) => {
    expect(said(compiled({ filter: "a", format, value: "$.t", partial: true }), "null")).toEqual({ "": null });
    expect(said(compiled({ filter: "a", format, value: "$.t", time: "$.when" }), '{"t":null}')).toEqual({ "": null });
    expect(said(compiled({ filter: "a", format, value: "$.t", type: "text" }), '{"t":""}')).toEqual({ "": null });
    expect(said(compiled({ filter: "a", format, transform: "value" }), "null")).toEqual({ "": null });
  });

  it("a registered word is unknown where a document was expected, and where a list is empty", () => {
    expect(said(compiled({ filter: "a", value: "$.t", unknown: ["no probe"] }), "no probe")).toEqual({ "": null });
    expect(said(compiled({ filter: "a", value: "$.t", unknown: ["no probe"] }), "broken")).toEqual({
      "": "<not-json>",
    });
    expect(said(compiled({ filter: "a", value: "$.value", type: "number" }), '{"value":[]}')).toEqual({ "": null });
    expect(said(compiled({ filter: "a", value: "$.value", type: "text" }), '{"value":[]}')).toEqual({ "": null });
    expect(said(compiled({ filter: "a", value: "$.value", transform: "value * 2" }), '{"value":[]}')).toEqual({
      "": null,
    });
    expect(said(compiled({ filter: "a", value: "$.list", transform: "size(value)" }), '{"list":[]}')).toEqual({
      "": 0,
    });
  });

  it("DC-129: a text that an actuator empties is confirmed by it, any other target is not", () => {
    const point = compiled({ filter: "a", type: "text", command: { topic: "a/set" } }).points([], "a")[0];
    expect(point?.actuator?.confirms("", null)).toBe(true);
    expect(point?.actuator?.confirms("x", null)).toBe(false);
  });
});

describe("DC-71, DC-130: a comma before exactly three digits means what its sender has shown", () => {
  const inTurn = (input: Input, payloads: readonly string[]) => {
    const registration = compiled({ filter: "a", ...input });
    const memory = {};
    return payloads.map((payload) => {
      const [outcome] = registration.read(bytes(payload), NOW, memory);
      return outcome?.ok ? outcome.value : outcome?.reject.message;
    });
  };
  const refused = saying("could be two numbers");
  it.each<[string, Input, string[], unknown[]]>([
    ["a decimal point came before", { type: "number" }, ["2047.5", "2,048"], [2047.5, 2048]],
    ["a decimal comma came before", { type: "number" }, ["21,5", "2,048", "1.234"], [21.5, 2.048, 1234]],
    ["nothing came before", { type: "number" }, ["2,048"], [refused]],
    ["what came before is as open", { type: "number" }, ["1.234", "2,048"], [1.234, refused]],
    ["both came before", { type: "number" }, ["2047.5", "21,5", "2,048"], [2047.5, 21.5, refused]],
    ["groups came before", { type: "number" }, ["1,234,567", "2,048"], [1234567, 2048]],
    ["unasked", {}, ["2047.5", "2,048", "1,234.5"], [2047.5, 2048, 1234.5]],
    ["unasked, and nothing came before", {}, ["2,048"], ["2,048"]],
    ["a unit is registered", { unit: "Wh" }, ["2,048", "2047.5", "2,048 Wh"], [refused, 2047.5, 2048]],
    ["in a member", { value: "$.t", type: "number" }, ['{"t":"2047.5"}', '{"t":"2,048"}'], [2047.5, 2048]],
    ["of a template", { jinja: "{{ value }}", type: "number" }, ["2047.5", "2,048"], [2047.5, 2048]],
  ])("%s", (_, input, payloads, expected) => {
    expect(inTurn(input, payloads)).toEqual(expected);
  });

  it("DC-72: digits in quotes are a number once the point has said what can only be one", () => {
    expect(inTurn({ value: "$.t" }, ['{"t":"21"}', '{"t":"21.5"}', '{"t":"22"}'])).toEqual(["21", 21.5, 22]);
    expect(inTurn({ jinja: "{{ value_json.imei }}" }, ['{"imei":"351756051523999"}'])).toEqual(["351756051523999"]);
    expect(inTurn({ jinja: "{{ value }}" }, ["77E104"])).toEqual(["77E104"]);
    expect(inTurn({ value: "$.serial" }, ['{"serial":"10052349"}'])).toEqual(["10052349"]);
    expect(inTurn({ value: "$.serial", range: [0, 1e9] }, ['{"serial":"10052349"}'])).toEqual([10052349]);
  });
});
