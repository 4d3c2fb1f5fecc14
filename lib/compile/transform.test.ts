import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileCel } from "../expressions/cel";
import type { RegistrationInput } from "../registration";
import { inWords } from "../texts/said";
import { bytes, compiled, compileFault, NOW, said } from "./testing";

type Input = Omit<RegistrationInput, "id">;
const read = (input: Input, payload: string) => said(compiled({ filter: "a", ...input }), payload)[""];
const why = (input: Input, payload: string) => {
  const [outcome] = compiled({ filter: "a", ...input }).read(bytes(payload), NOW);
  return outcome?.ok === false ? inWords(outcome.reject.message) : undefined;
};

describe("DC-45, DC-119: what a transform makes of a value", () => {
  it.each<[string, string, unknown]>([
    ["value * 0.1", "215", 21.5],
    ["value * 2", "21.5", 43],
    ["2 * value + 1", "1.5", 4],
    ["value * 9 / 5 + 32", "20", 68],
    ["value * (9 / 5) + 32", "20", 68],
    ["value * (9 / 5) + 32", "20 °C", 68],
    ["value > 100 ? 100 : value", "120", 100],
    ["value > 100.0 ? 100.0 : value", "80", 80],
    ["value % 2 == 0", "4", true],
    ["value == 'open'", "open", true],
    ["value ? 'on' : 'off'", "true", "on"],
    ["payload.t - 273.15", '{"t": 300}', 26.850000000000023],
    ["payload.list[0] + payload.list[size(payload.list) - 1]", '{"list": [1, 2, 3]}', 4],
    ["payload.list.filter(x, x > 1).map(x, x * 2)[1]", '{"list": [1, 2, 3]}', 6],
    ["has(payload.t) ? payload.t : payload.u", '{"u": 7}', 7],
    ["value * 2", "unavailable", null],
    ["9223372036854775807", "1", "9223372036854775807"],
  ])("%s of %s", (transform, payload, gives) => {
    expect(read({ transform }, payload)).toBe(gives);
  });

  it("of a path, and of each of several values, which it may look beyond", () => {
    expect(read({ value: "$.t", transform: "value / 10" }, '{"t": 215}')).toBe(21.5);
    const several = compiled({
      filter: "a",
      transform: "value / 10",
      values: { t: { value: "$.t" }, f: { value: "$.t", transform: "value * 0.18 + 32 + payload.o" } },
    });
    expect(said(several, '{"t": 200, "o": 1}')).toEqual({ t: 20, f: 69 });
    expect(said(several, "{}")).toEqual({});
  });
  it("DC-120: the type counts for what comes out, the format does not", () => {
    expect(read({ transform: "value > 30.0", type: "boolean" }, "31")).toBe(true);
    expect(read({ format: "number", transform: "value > 30.0 ? 'warm' : 'cold'", type: "text" }, "31")).toBe("warm");
    expect(read({ transform: "string(value)", type: "number" }, "01317")).toBe(1317);
    expect(read({ transform: "payload", type: "number" }, '{"t": 1}')).toBe("<transform>");
  });

  it.each<[string, string, string]>([
    ["value * 2", "warm", "no such overload"],
    ["payload.t - 273.15", '{"u": 1}', "No such key: t"],
    ["value / 0", "1", "cannot be shown as a number"],
    ["payload.l.map(x, x)[0]", JSON.stringify({ l: Array(1001).fill(1) }), "more than 1000 elements"],
  ])("DC-46, DC-121: %s of %s is a reject that shows the expression and why", (transform, payload, says) => {
    const message = why({ transform }, payload);
    expect(message).toContain(`the transform ${transform} failed: `);
    expect(message?.toLowerCase()).toContain(says.toLowerCase());
  });

  it.each<[string, Input, string]>([
    ["/transform", { transform: "value * " }, "at character"],
    ["/transform", { transform: "vlaue * 2" }, "there is no vlaue here, only value and payload"],
    ["/transform", { transform: 'value.matches("(a+)+$")' }, "matches is not offered"],
    ["/transform", { transform: "duration(value).getHours()" }, "duration takes a text in quotes"],
    ["/transform", { transform: 'duration("1" + value).getHours()' }, "duration takes a text in quotes"],
    ["/transform", { transform: "payload.l.map(x, payload.l.map(y, y))" }, "is nested in another"],
    ["/transform", { transform: `value${" + 1".repeat(240)}` }, "exceeded"],
    ["/transform", { transform: `${"(".repeat(200)}value${")".repeat(200)}` }, "exceeded"],
    ["/transform", { transform: "'a' * 2.0" }, "no such overload"],
    ["/values/t/transform", { values: { t: { value: "$.t", transform: "1 +" } } }, "at character"],
    ["/command/transform", { command: { topic: "s", min: 0, transform: "payload.x" } }, "only value"],
  ])("DC-47, DC-121: %s is named as the field at fault, for %j", (pointer, input, says) => {
    const fault = compileFault({ filter: "a", ...input });
    expect(fault.pointer).toBe(pointer);
    expect(fault.message).toContain(says);
  });
  it("DC-47: says the character at which it stops making sense", () => {
    const fault = (text: string) => {
      const made = compileCel(text, "reading");
      return made.ok ? "" : inWords(made.error);
    };
    expect(fault("value + + 2 )")).toMatch(/at character \d+$/);
    expect(fault("value *")).toBe("it ends too early, at character 8");
    expect(fault("(value")).toBe("it ends where ) is expected, at character 7");
    expect(fault("value + + 1")).toBe("+ is not allowed here, at character 9");
    expect(fault("value 1")).toMatch(/^[^A-Z]+$/);
    expect(fault("1 + vlaue")).toContain("at character 5");
  });

  it("never throws, whatever the expression and the payload", () => {
    const word = fc.constantFrom(
      ..."value payload . t [ 0 ] ( ) + - * / % 1 2.5 'a' ? : == > size( map(x, x .l in has( null true double( {".split(
        " ",
      ),
    );
    const expression = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(" "));
    const payload = fc.oneof(fc.json(), fc.constantFrom('{"t":1,"l":[1,2]}', "21.5", "on"));
    let ran = 0;
    fc.assert(
      fc.property(expression, payload, (text, data) => {
        const made = compileCel(text, "reading");
        if (!made.ok) {
          expect(made.error).not.toBe("");
          return;
        }
        ran++;
        for (const outcome of compiled({ filter: "a", transform: text }).read(bytes(data), NOW))
          if (outcome.ok && typeof outcome.value === "number") expect(Number.isFinite(outcome.value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(ran).toBeGreaterThan(50);
  });
});

describe("DC-48: a command's transform is the inverse of the state's", () => {
  const tenths: Input = {
    filter: "a",
    transform: "value / 10",
    command: { topic: "a/set", min: 5, max: 30, step: 0.1, transform: "value * 10" },
  };
  it("what is sent comes back as what was asked for, for every step", () => {
    const registration = compiled(tenths);
    const actuator = registration.points([], "a")[0]?.actuator;
    for (let tenth = 50; tenth <= 300; tenth++) {
      const target = tenth / 10;
      const sent = actuator?.encode(target);
      if (!sent?.ok) throw new Error("refused");
      expect(sent.value.payload).toBe(String(tenth));
      const [back] = registration.read(bytes(sent.value.payload), NOW);
      expect(back?.ok && actuator?.confirms(sent.value.target, back.value)).toBe(true);
    }
  });
  it("stands before the template, and limits count for what the person asked for", () => {
    const encode = (command: object, value: number | boolean | string) => {
      const made = compiled({ ...tenths, command: { topic: "s", transform: "value * 10", ...command } })
        .points([], "a")[0]
        ?.actuator?.encode(value);
      return made?.ok ? made.value.payload : made && inWords(made.error);
    };
    expect(encode({ min: 0, max: 30, template: '{"set": {{value}}}' }, 21.5)).toBe('{"set": 215}');
    expect(encode({ min: 0, max: 30, jinja: "{{ value + 1 }}" }, 21.5)).toBe("216");
    expect(encode({ min: 0, max: 30 }, 31)).toContain("between 0 and 30");
    expect(encode({ options: ["a"] }, "a")).toContain("the transform value * 10 failed");
    expect(encode({ payloads: { on: "ON", off: "OFF" }, transform: "value ? 100 : 0" }, true)).toBe("100");
  });
});
