import { expect, test } from "vitest";
import { REGISTRATION_FIELDS, readingText, VALUE_FIELDS } from "./readingFields";
import { Registration, ValueSpec } from "./registration";

test("LV-106: every field of the schema says whether a change of it reads the value again", () => {
  expect(Object.keys(REGISTRATION_FIELDS).sort()).toEqual(Object.keys(Registration.shape).sort());
  expect(Object.keys(VALUE_FIELDS).sort()).toEqual(Object.keys(ValueSpec.shape).sort());
});

test("LV-106: of several values each has its own fields, else those of the registration", () => {
  const of = (more: object, effect: "anew" | "again" = "again") =>
    readingText(
      Registration.parse({
        id: "r",
        filter: "a",
        values: { t: { value: "$.t" }, u: { value: "$.u", unit: "V" } },
        ...more,
      }),
      "u",
      effect,
    );
  expect(of({ unit: "A" })).toBe(of({}));
  expect(of({ unknown: ["-127"] })).not.toBe(of({}));
  expect(of({ name: "Boiler", availability: { filter: "x" } }, "anew")).toBe(of({}, "anew"));
  expect(of({ when: "payload.id == 1" }, "anew")).not.toBe(of({}, "anew"));
});
