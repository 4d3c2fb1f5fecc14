import { afterEach, expect, test } from "vitest";
import type { z } from "zod";
import { configFileSchema } from "../configFileSchema";
import { CommandSpec, Registration, ValueSpec } from "../registration";
import english from "../texts/compiled/en.json";
import { addTexts, type Texts, t } from "../texts/t";
import { AVAILABILITY_FIELDS } from "./availability";
import { COMMAND_FIELDS } from "./command";
import type { Fields } from "./field";
import { REGISTRATION_FIELDS } from "./fields";

test("RG-100: the schemas of a registration and of a value have the fields of their level, in the order of the entries", () => {
  const at = (level: string) =>
    Object.entries(REGISTRATION_FIELDS).flatMap(([name, field]) =>
      field.level === level || field.level === "both" ? [name] : [],
    );
  expect(Object.keys(Registration.shape)).toEqual(at("registration"));
  expect(Object.keys(ValueSpec.shape)).toEqual(at("value"));
  expect(Object.keys(CommandSpec.shape)).toEqual(Object.keys(COMMAND_FIELDS));
});

test.each<[string, Fields, z.ZodRawShape]>([
  ["registration", REGISTRATION_FIELDS, Registration.shape],
  ["command", COMMAND_FIELDS, CommandSpec.shape],
])("RG-102: every field of a %s has a title and a description", (_, fields, shape) => {
  for (const [name, { title, help, about = help }] of Object.entries(fields)) {
    if (!about) throw new Error(`${name} has neither about nor help`);
    expect([name, (shape[name] as z.ZodType).meta()]).toEqual([name, { title: t(title), description: t(about) }]);
  }
});

test("RG-102: the JSON Schema carries them, of parts of fields too", () => {
  const { topics } = configFileSchema().properties as { topics: { anyOf: { items: object }[] } };
  const { title, help } = AVAILABILITY_FIELDS.filter;
  expect(topics.anyOf[0]?.items).toMatchObject({
    properties: {
      precision: { type: "integer", title: "Decimals", description: expect.stringContaining("at most 3") },
      command: { properties: { step: { title: "Step" } } },
      availability: { anyOf: [{ properties: { filter: { title: t(title), description: t(help) } } }, {}] },
    },
    additionalProperties: false,
  });
});

const ENGLISH: Texts = { locale: "en", spaces: english as unknown as Texts["spaces"] };
// The catalogue is shared with the files that run after this one.
afterEach(() => addTexts(ENGLISH));

test("RG-120: a schema has the titles and descriptions of the language that it is written in, not of the one before", () => {
  const unit = () => {
    const { topics } = configFileSchema().properties as { topics: { anyOf: { items: { properties: object } }[] } };
    return topics.anyOf[0]?.items.properties;
  };
  expect(unit()).toMatchObject({ unit: { title: "Unit" } });
  addTexts({ locale: "de", spaces: { fields: { unit: "Einheit" }, about: { unit: "In welcher Einheit." } } });
  expect(unit()).toMatchObject({ unit: { title: "Einheit", description: "In welcher Einheit." } });
});
