import { describe, expect, it } from "vitest";
import { bytes, compiled, compileFault, NOW, said } from "./testing";

describe("what found devices bring along", () => {
  it("DC-60: a template makes the value; what it has nothing to say of keeps the old one, None is unknown", () => {
    const registration = compiled({ filter: "a", jinja: "{{ (value_json.t - 32) * 5 / 9 }}", type: "number" });
    expect(said(registration, '{"t": 212}')).toEqual({ "": 100 });
    expect(said(registration, '{"h": 1}')).toEqual({});
    expect(said(registration, "no json")).toEqual({});
    expect(said(compiled({ filter: "a", jinja: "{{ value_json.t }}" }), '{"t": null}')).toEqual({ "": null });
    expect(said(compiled({ filter: "a", jinja: "{{ value }}", type: "number" }), "abc")).toEqual({
      "": "<wrong-type>",
    });
  });

  it("DC-60: a template beside a path, or one that cannot be read, is refused at its field", () => {
    expect(() => compiled({ filter: "a", jinja: "{{ 1 }}", value: "$.a" })).toThrow("not both");
    expect(compileFault({ filter: "a", jinja: "{{ value" })).toMatchObject({ pointer: "/jinja" });
    expect(compileFault({ filter: "a", type: "text", command: { topic: "a/set", jinja: "{% x %}" } })).toMatchObject({
      pointer: "/command/jinja",
    });
    expect(compileFault({ filter: "a", availability: { filter: "b", jinja: "{{" } })).toMatchObject({
      pointer: "/availability/jinja",
    });
  });

  it("DC-61: a partial message says nothing of what it lacks", () => {
    expect(said(compiled({ filter: "a", value: "$.t" }), '{"h":1}')).toEqual({ "": "<no-match>" });
    expect(said(compiled({ filter: "a", value: "$.t", partial: true }), '{"h":1}')).toEqual({});
    expect(said(compiled({ filter: "a", value: "$.t", partial: true }), "text")).toEqual({});
  });

  it("DC-62: topics that are merged speak of one point", () => {
    const registration = compiled({ filter: "+/+/b/X", merge: true, value: "$.t", name: "T" });
    expect(registration.wildcard).toBe(false);
    expect(registration.points([], undefined).map((point) => point.id)).toEqual(["r"]);
  });

  it("DC-63: a command's template gets the value as a number where it is one", () => {
    const command = compiled({
      filter: "a",
      type: "number",
      command: { topic: "a/set", min: 0, max: 100, jinja: '{"b": {{ (value * 2.56) | round }}}' },
    });
    expect(command.points([], "a")[0]?.actuator?.encode(50)).toEqual({
      ok: true,
      value: { payload: '{"b": 128}', target: 50 },
    });
    const word = compiled({
      filter: "a",
      command: { topic: "a/set", options: ["x", "y"], jinja: "{{ {'x': 1, 'y': 2}[value] }}" },
    });
    expect(word.points([], "a")[0]?.actuator?.encode("y")).toMatchObject({ value: { payload: "2", target: "y" } });
  });

  it("DC-64: availability may be said by a template, and in which way several count is told", () => {
    const registration = compiled({
      filter: "a",
      availability: [{ filter: "b", jinja: "{{ 'offline' if value in ['lost'] else 'online' }}" }, { filter: "c" }],
      availabilityMode: "any",
    });
    const [one] = registration.availability([]);
    expect(one?.read(bytes("lost"))).toBe("offline");
    expect(one?.read(bytes("ready"))).toBe("online");
    expect(registration.availabilityMode).toBe("any");
    expect(compiled({ filter: "a" }).availabilityMode).toBe("all");
    expect(registration.read(bytes("1"), NOW)).toHaveLength(1);
  });
});
