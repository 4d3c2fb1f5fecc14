import type { z } from "zod";
import { type PlainKey, t } from "../texts/t";
import type { Control } from "./control";

/**
 * What a field of a registration is, once: the schema, the API, OpenAPI, the JSON Schema for editors, the form with its draft, the preview
 * and the reading of a changed registration are made of these entries. docs/adding.md says how to add one.
 */

/**
 * What a change of a field does to the value that is shown:
 * - `anew`: the value is read otherwise. The last message is read again; without one the point starts as unknown.
 * - `again`: what was read may be judged otherwise. The last message is read again; without one the value stays.
 * - `type`: read only for the type that it implies; another type is `anew`.
 * - `place`: says where the value comes from; judged by the topic and the broker that come of it.
 * - `described`: changes nothing of the value.
 */
export type FieldEffect = "anew" | "again" | "type" | "place" | "described";

/** Of the whole registration, of each of its several values, or of both: then it may be given above `values` for all of them. */
export type FieldLevel = "registration" | "value" | "both";

/** The part of the form that asks for it. */
export type FieldSection = "source" | "reading" | "names" | "freshness" | "history" | "command";

/** What decides whether the form asks for a field. */
export interface FieldFacts {
  /** One value, several with a path each, or what a template makes of the payload. */
  readonly mode: "one" | "several" | "template";
  /** Whether it is asked of the registration as a whole, or of one of its several values. */
  readonly scope: "whole" | "value";
  readonly format: string;
  /** The registered type; "" while the payload decides. */
  readonly type: string;
  /** How many brokers there are, and how many availability topics. */
  readonly brokers: number;
  readonly availability: number;
}

/** A field of anything that a registration holds: of itself, of a command, of an availability topic. */
export interface Field {
  readonly schema: z.ZodType;
  /** Its name for people: the label of its control, and the title in the schemas. */
  readonly title: PlainKey;
  /** What to write, below its control; without `about` also its description in the schemas. */
  readonly help?: PlainKey;
  /** What it means, for those who write YAML or use the API. */
  readonly about?: PlainKey;
  readonly control: Control;
  /** Takes a whole row of the form. */
  readonly wide?: boolean;
  readonly required?: boolean;
  /** False: the field belongs to another kind of registration. It is neither asked for nor saved, and keeps its text. */
  applies?(facts: FieldFacts): boolean;
  /** False: nothing asks for it until it is written. */
  offered?(facts: FieldFacts): boolean;
}

/** A field of a registration or of one of its values. */
export interface RegistrationField extends Field {
  readonly level: FieldLevel;
  /** Its schema in one of several values, where that is another one. */
  readonly valueSchema?: z.ZodType;
  readonly effect: FieldEffect;
  /** The preview needs it while the rest of the form is incomplete, though it changes nothing of the value. */
  readonly previewed?: boolean;
  readonly section: FieldSection;
  /** Asked for at once; the others are under "More". */
  readonly first?: boolean;
  /** What it is called where it is asked of one of several values. */
  readonly inRow?: Pick<Field, "title" | "help" | "control">;
}

export type Fields = Readonly<Record<string, Field>>;
export type RegistrationFields = Readonly<Record<string, RegistrationField>>;

/** The members of a schema that holds these fields. */
type ShapeOf<All extends Fields> = { [Name in keyof All]: All[Name]["schema"] };

/** The fields of a registration (`registration`), or of one of its values (`value`). */
type ShapeAt<All extends RegistrationFields, Level extends FieldLevel> = {
  [Name in keyof All as All[Name]["level"] extends Level | "both" ? Name : never]: Level extends "value"
    ? All[Name] extends { valueSchema: infer Schema extends z.ZodType }
      ? Schema
      : All[Name]["schema"]
    : All[Name]["schema"];
};

export const shapeOf = <const All extends Fields>(fields: All): ShapeOf<All> =>
  mapFields(fields, (field) => described(field.schema, field)) as ShapeOf<All>;

export function shapeAt<const All extends RegistrationFields, const Level extends "registration" | "value">(
  fields: All,
  level: Level,
): ShapeAt<All, Level> {
  const there = Object.entries(fields).filter(([, field]) => field.level === level || field.level === "both");
  const schemaOf = (field: RegistrationField) => (level === "value" && field.valueSchema) || field.schema;
  return Object.fromEntries(there.map(([name, field]) => [name, described(schemaOf(field), field)])) as ShapeAt<
    All,
    Level
  >;
}

const mapFields = (fields: Fields, make: (field: Field) => z.ZodType) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, make(field)]));

/** The schema with its title and description, for OpenAPI and JSON Schema: they become words when one of these is written. */
const described = (schema: z.ZodType, { title, help, about = help }: Field): z.ZodType =>
  schema.meta({
    get title() {
      return t(title);
    },
    get description() {
      return about && t(about);
    },
  });
