import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRegistration } from "./compile";
import { bytes, compiled, compileFault, NOW, said } from "./compile/testing";
import { Registration } from "./registration";
import { inWords } from "./texts/said";
import { saying } from "./texts/said.harness";

const names = (input: Parameters<typeof compiled>[0], levels: string[], topic = "t") =>
  compiled(input)
    .points(levels, topic)
    .map((p) => p.info.name);
const ids = (input: Parameters<typeof compiled>[0], levels: string[]) =>
  compiled(input)
    .points(levels, "t")
    .map((p) => p.id);

describe("points", () => {
  it("TM-7: a point's id is the registration, its levels and its key", () => {
    expect(ids({ filter: "a/b" }, [])).toEqual(["r"]);
    expect(ids({ filter: "a/+/#" }, ["x", "y/z"])).toEqual(["r/x/y/z"]);
    expect(ids({ filter: "a/+", values: { t: { value: "$.t" }, h: { value: "$.h" } } }, ["x"])).toEqual([
      "r/x.t",
      "r/x.h",
    ]);
  });
  it("TM-8: the name is the registered one, else the words of the id and key", () => {
    expect(names({ id: "boiler-temp", filter: "a" }, [])).toEqual(["boiler temp"]);
    expect(names({ filter: "a", name: "Boiler" }, [])).toEqual(["Boiler"]);
    expect(names({ filter: "a", name: "Boiler", values: { temp_in: { value: "$.t" } } }, [])).toEqual([
      "Boiler temp in",
    ]);
    expect(names({ filter: "a", name: "Boiler", values: { t: { value: "$.t", name: "Flow" } } }, [])).toEqual(["Flow"]);
  });
  it("TM-100: levels that the name does not mention stand behind it, so that no two points have one name", () => {
    expect(names({ filter: "a/+", name: "Climate" }, ["north"])).toEqual(["Climate north"]);
    expect(names({ filter: "+/+", name: "{2}" }, ["house", "north"])).toEqual(["north house"]);
    expect(names({ filter: "+/c", name: "{1}", values: { t: { value: "$.t" } } }, ["north"])).toEqual(["north t"]);
    expect(names({ filter: "+/c", values: { t: { value: "$.t", name: "Warmth" } } }, ["north"])).toEqual([
      "Warmth north",
    ]);
  });
  it("TM-101: device and area are filled in, and left out where they would be empty", () => {
    const [point] = compiled({ filter: "+/+", device: "Node {1}", area: "{2}" }).points(["x", ""], "x/");
    expect(point?.info).toMatchObject({ device: "Node x", area: undefined, topic: "x/" });
  });
  it("TM-102: what is said above several values counts for each that does not say otherwise", () => {
    const [t, h] = compiled({
      filter: "a",
      unit: "°C",
      staleAfter: "60s",
      values: { t: { value: "$.t" }, h: { value: "$.h", unit: "%", staleAfter: "never" } },
    }).points([], "a");
    expect([t?.info.unit, t?.slot.staleAfter]).toEqual(["°C", 60_000]);
    expect([h?.info.unit, h?.slot.staleAfter]).toEqual(["%", "never"]);
  });
});

