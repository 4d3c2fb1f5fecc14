import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Value } from "../reading";
import { Registration, type RegistrationInput } from "../registration";
import { inWords } from "../texts/said";
import { saying } from "../texts/said.harness";
import { findReservedTopic } from "./command";
import { compiled } from "./testing";

type Input = Omit<RegistrationInput, "id">;

function actuator(input: Input, levels: string[] = [], topic: string | undefined = "a") {
  const point = compiled(input).points(levels, topic)[0];
  if (!point?.actuator) throw new Error("no actuator");
  return { ...point.actuator, info: point.info.command };
}
const sent = (input: Input, value: Value): string => {
  const encoded = actuator(input).encode(value);
  return encoded.ok ? encoded.value.payload : `refused: ${inWords(encoded.error)}`;
};

describe("what is sent", () => {
  const command = (spec: object): Input => ({ filter: "a", command: { topic: "a/set", ...spec } });

  it("DC-20: a switch sends its own payloads, else those of the state, else ON and OFF", () => {
    const payloads = { on: "run", off: "halt" };
    expect(sent({ ...command({ payloads }), payloads: { on: "1", off: "0" } }, true)).toBe("run");
    expect(sent({ ...command({}), payloads }, false)).toBe("halt");
    expect(sent({ ...command({}), type: "boolean" }, true)).toBe("ON");
    expect(sent({ ...command({}), payloads }, "run")).toContain("refused: a switch takes true or false");
  });
  it("DC-21: a number outside its limits is refused, and the limits are named", () => {
    const setpoint = command({ min: 30, max: 80, step: 0.5 });
    expect(sent(setpoint, 55.5)).toBe("55.5");
    expect(sent(setpoint, 90)).toBe("refused: 90 is out of range: it must be between 30 and 80");
    expect(sent(command({ min: 0 }), -1)).toContain("0 or more");
    expect(sent(command({ max: 0 }), 1)).toContain("0 or less");
    expect(sent(setpoint, "55")).toContain("a number is needed");
    expect(sent(setpoint, Number.NaN)).toContain("a number is needed");
    expect(sent(setpoint, null)).toContain("a number is needed");
  });
  it("DC-22: steps count from the minimum, and what binary fractions add is mended", () => {
    expect(sent(command({ min: 1, step: 2 }), 3)).toBe("3");
    expect(sent(command({ min: 1, step: 2 }), 4)).toContain("1 plus a multiple of 2");
    expect(sent(command({ step: 0.1 }), 0.1 + 0.2)).toBe("0.3");
    expect(actuator(command({ step: 0.1 })).encode(0.1 + 0.2)).toMatchObject({ value: { target: 0.3 } });
    expect(sent(command({ min: 0.05, step: 0.1 }), 0.35)).toBe("0.35");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.constantFrom(0.1, 0.01, 0.25, 5, 1e-7), (n, step) => {
        const encoded = actuator(command({ min: -10, step })).encode(-10 + n * step);
        expect(encoded.ok && Math.abs(Number(encoded.value.payload) - (-10 + n * step))).toBeLessThan(1e-9);
      }),
    );
  });
  it("DC-21: numbers travel without exponent where they can", () => {
    expect(sent(command({ min: 0 }), 0.0000001)).toBe("0.0000001");
    expect(sent(command({ min: -5 }), -0)).toBe("0");
  });
  it("DC-23: a select sends one of its options and nothing else", () => {
    expect(sent(command({ options: ["heat", "off"] }), "heat")).toBe("heat");
    expect(sent(command({ options: ["heat", "off"] }), "cool")).toBe("refused: choose one of heat, off");
    expect(sent(command({ options: [1, 2] }), "2")).toBe("2");
  });
  it("DC-107: a button sends its payload and takes no value", () => {
    expect(sent(command({ press: "ring" }), null)).toBe("ring");
    expect(sent(command({ press: "ring" }), true)).toContain("refused");
  });
  it("DC-108: a text is sent as it is, when it is well-formed and short", () => {
    expect(sent({ ...command({}), type: "text" }, 'say "hi"')).toBe('say "hi"');
    expect(sent({ ...command({}), type: "text" }, "\ud800")).toContain("not well-formed");
    expect(sent({ ...command({}), type: "text" }, "x".repeat(5000))).toContain("at most 4096");
  });
  it("DC-24: a JSON template stays JSON, whatever the value holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const quoted = sent({ ...command({ template: '{"m":"{{value}}","v":1}' }), type: "text" }, text);
        const bare = sent({ ...command({ template: '{"m": {{value}}, "v": 1}' }), type: "text" }, text);
        expect(JSON.parse(quoted)).toEqual({ m: text, v: 1 });
        expect(JSON.parse(bare)).toEqual({ m: text, v: 1 });
      }),
    );
  });
  it("DC-24: numbers and payloads stand in a template as the registration wrote them", () => {
    expect(sent(command({ min: 0, template: '{"target": {{value}}}' }), 21.5)).toBe('{"target": 21.5}');
    const state = { template: '{"state":{{value}}}', payloads: { on: "ON", off: "OFF" } };
    expect(sent(command(state), true)).toBe('{"state":"ON"}');
    expect(sent(command({ ...state, payloads: { on: 1, off: 0 } }), true)).toBe('{"state":1}');
    expect(sent({ ...command({ template: '{"on":{{value}}}' }), type: "boolean" }, false)).toBe('{"on":false}');
    expect(sent(command({ min: 0, template: "set {{value}} $& {{value}}" }), 5)).toBe("set 5 $& 5");
  });
  it("CM-43: {{expires_at}} is the time until which it may be carried out, quoted or not, and in Jinja", () => {
    const sentUntil = (spec: object) => {
      const encoded = actuator(command(spec)).encode(5, 1_700_000_005_000);
      return encoded.ok ? encoded.value.payload : inWords(encoded.error);
    };
    expect(sentUntil({ min: 0, template: '{"v":{{value}},"until":{{expires_at}}}' })).toBe(
      '{"v":5,"until":1700000005000}',
    );
    expect(sentUntil({ min: 0, template: "{{value}}@{{expires_at}}" })).toBe("5@1700000005000");
    expect(sentUntil({ min: 0, jinja: "{{ value }} {{ (expires_at / 1000) | int }}" })).toBe("5 1700000005");
  });
  it("DC-24: without a template, a JSON state is commanded in JSON", () => {
    expect(sent({ ...command({}), format: "json", type: "boolean" }, true)).toBe("true");
    expect(sent({ ...command({}), format: "json", type: "text" }, "a")).toBe('"a"');
  });
});

