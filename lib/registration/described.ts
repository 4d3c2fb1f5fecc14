import { z } from "zod";
import { Part } from "../composite/part";
import { GLYPH_NAME } from "../glyphs/tables";
import { HistorySpec } from "../history";
import { nameText } from "../name";
import { withText } from "../texts/issues";
import { say } from "../texts/said";
import { ThresholdsSchema } from "../thresholds";
import { DurationSchema } from "../time";
import { CommandSpec } from "./command";
import type { FieldFacts, RegistrationFields } from "./field";
import { CelText, NameTemplate, OnOffPayloads, PayloadText } from "./texts";

export const ValueType = z.enum(["number", "boolean", "text"]);
export type ValueType = z.infer<typeof ValueType>;

/**
 * What people read instead of a value: of a boolean by `on` and `off`, of a number or a text by the value itself, as in `"1": Heating`.
 */
export const Words = z
  .record(
    z
      .string()
      .max(100)
      .regex(/^\S(?:.*\S)?$/, withText(say("schema.wordOfValue"))),
    z
      .string()
      .max(40)
      .regex(/^[^\s=](?:[^=\n]*[^\s=])?$/, withText(say("schema.word"))),
  )
  .refine((words) => Object.keys(words).length > 0, withText(say("schema.wordsEmpty")))
  .refine((words) => Object.keys(words).length <= 200, withText(say("schema.wordsTooMany")))
  .refine((words) => !("true" in words) && !("false" in words), withText(say("schema.wordsOfBoolean")));
export type Words = z.infer<typeof Words>;

/** Not what a device is for, but how it is set up or how it fares (Home Assistant's `entity_category`). */
export const Category = z.enum(["config", "diagnostic"]);

/** What kind of thing is measured or switched, in the words of Home Assistant's device classes: `battery`, `moisture`, `smoke`. */
export const DeviceClass = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9_]*$/, withText(say("schema.deviceClass")));

const StaleAfter = z.union([z.literal("auto"), z.literal("never"), DurationSchema]);

/** Of several values each is described by itself: above them only what is written there is shown. */
const byItself = ({ mode, scope }: FieldFacts): boolean => mode !== "several" || scope === "value";
const isNumber = (facts: FieldFacts): boolean => byItself(facts) && (facts.type === "" || facts.type === "number");
const isBoolean = (facts: FieldFacts): boolean => byItself(facts) && facts.type === "boolean";