describe("faults", () => {
  it.each<[string, Parameters<typeof compileFault>[0], string]>([
    ["/value", { filter: "a", value: "temp" }, "$.temp"],
    ["/value", { filter: "a", value: "$.switch:0.x" }, "$['name']"],
    ["/value", { filter: "a", format: "text", value: "$.x" }, "use json or auto"],
    ["/time", { filter: "a", time: "$[" }, "JSONPath"],
    ["/values/t/value", { filter: "a", values: { t: { value: "$..[" } } }, "JSONPath"],
    ["/values/t/name", { filter: "a/+", values: { t: { value: "$.t", name: "{2}" } } }, "{1}"],
    ["/name", { filter: "a", name: "{1}" }, "the filter has none"],
    ["/device", { filter: "+", device: "{2}" }, "{1}"],
    ["/area", { filter: "+", area: "{0}" }, "{1}"],
    ["/type", { filter: "a", format: "number", type: "boolean" }, "leave one of them out"],
    ["/staleAfter", { filter: "a", staleAfter: "0s" }, "never"],
    ["/availability/filter", { filter: "a", availability: { filter: "a/#/b" } }, "last level"],
    ["/availability/filter", { filter: "a", availability: { filter: "{1}/lwt" } }, "has none"],
    ["/availability/1/value", { filter: "a", availability: [{ filter: "b" }, { filter: "b", value: "x" }] }, "$.x"],
    ["/availability/offline", { filter: "a", availability: { filter: "b", online: "1", offline: "1" } }, "different"],
    ["/command", { filter: "a", command: { topic: "a/set" } }, "add type"],
    ["/command/topic", { filter: "a", type: "text", command: { topic: "a/#" } }, "wildcards"],
    ["/command/topic", { filter: "a/+", type: "text", command: { topic: "a/{2}/set" } }, "{1}"],
    ["/command/min", { filter: "a", type: "boolean", command: { topic: "s", min: 1 } }, "boolean"],
    ["/command/max", { filter: "a", command: { topic: "s", press: "x", max: 1 } }, "button"],
    ["/command/options", { filter: "a", type: "number", command: { topic: "s", options: ["a"] } }, "number"],
    [
      "/values/t/command/topic",
      { filter: "a", values: { t: { value: "$.t", type: "text", command: { topic: "+" } } } },
      "wildcards",
    ],
  ])("DC-5: %s is named as the field at fault, for %j", (pointer, input, says) => {
    const fault = compileFault(input);
    expect(fault.pointer).toBe(pointer);
    expect(fault.message).toContain(says);
  });
});

describe("paths", () => {
  it("DC-6: members, indexes and names of any signs, own members only", () => {
    const read = (value: string, payload: string) => said(compiled({ filter: "a", value }), payload)[""];
    expect(read("$.a.b", '{"a":{"b":5}}')).toBe(5);
    expect(read("$['switch:0'].x", '{"switch:0":{"x":true}}')).toBe(true);
    expect(read("$.a[1]", '{"a":[1,2]}')).toBe(2);
    expect(read("$.a[-1]", '{"a":[1,2]}')).toBe(2);
    expect(read("$.constructor", '{"a":1}')).toBe("<no-match>");
    expect(read("$.__proto__", "{}")).toBe("<no-match>");
    expect(read("$['__proto__']", '{"__proto__":7}')).toBe(7);
    expect(read("$.length", "[1,2]")).toBe("<no-match>");
  });
  it("DC-6: a path for one node may search; several are refused", () => {
    const registration = compiled({ filter: "a", value: "$.sensors[?@.id == 'x'].t" });
    expect(said(registration, '{"sensors":[{"id":"y","t":1},{"id":"x","t":2}]}')).toEqual({ "": 2 });
    expect(said(registration, '{"sensors":[{"id":"x","t":1},{"id":"x","t":2}]}')).toEqual({ "": "<ambiguous>" });
    expect(said(registration, "{}")).toEqual({ "": "<no-match>" });
  });
  it("DC-7: a single value that the message lacks is a reject that names what there is", () => {
    const [outcome] = compiled({ filter: "a", value: "$.temp" }).read(bytes('{"t":1}'), NOW);
    expect(outcome).toMatchObject({ ok: false, reject: { code: "no-match", message: saying("$.t") } });
  });
  it("DC-8: a partial message blanks nothing: what it does not mention has no outcome", () => {
    const registration = compiled({ filter: "a", values: { t: { value: "$.t" }, h: { value: "$.h" } } });
    expect(said(registration, '{"t":1}')).toEqual({ t: 1 });
    expect(said(registration, "{}")).toEqual({});
    expect(said(registration, '{"t":1,"h":null}')).toEqual({ t: 1, h: null });
    expect(said(registration, '{"t":[1],"h":2}')).toEqual({ t: "<ambiguous>", h: 2 });
    expect(said(registration, "oops")).toEqual({ t: "<not-json>", h: "<not-json>" });
  });
});

