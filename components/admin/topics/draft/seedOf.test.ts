import { expect, it } from "vitest";
import { seedOf } from "./seedOf";
import { toRegistration } from "./toRegistration";

it("begins with the registration of a link, a filter, or nothing", () => {
  const registration = { id: "north", filter: "green/+/climate", name: "{1} climate", values: { t: { value: "$.t" } } };
  const seed = seedOf(JSON.stringify(registration));
  expect(seed && toRegistration(seed)).toEqual({ ok: true, registration });
  expect(seedOf('{"filter": "a/b"}')).toMatchObject({ filter: "a/b", id: "" });
  for (const text of [undefined, "", "{", "[]", '{"filter": 1}']) expect(seedOf(text)).toBeUndefined();
});
