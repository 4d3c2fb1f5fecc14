import { describe, expect, it } from "vitest";
import { inWords } from "@/lib/texts/said";
import { compileRegistration } from "../../../../lib/compile";
import { Registration, type RegistrationInput } from "../../../../lib/registration";
import { pointsOf, pointsSentence } from "./pointsOf";

const compile = (input: RegistrationInput) => {
  const compiled = compileRegistration(Registration.parse(input));
  if (!compiled.ok) throw new Error(inWords(compiled.error.message));
  return compiled.value;
};

describe("the points that saving gives", () => {
  it("knows them from the registration alone where it has no wildcard", () => {
    const points = pointsOf(compile({ id: "pump", name: "Pump", filter: "a/b" }), []);
    expect(points).toEqual([{ id: "pump", name: "Pump" }]);
    expect(pointsSentence(points, false)).toBe("1 point: Pump.");
  });

  it("takes them from the topics that arrived where it has", () => {
    const compiled = compile({
      id: "climate",
      name: "{1}",
      filter: "greenhouse/+/climate",
      values: { t: { value: "$.t", name: "{1} temperature" } },
    });
    expect(pointsOf(compiled, []).length).toBe(0);
    const points = pointsOf(compiled, ["greenhouse/north/climate", "greenhouse/south/climate"]);
    expect(points.map((point) => point.id)).toEqual(["climate/north.t", "climate/south.t"]);
    expect(pointsSentence(points, true)).toBe("2 points so far: north temperature, south temperature.");
    expect(pointsSentence([], true)).toMatch(/when topics arrive/);
  });

  it("gives a point to an actuator without any state", () => {
    expect(pointsOf(compile({ id: "bell", command: { topic: "bell", press: "x" } }), [])).toHaveLength(1);
  });
});