describe("types", () => {
  const type = (input: Parameters<typeof compiled>[0]) => compiled(input).points([], "a")[0]?.info.type;
  it("DC-9: the type is what leaves no doubt", () => {
    expect(type({ filter: "a" })).toBeUndefined();
    expect(type({ filter: "a", payloads: { on: "1", off: "0" } })).toBe("boolean");
    expect(type({ filter: "a", command: { topic: "s", payloads: { on: "1", off: "0" } } })).toBe("boolean");
    expect(type({ filter: "a", command: { topic: "s", min: 0, max: 1 } })).toBe("number");
    expect(type({ filter: "a", command: { topic: "s", options: ["x"] } })).toBe("text");
    expect(type({ filter: "a", range: [0, 1] })).toBe("number");
    expect(type({ filter: "a", format: "boolean" })).toBe("boolean");
  });
  it("DC-9: a whole JSON payload may be what on and off look like", () => {
    const registration = compiled({ filter: "a", payloads: { on: '{"state":"ON"}', off: '{"state":"OFF"}' } });
    expect(said(registration, '{"state":"OFF"}')).toEqual({ "": false });
  });
  it("DC-10: a value in another unit than the registered one is refused, the found unit is told", () => {
    const registration = compiled({ filter: "a", unit: "m" });
    expect(registration.read(bytes("24 m"), NOW)).toMatchObject([{ ok: true, value: 24, unit: "m" }]);
    expect(said(registration, "24 cm")).toEqual({ "": "<wrong-type>" });
  });
});

describe("the device's time", () => {
  const registration = compiled({ filter: "a", value: "$.v", time: "$.ts" });
  const at = (ts: unknown) => {
    const [outcome] = registration.read(bytes(JSON.stringify({ v: 1, ts })), NOW);
    return outcome?.ok ? outcome.at : outcome?.reject.code;
  };
  it("DC-11: seconds, milliseconds and ISO 8601 are told apart", () => {
    expect(at(1_700_000_000)).toBe(1_700_000_000_000);
    expect(at(1_700_000_000.25)).toBe(1_700_000_000_250);
    expect(at(1_700_000_000_123)).toBe(1_700_000_000_123);
    expect(at("1700000000")).toBe(1_700_000_000_000);
    expect(at("2024-07-23T03:15:00.161+00:00")).toBe(Date.UTC(2024, 6, 23, 3, 15, 0, 161));
    expect(at("2024-07-23T05:15:00+0200")).toBe(Date.UTC(2024, 6, 23, 3, 15));
    expect(at("2022-06-09 07:08:27Z")).toBe(Date.UTC(2022, 5, 9, 7, 8, 27));
    expect(at("2022-06-09 07:08:27")).toBe(new Date(2022, 5, 9, 7, 8, 27).getTime());
  });
  it.each([null, "soon", "2024-13-45", true, {}, 0, 12_345, "1970-01-01T00:00:09Z", NOW + 2 * 86_400_000, 1e300, -1])(
    "DC-106: %j is no time that a reading can have",
    (ts) => {
      expect(at(ts)).toBe("bad-time");
    },
  );
  it("DC-106: a clock a little ahead gives no reading from the future", () => {
    expect(at(NOW + 3_600_000)).toBe(NOW);
    expect(said(registration, '{"v":1}')).toEqual({ "": "<bad-time>" });
  });
});

describe("availability", () => {
  const read = (availability: object, payload: string) =>
    compiled({ filter: "a", availability: { filter: "lwt", ...availability } })
      .availability([])[0]
      ?.read(bytes(payload));
  it("DC-12: the payloads as registered, then in any case, else nothing is said", () => {
    expect(read({}, "online")).toBe("online");
    expect(read({}, " Offline\n")).toBe("offline");
    expect(read({}, "lost")).toBeUndefined();
    expect(read({}, "")).toBeUndefined();
    expect(read({ online: true, offline: false }, "false")).toBe("offline");
  });
  it("DC-12: out of JSON by path, and a bare state without one", () => {
    expect(read({ value: "$.s" }, '{"s":"offline"}')).toBe("offline");
    expect(read({ value: "$.s", online: true, offline: false }, '{"s":true}')).toBe("online");
    expect(read({}, '{"state":"online"}')).toBe("online");
    expect(read({ value: "$.s" }, '{"state":"online"}')).toBeUndefined();
  });
  it("DC-12: each of several, with its levels filled in", () => {
    const registration = compiled({ filter: "a/+", availability: [{ filter: "a/{1}/lwt" }, { filter: "bridge" }] });
    expect(registration.availability(["x"]).map((a) => a.filter)).toEqual(["a/x/lwt", "bridge"]);
  });
});

