import { expect, test } from "vitest";
import { addMessages, emptyPreview } from "../../../../lib/previewDecode";
import { Registration, type RegistrationInput } from "../../../../lib/registration";
import { REGISTRATION_FIELDS } from "../../../../lib/registration/fields";
import { foundFields } from "../preview/payloadTree";
import type { Draft } from "./draft";
import { type DraftAction, draftReducer } from "./draftReducer";
import { emptyDraft, fromRegistration } from "./fromRegistration";
import { type Entry, faultsUnderMore, moreFields, nameFields, rowFields, sourceFields, usesMore } from "./shownFields";
import { toRegistration } from "./toRegistration";

const formOf = (input: RegistrationInput): Draft => fromRegistration(Registration.parse(input));
const edit = (draft: Draft, ...actions: DraftAction[]): Draft => actions.reduce(draftReducer(new Set()), draft);
const names = (entries: readonly Entry[]): string[] => entries.map(([name]) => name);
const SECTIONS = ["source", "reading", "names", "freshness", "history", "command"] as const;
const more = (draft: Draft): string[] => SECTIONS.flatMap((section) => names(moreFields(section, draft, 1)));
const saved = (draft: Draft) => {
  const written = toRegistration(draft);
  return written.ok ? written.registration : Object.fromEntries(written.errors);
};

test("RG-110: at once the form asks for the filter, name and unit, and for the broker where there are several", () => {
  expect(names(sourceFields(emptyDraft, 1))).toEqual(["filter"]);
  expect(names(sourceFields(emptyDraft, 2))).toEqual(["filter", "broker"]);
  expect(names(nameFields(emptyDraft, 1))).toEqual(["name", "unit"]);
  const several = formOf({ id: "a", filter: "a", values: { t: { value: "$.t" } } });
  expect(names(nameFields(several, 1))).toEqual(["name"]);
  const [row] = several.values;
  expect(row && names(rowFields(several, row, "first"))).toEqual(["name", "unit"]);
});

test("RG-110: every field is asked for somewhere", () => {
  const forms = [
    {
      ...emptyDraft,
      availability: edit(emptyDraft, { do: "addAvailability" }, { do: "addAvailability" }).availability,
    },
    { ...emptyDraft, format: "bytes" as const, type: "boolean" as const },
    { ...emptyDraft, format: "protobuf" as const, mode: "template" as const },
  ];
  const asked = forms.flatMap((draft) => [
    ...names(sourceFields(draft, 2)),
    ...names(nameFields(draft, 2)),
    ...more(draft),
  ]);
  // Several values are ticked.
  expect(Object.keys(REGISTRATION_FIELDS).filter((name) => !asked.includes(name))).toEqual(["values"]);
});

test("RG-111: More is used by what stands in it, and a fault of it is one of More", () => {
  const plain = { id: "a", filter: "a", name: "A", unit: "V", value: "$.v" };
  expect(usesMore(formOf(plain))).toBe(false);
  expect(usesMore(formOf({ id: "a", filter: "a", values: { t: { value: "$.t", type: "number" } } }))).toBe(false);
  for (const extra of [
    { area: "Hall" },
    { type: "number" },
    { staleAfter: "60s" },
    { history: false },
    { partial: true },
  ] as const)
    expect(usesMore(formOf({ ...plain, ...extra }))).toBe(true);
  const errors = new Map(
    ["/filter", "/values/t/unit", "/rows/0/key", "/id", "/command/topic"].map((at) => [at, "wrong"]),
  );
  expect(faultsUnderMore(errors)).toEqual(["/id", "/command/topic"]);
});

test("RG-112: the fields of all messages are listed once, each with what it was last", () => {
  const message = (topic: string, text: string, at: number) => ({
    topic,
    payload: btoa(text),
    bytes: text.length,
    retained: false,
    at,
  });
  const { topics } = addMessages(
    emptyPreview,
    [
      message("a/1", '{"t": 1.50, "in": {"h": 6}}', 2),
      message("a/2", '{"t": 9, "mode": "auto"}', 1),
      message("a/3", "12", 3),
    ],
    0,
  );
  expect(foundFields(topics, undefined)).toEqual([
    { path: "$.t", text: "1.50" },
    { path: "$.in.h", text: "6" },
    { path: "$.mode", text: "auto" },
  ]);
  const many = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`f${i}`, i]));
  const wide = ["b/1", "b/2", "b/3"].map((topic, i) => message(topic, JSON.stringify({ [`own${i}`]: many }), i));
  expect(foundFields(addMessages(emptyPreview, wide, 0).topics, undefined)).toHaveLength(200);
});

test("RG-112: a second tick makes several values, and what was said of the first goes along; the last but one makes one again", () => {
  const one = edit(
    emptyDraft,
    { do: "set", fields: { filter: "a/b", name: "Boiler", unit: "°C", precision: "1" } },
    { do: "pick", path: "$.t", several: true },
  );
  const two = edit(one, { do: "pick", path: "$.p", several: true });
  expect(saved(two)).toEqual({
    id: "boiler",
    name: "Boiler",
    filter: "a/b",
    values: { t: { value: "$.t", unit: "°C", precision: 1 }, p: { value: "$.p" } },
  });
  const last = two.values[1];
  expect(saved(edit(two, { do: "removeValue", row: last?.row ?? 0, fewer: true }))).toEqual(saved(one));
});

test("RG-112: where points are stored, one value stays one and several stay several", () => {
  const stored = formOf({ id: "a", filter: "a", value: "$.t" });
  expect(saved(edit(stored, { do: "pick", path: "$.p" }))).toMatchObject({ value: "$.p" });
  const several = formOf({ id: "a", filter: "a", values: { t: { value: "$.t" }, p: { value: "$.p" } } });
  const row = several.values[1]?.row ?? 0;
  expect(saved(edit(several, { do: "removeValue", row }))).toMatchObject({ values: { t: { value: "$.t" } } });
});

test("RG-113: what is written stays in sight", () => {
  const worded = formOf({ id: "a", filter: "a", type: "text" });
  expect(names(nameFields(worded, 1))).toEqual(["name"]);
  expect(names(nameFields({ ...worded, unit: "V" }, 1))).toEqual(["name", "unit"]);
  const above = formOf({ id: "a", filter: "a", precision: 2, values: { t: { value: "$.t" } } });
  expect(more(above)).toContain("precision");
  expect(more(above)).not.toContain("range");
});

test("RG-113: what belongs to another format or way of reading stays in the form and is not saved", () => {
  const bytes = formOf({ id: "a", filter: "a", format: "bytes", struct: [{ key: "t", at: 0, type: "u8" }] });
  const json = edit(bytes, { do: "set", fields: { format: "json" } });
  expect(saved(json)).toEqual({ id: "a", filter: "a", format: "json" });
  expect(more(json)).not.toContain("struct");
  expect(saved(edit(json, { do: "set", fields: { format: "bytes" } }))).toMatchObject({ struct: [{ key: "t" }] });
  const path = formOf({ id: "a", filter: "a", value: "$.t", transform: "value * 2" });
  const template = edit(path, { do: "mode", mode: "template" }, { do: "set", fields: { jinja: "{{ value }}" } });
  expect(saved(template)).toEqual({ id: "a", filter: "a", jinja: "{{ value }}" });
  expect(saved(edit(template, { do: "mode", mode: "one" }))).toMatchObject({ transform: "value * 2" });
});
