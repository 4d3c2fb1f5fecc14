import { expect, test } from "vitest";
import { UserIn, UserPatch } from "./api";
import { Broker } from "./broker";
import { DashboardIn } from "./dashboard";
import { parseWithCleanNames } from "./name";
import { Registration } from "./registration";

const user = { username: "ana", password: "correct horse", role: "viewer" };
const FIELDS: [string, { safeParse(value: unknown): { success: boolean } }, (name: string) => object][] = [
  ["a registration's name", Registration, (name) => ({ id: "a", filter: "a", name })],
  ["a value's name", Registration, (name) => ({ id: "a", filter: "a", values: { t: { value: "$.t", name } } })],
  ["a device", Registration, (device) => ({ id: "a", filter: "a", device })],
  ["an area", Registration, (area) => ({ id: "a", filter: "a", area })],
  ["a unit", Registration, (unit) => ({ id: "a", filter: "a", unit })],
  [
    "a part's name",
    Registration,
    (name) => ({ id: "a", filter: "a", part: { of: "x", kind: "light", role: "main", name } }),
  ],
  ["a broker", Broker, (name) => ({ id: "a", url: "mqtt://b", name })],
  ["a dashboard", DashboardIn, (title) => ({ slug: "a", title })],
  ["a tile", DashboardIn, (title) => ({ slug: "a", title: "A", tiles: [{ kind: "value", title }] })],
  ["a section", DashboardIn, (section) => ({ slug: "a", title: "A", tiles: [{ kind: "value", section }] })],
  ["a new person", UserIn, (name) => ({ ...user, name })],
  ["a person", UserPatch, (name) => ({ name })],
];

test.each(FIELDS)("AC-74: control characters are refused in the name of %s", (_, schema, body) => {
  expect(schema.safeParse(body("Küche 🌡 {1}")).success).toBe(true);
  for (const char of ["\n", "\r", "\t", "\u0000", "\u001b", "\u007f", "\u0085", "\u2028"])
    expect([JSON.stringify(char), schema.safeParse(body(`Kit${char}chen`)).success]).toEqual([
      JSON.stringify(char),
      false,
    ]);
});

test("AC-106: what a device announces or an earlier version stored is cleaned, and nothing else is passed over", () => {
  const cleaned = parseWithCleanNames(DashboardIn, {
    slug: "a",
    title: "A\n\tB",
    tiles: [{ kind: "value", section: "\u0000" }],
  });
  expect(cleaned.data).toMatchObject({ title: "A B", sections: [{ title: "?" }] });
  expect(parseWithCleanNames(DashboardIn, { slug: "NO", title: "A\nB" }).success).toBe(false);
});