describe("what confirms", () => {
  const confirms = (spec: object, target: Value, reported: Value, input: Partial<Input> = {}) =>
    actuator({ filter: "a", command: { topic: "s", ...spec }, ...input }).confirms(target, reported);

  it("DC-25: numbers within the tolerance, else nearer than half a step, else equal", () => {
    expect(confirms({ step: 0.5 }, 20, 20.2)).toBe(true);
    expect(confirms({ step: 0.5 }, 20, 20.25)).toBe(false);
    expect(confirms({ tolerance: 1 }, 20, 21)).toBe(true);
    expect(confirms({ tolerance: 1 }, 20, 21.1)).toBe(false);
    expect(confirms({ min: 0 }, 0.3, 0.1 + 0.2)).toBe(true);
    expect(confirms({ min: 0 }, 20, 20.01)).toBe(false);
    expect(confirms({ tolerance: 0 }, 20, 20)).toBe(true);
  });
  it("DC-110: a JSON object is confirmed by all of its members, numbers to half of one", () => {
    const text = (asked: string, said: string) => confirms({}, asked, said, { type: "text" });
    expect(text('{"h":240,"s":100}', '{"h":239.6,"s":100,"x":0.15,"y":0.06}')).toBe(true);
    expect(text('{"h":240,"s":100}', '{"h":120,"s":100}')).toBe(false);
    expect(text('{"h":240,"s":100}', '{"x":0.15,"y":0.06}')).toBe(false);
    expect(text('{"mode":"a"}', '{"mode":"a","t":1}')).toBe(true);
    expect(text('{"h":', '{"h":')).toBe(true);
    expect(text('{"h":1', '{"h":1}')).toBe(false);
  });
  it("DC-109: unknown confirms nothing, and false is not zero", () => {
    expect(confirms({ min: 0 }, 0, null)).toBe(false);
    expect(confirms({ min: 0 }, 0, false)).toBe(false);
    expect(confirms({}, false, 0, { type: "boolean" })).toBe(false);
    expect(confirms({}, true, true, { type: "boolean" })).toBe(true);
    expect(confirms({ press: "x" }, null, null)).toBe(false);
    expect(confirms({}, "null", null, { type: "text" })).toBe(false);
    expect(confirms({ options: ["1", "2"] }, "1", "1")).toBe(true);
    expect(confirms({ options: ["1", "2"] }, 1, 1, { type: "number" })).toBe(true);
  });
});