/** What a registration says of its value, or of each of several. */
export const DESCRIBED_FIELDS = {
  name: {
    schema: NameTemplate.optional(),
    level: "both",
    effect: "described",
    title: "fields.name",
    about: "about.name",
    help: "fields.nameHelp",
    control: { is: "text", placeholder: { words: "fields.nameExample" } },
    section: "names",
    first: true,
    inRow: { title: "fields.nameOfValue", help: undefined, control: { is: "text" } },
  },
  transform: {
    schema: CelText.optional(),
    level: "both",
    effect: "anew",
    title: "fields.transform",
    help: "fields.transformHelp",
    control: { is: "expression", scope: "reading", placeholder: "value * 0.1" },
    section: "reading",
    wide: true,
    // A template reads the payload by itself.
    applies: ({ mode }) => mode !== "template",
    offered: byItself,
  },
  type: {
    schema: ValueType.optional(),
    level: "both",
    effect: "anew",
    title: "fields.type",
    about: "about.type",
    control: {
      is: "choice",
      choices: [
        { value: "", label: "fields.typeAuto" },
        { value: "number", label: "fields.typeNumber" },
        { value: "boolean", label: "fields.typeBoolean" },
        { value: "text", label: "fields.typeText" },
      ],
      absent: "",
    },
    section: "reading",
    offered: byItself,
  },
  unit: {
    schema: nameText(40).optional(),
    level: "both",
    effect: "again",
    title: "fields.unit",
    about: "about.unit",
    control: { is: "text", placeholder: "°C, %, W, bar" },
    section: "reading",
    first: true,
    offered: isNumber,
  },
  precision: {
    schema: z.number().int().min(0).max(10).optional(),
    level: "both",
    effect: "type",
    title: "fields.precision",
    about: "about.precision",
    control: { is: "number", sort: "whole", placeholder: { words: "fields.precisionExample" } },
    section: "reading",
    offered: isNumber,
  },
  range: {
    schema: z
      .tuple([z.number(), z.number()])
      .refine(([low, high]) => low < high, withText(say("schema.range")))
      .optional(),
    level: "both",
    effect: "type",
    title: "fields.range",
    about: "about.range",
    help: "fields.rangeHelp",
    control: { is: "range" },
    section: "reading",
    offered: isNumber,
  },
  thresholds: {
    schema: ThresholdsSchema.optional(),
    level: "both",
    effect: "type",
    title: "fields.thresholds",
    about: "about.thresholds",
    control: { is: "thresholds" },
    section: "reading",
    wide: true,
    offered: isNumber,
  },
  staleAfter: {
    schema: StaleAfter.optional(),
    level: "both",
    effect: "described",
    title: "fields.staleAfter",
    about: "about.staleAfter",
    control: { is: "stale" },
    section: "freshness",
    wide: true,
  },
  payloads: {
    schema: OnOffPayloads.optional(),
    level: "both",
    effect: "anew",
    title: "fields.payloads",
    about: "about.payloads",
    control: {
      is: "onOff",
      on: { label: "fields.payloadOn", placeholder: "ON, true, 1 …" },
      off: { label: "fields.payloadOff", placeholder: "OFF, false, 0 …" },
    },
    section: "reading",
    wide: true,
    offered: isBoolean,
  },
  unknown: {
    schema: z
      .array(PayloadText.pipe(z.string().min(1).max(100)))
      .min(1)
      .max(20)
      .optional(),
    level: "both",
    effect: "again",
    title: "fields.unknown",
    about: "about.unknown",
    help: "fields.unknownHelp",
    control: { is: "lines", placeholder: "-127", mono: true },
    section: "reading",
    offered: byItself,
  },
  words: {
    schema: Words.optional(),
    level: "both",
    effect: "described",
    previewed: true,
    title: "fields.words",
    about: "about.words",
    help: "fields.wordsHelp",
    control: { is: "words", placeholder: { words: "fields.wordsExample" } },
    section: "reading",
    offered: byItself,
  },
  command: {
    schema: CommandSpec.optional(),
    level: "both",
    effect: "type",
    title: "fields.command",
    about: "about.command",
    control: { is: "command" },
    section: "command",
    wide: true,
    applies: byItself,
  },
  category: {
    schema: Category.optional(),
    level: "both",
    effect: "described",
    title: "fields.category",
    about: "about.category",
    help: "fields.categoryHelp",
    control: {
      is: "choice",
      choices: [
        { value: "", label: "fields.categoryMain" },
        { value: "config", label: "fields.categorySetting" },
        { value: "diagnostic", label: "fields.categoryDiagnostic" },
      ],
      absent: "",
    },
    section: "reading",
    offered: byItself,
  },
  deviceClass: {
    schema: DeviceClass.optional(),
    level: "both",
    effect: "described",
    title: "fields.deviceClass",
    about: "about.deviceClass",
    help: "fields.deviceClassHelp",
    control: { is: "text", placeholder: "battery" },
    section: "reading",
    offered: byItself,
  },
  icon: {
    schema: z
      .string()
      .max(80)
      .regex(GLYPH_NAME, withText(say("schema.icon")))
      .optional(),
    level: "both",
    effect: "described",
    title: "fields.icon",
    about: "about.icon",
    help: "fields.iconHelp",
    control: { is: "text", placeholder: "mdi:sofa" },
    section: "names",
    offered: byItself,
  },
  part: {
    schema: Part.optional(),
    level: "both",
    effect: "described",
    title: "fields.part",
    about: "about.part",
    control: { is: "part" },
    section: "names",
    wide: true,
    offered: byItself,
  },
  history: {
    schema: HistorySpec.optional(),
    level: "both",
    effect: "described",
    title: "fields.history",
    about: "about.history",
    control: { is: "history" },
    section: "history",
    wide: true,
  },
} as const satisfies RegistrationFields;