describe("never throws", () => {
  /** Mostly absent, and when there mostly right: else nearly no registration would get past the schema and the compiler. */
  const maybe = <T>(right: fc.Arbitrary<T>, wrong?: fc.Arbitrary<T>) =>
    fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 6, arbitrary: right },
      { weight: 1, arbitrary: wrong ?? right },
    );
  const goodPath = fc.constantFrom("$", "$.a", "$.a[0]", "$..a", "$.a[?@.b > 1]", "$[?match(@.a, '(a+)+$')]", "$[*]");
  const path = fc.oneof(
    { weight: 8, arbitrary: goodPath },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
  );
  const onOff = fc.record({ on: fc.string(), off: fc.string() });
  const command = fc.record({
    topic: fc.oneof(
      { weight: 9, arbitrary: fc.constant("c") },
      { weight: 1, arbitrary: fc.constantFrom("c/{1}", "c/#", "\u0000") },
    ),
    payloads: maybe(onOff),
    press: maybe(fc.string()),
    options: maybe(fc.array(fc.string(), { minLength: 1, maxLength: 3 })),
    min: maybe(fc.integer()),
    step: maybe(fc.double({ min: 1e-9, max: 1e9, noNaN: true })),
    template: maybe(fc.string().map((s) => `${s}{{value}}`)),
  });
  const described = {
    name: maybe(fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom("{1}", "{9}")),
    type: maybe(fc.constantFrom("number", "boolean", "text")),
    unit: maybe(fc.string({ maxLength: 10 })),
    range: maybe(fc.constant([0, 1])),
    payloads: maybe(onOff),
    staleAfter: maybe(fc.constantFrom("auto", "never", "5s"), fc.constant("0")),
  };
  const input = fc.oneof(
    fc.record({
      id: fc.constant("r"),
      filter: fc.constantFrom("a", "a/+", "a/#", "+/b/#"),
      format: maybe(fc.constantFrom("auto", "json"), fc.constantFrom("text", "number", "boolean")),
      time: maybe(path),
      device: maybe(fc.constant("x"), fc.constant("{1}")),
      value: maybe(path),
      availability: maybe(
        fc.record({ filter: fc.constantFrom("x", "#") as fc.Arbitrary<string>, value: maybe(path) }),
        fc.constant({ filter: "a#", value: undefined }),
      ),
      command: maybe(command),
      ...described,
    }),
    fc.record({
      id: fc.constant("r"),
      filter: fc.constantFrom("a", "a/+"),
      values: fc.dictionary(
        fc.constantFrom("a", "b"),
        fc.record({ value: path, command: maybe(command), ...described }),
        { minKeys: 1 },
      ),
      ...described,
    }),
  );
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.json().map(bytes),
    fc.constantFrom('{"a":[{"b":2}]}', '{"a":"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}', "[".repeat(60)).map(bytes),
  );
  const value = fc.oneof(fc.double(), fc.boolean(), fc.string({ unit: "binary" }), fc.constant(null));

  it("DC-13: whatever the schema lets pass compiles or is refused with its field, and whatever it compiles to reads any bytes", () => {
    let readable = 0;
    fc.assert(
      fc.property(input, payload, value, (raw, data, target) => {
        const parsed = Registration.safeParse(raw);
        if (!parsed.success) return;
        const result = compileRegistration(parsed.data);
        if (!result.ok) {
          expect(result.error.pointer).toMatch(/^\//);
          expect(inWords(result.error.message)).not.toBe("");
          return;
        }
        readable++;
        for (const outcome of result.value.read(data, NOW))
          if (outcome.ok && typeof outcome.value === "number") expect(Number.isFinite(outcome.value)).toBe(true);
        for (const availability of result.value.availability(["x", "y"])) availability.read(data);
        for (const point of result.value.points(["x", "y"], "a")) {
          expect(point.info.name).not.toBe("");
          point.actuator?.encode(target);
          point.actuator?.confirms(target, target);
        }
      }),
      { numRuns: 2000 },
    );
    expect(readable).toBeGreaterThan(400);
  });
});