describe("command topics of the broker", () => {
  const one = (topic: string) => Registration.parse({ id: "r", filter: "a/+", type: "boolean", command: { topic } });
  it("TM-21: a command topic that starts with $ is refused at its field, also one of several values", () => {
    expect(findReservedTopic(one("$CONTROL/dynamic-security/v1"))).toMatchObject({ pointer: "/command/topic" });
    expect(findReservedTopic(one("$CONTROL/{1}"))).toMatchObject({ pointer: "/command/topic" });
    expect(findReservedTopic(one("a/$x"))).toBeUndefined();
    const values = { p: { value: "$.p", type: "boolean", command: { topic: "$CONTROL/x" } } };
    const several = Registration.parse({ id: "r", filter: "a", values });
    expect(findReservedTopic(several)).toMatchObject({ pointer: "/values/p/command/topic" });
  });
  it.each([
    ["{1}/x", "a/+", ["$CONTROL"], "a/$CONTROL"],
    ["{1}$CONTROL/x", "a/#", [""], "a"],
    ["$CONTROL/x", "a", [], "a"],
  ])(
    "TM-22: %j under %j says on the point that its command is blocked where it gives a $ topic",
    (topic, filter, levels, at) => {
      const made = actuator({ filter, type: "boolean", command: { topic } }, levels, at);
      expect(made.blocked).toEqual(saying("belong to the broker"));
      expect(made.info?.blocked).toBe(made.blocked);
    },
  );
  it("TM-22: the other points of the same wildcard are operable", () => {
    const made = actuator({ filter: "a/+", type: "boolean", command: { topic: "{1}/x" } }, ["pump"], "a/pump");
    expect([made.commandTopic, made.blocked, made.info?.blocked]).toEqual(["pump/x", undefined, undefined]);
  });
});

describe("what is known of an actuator", () => {
  it("DC-26: without state topic, or as a button, it is assumed", () => {
    expect(actuator({ type: "boolean", command: { topic: "s" } }, [], undefined).info?.assumed).toBe(true);
    expect(actuator({ filter: "a", command: { topic: "s", press: "x" } }).info?.assumed).toBe(true);
    expect(actuator({ filter: "a", type: "boolean", command: { topic: "s" } }).info?.assumed).toBe(false);
  });
  it("DC-111: a command topic that is the state topic is known as shared", () => {
    const lamp: Input = { filter: "lamp/+", type: "boolean", command: { topic: "lamp/{1}" } };
    expect(actuator(lamp, ["x"], "lamp/x")).toMatchObject({ commandTopic: "lamp/x", sharedTopic: true });
    expect(actuator({ ...lamp, command: { topic: "lamp/{1}/set" } }, ["x"], "lamp/x").sharedTopic).toBe(false);
  });
  it("DC-112: the defaults are QoS 1, no retain, 5 s to confirm, and send on release", () => {
    const made = actuator({ filter: "a", type: "boolean", command: { topic: "s" } });
    expect(made).toMatchObject({ qos: 1, retain: false, confirmMs: 5000 });
    expect(made.info).toMatchObject({ kind: "switch", send: "release", confirmMs: 5000, ask: undefined });
    expect(actuator({ filter: "a", command: { topic: "s", press: "x", ask: "Sure?" } }).info?.ask).toBe("Sure?");
    const asking = actuator({ filter: "a", type: "boolean", command: { topic: "s", ask: true } });
    expect(asking.info?.ask).toEqual(saying(/^Send this command\?$/));
  });
});
