import { z } from "zod";
import { Part } from "../composite/part";
import { HistorySpec } from "../history";
import { nameText } from "../name";
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
      .regex(/^\S(?:.*\S)?$/, "a value that has a word is one line, without spaces around it"),
    z
      .string()
      .max(40)
      .regex(/^[^\s=](?:[^=\n]*[^\s=])?$/, 'a word is one line without "=", and without spaces around it'),
  )
  .refine((words) => Object.keys(words).length > 0, "words must name at least one value")
  .refine((words) => Object.keys(words).length <= 200, "words must not name more than 200 values")
  .refine((words) => !("true" in words) && !("false" in words), "the words of a boolean are called on and off");
export type Words = z.infer<typeof Words>;

/** Not what a device is for, but how it is set up or how it fares (Home Assistant's `entity_category`). */
export const Category = z.enum(["config", "diagnostic"]);

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
    title: "Name",
    about:
      "What people read. {1} is replaced by what the filter's first wildcard matched. Absent: made of the id and the key.",
    help: "{1} is replaced by what the filter's first wildcard matched.",
    control: { is: "text", placeholder: "Boiler temperature" },
    section: "names",
    first: true,
    inRow: { title: "Name of this value", help: undefined, control: { is: "text" } },
  },
  transform: {
    schema: CelText.optional(),
    level: "both",
    effect: "anew",
    title: "Transform",
    help: "CEL expression with value and payload, such as value * 0.1, payload.t - 273.15, value > 100 ? 100 : value.",
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
    title: "Type",
    about: "Absent: as the other fields leave no doubt, else as each payload looks.",
    control: {
      is: "choice",
      choices: [
        { value: "", label: "Detect automatically" },
        { value: "number", label: "Number" },
        { value: "boolean", label: "On or off" },
        { value: "text", label: "Text" },
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
    title: "Unit",
    about: "A payload in another unit is refused, not shown under this one.",
    control: { is: "text", placeholder: "°C, %, W, bar" },
    section: "reading",
    first: true,
    offered: isNumber,
  },
  precision: {
    schema: z.number().int().min(0).max(10).optional(),
    level: "both",
    effect: "type",
    title: "Decimals",
    about: "Digits behind the decimal point. Absent: as many as the value has, at most 3.",
    control: { is: "number", sort: "whole", placeholder: "as sent, at most 3" },
    section: "reading",
    offered: isNumber,
  },
  range: {
    schema: z
      .tuple([z.number(), z.number()])
      .refine(([low, high]) => low < high, "range must be [low, high] with low below high")
      .optional(),
    level: "both",
    effect: "type",
    title: "Range",
    about: "[low, high], the scale of gauges and sliders.",
    help: "Scale of a gauge. Leave both blank for none.",
    control: { is: "range" },
    section: "reading",
    offered: isNumber,
  },
  thresholds: {
    schema: ThresholdsSchema.optional(),
    level: "both",
    effect: "type",
    title: "Thresholds",
    about: "Up to 20, each with above or below, and its level: warning or critical.",
    control: { is: "thresholds" },
    section: "reading",
    wide: true,
    offered: isNumber,
  },
  staleAfter: {
    schema: StaleAfter.optional(),
    level: "both",
    effect: "described",
    title: "Stale after",
    about: "How long silence may last: a duration, auto (default: learnt from the pace of the readings) or never.",
    control: { is: "stale" },
    section: "freshness",
    wide: true,
  },
  payloads: {
    schema: OnOffPayloads.optional(),
    level: "both",
    effect: "anew",
    title: "Payloads for on and off",
    about: "What the device sends for on and off.",
    control: {
      is: "onOff",
      on: { label: "On when the payload is", placeholder: "ON, true, 1 …" },
      off: { label: "Off when the payload is", placeholder: "OFF, false, 0 …" },
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
    title: "Payloads for “no reading”",
    about: "Readings that stand for no reading, as a sensor that is not connected sends -127: shown as unknown.",
    help: "One per line. Shown as unknown.",
    control: { is: "lines", placeholder: "-127", mono: true },
    section: "reading",
    offered: byItself,
  },
  words: {
    schema: Words.optional(),
    level: "both",
    effect: "described",
    previewed: true,
    title: "Display texts",
    about: "What people read instead of a value: of a boolean by on and off, else by the value itself.",
    help: "Shown instead of a value, one per line.",
    control: { is: "words", placeholder: "on = Open\noff = Closed" },
    section: "reading",
    offered: byItself,
  },
  command: {
    schema: CommandSpec.optional(),
    level: "both",
    effect: "type",
    title: "Command",
    about: "Makes the point an actuator: where to publish, and what.",
    control: { is: "command" },
    section: "command",
    wide: true,
    applies: byItself,
  },
  category: {
    schema: Category.optional(),
    level: "both",
    effect: "described",
    title: "Category",
    about: "A setting or a diagnostic of its device: folded behind the main values on Everything.",
    help: "Settings and diagnostics are collapsed below the main values.",
    control: {
      is: "choice",
      choices: [
        { value: "", label: "Main value" },
        { value: "config", label: "Setting" },
        { value: "diagnostic", label: "Diagnostic" },
      ],
      absent: "",
    },
    section: "reading",
    offered: byItself,
  },
  part: {
    schema: Part.optional(),
    level: "both",
    effect: "described",
    title: "Part of a composite tile",
    about: "Several points that are one thing to people: the lamp of a brightness, the blind of a position.",
    control: { is: "part" },
    section: "names",
    wide: true,
    offered: byItself,
  },
  history: {
    schema: HistorySpec.optional(),
    level: "both",
    effect: "described",
    title: "History",
    about: "Which readings are stored, and for how long; false: none.",
    control: { is: "history" },
    section: "history",
    wide: true,
  },
} as const satisfies RegistrationFields;
