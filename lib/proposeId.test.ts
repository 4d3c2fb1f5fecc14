import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RegistrationId } from "./ids";
import { proposeId, slugOf } from "./proposeId";

const none = new Set<string>();

describe("proposeId", () => {
  it.each([
    ["Boiler temperature", "plant/boiler/status", "boiler-temperature"],
    ["Küche, Außen (°C)", "x", "kuche-aussen-c"],
    ["{1} humidity", "greenhouse/+/climate", "humidity"],
    ["", "plant/boiler/status", "boiler-status"],
    ["{1}", "greenhouse/+/climate", "greenhouse-climate"],
    ["温度", "sensor/1", "sensor-1"],
    ["", "#", ""],
  ])("takes %j with filter %j as %j", (name, filter, id) => {
    expect(proposeId(name, filter, none)).toBe(id);
  });

  it("numbers what is taken", () => {
    expect(proposeId("Pump", "", new Set(["pump", "pump-2"]))).toBe("pump-3");
    const long = "x".repeat(64);
    expect(proposeId(long, "", new Set([long]))).toBe(`${"x".repeat(62)}-2`);
  });

  it("is legal or empty, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (name) => {
        const id = slugOf(name);
        expect(id === "" || RegistrationId.safeParse(id).success).toBe(true);
      }),
    );
  });
});
