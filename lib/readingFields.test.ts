import { expect, test } from "vitest";
import { readingText } from "./readingFields";
import { Registration } from "./registration";
import { REGISTRATION_FIELDS } from "./registration/fields";

test("LV-106: the fields of which a change reads the value again", () => {
  const named = (effect: string) =>
    Object.entries(REGISTRATION_FIELDS)
      .flatMap(([name, field]) => (field.effect === effect ? [name] : []))
      .sort();
  const described = ["encoding", "format", "message", "proto", "struct"];
  const chosen = ["jinja", "payloads", "time", "transform", "type", "value", "when"];
  expect(named("anew")).toEqual([...described, ...chosen].sort());
  expect(named("again")).toEqual(["merge", "partial", "unit", "unknown"]);
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
