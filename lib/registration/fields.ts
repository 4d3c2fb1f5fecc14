import { z } from "zod";
import { decoderIds, formatChoices, formatFields } from "../decoders/registry";
import { BrokerId, RegistrationId } from "../ids";
import { Qos } from "../qos";
import { withText } from "../texts/issues";
import { say } from "../texts/said";
import { TopicFilterSchema } from "../topics/parse";
import { Availability } from "./availability";
import { DESCRIBED_FIELDS } from "./described";
import { type RegistrationFields, shapeAt } from "./field";
import { CelText, JinjaText, JsonPathText, NameTemplate, qosChoice } from "./texts";

/**
 * Every field of a registration, once and in the order in which it is written. Those of one of several values are in described.ts, those
 * of a format in its folder.
 */

/** How bytes become a value; `auto` looks at each payload. One folder each under lib/decoders. */
export const DecoderId = z.enum(decoderIds);
export type DecoderId = z.infer<typeof DecoderId>;

/** How the bytes of a format are wrapped as text. */
export const PayloadEncoding = z.enum(["base64", "hex"]);
export type PayloadEncoding = z.infer<typeof PayloadEncoding>;

const READING_FIELDS = {
  id: {
    schema: RegistrationId,
    level: "registration",
    effect: "described",
    title: "fields.id",
    about: "about.id",
    control: { is: "id" },
    section: "names",
    required: true,
  },
  broker: {
    schema: BrokerId.optional(),
    level: "registration",
    effect: "place",
    title: "fields.broker",
    about: "about.broker",
    control: { is: "broker" },
    section: "source",
    first: true,
    offered: ({ brokers }) => brokers > 1,
  },
  filter: {
    schema: TopicFilterSchema.optional(),
    level: "registration",
    effect: "place",
    title: "fields.filter",
    about: "about.filter",
    help: "fields.filterHelp",
    control: { is: "text", placeholder: "greenhouse/+/climate", mono: true },
    section: "source",
    first: true,
    wide: true,
  },
  format: {
    schema: DecoderId.optional(),
    level: "registration",
    effect: "anew",
    title: "fields.format",
    about: "about.format",
    control: { is: "choice", choices: formatChoices, absent: "auto" },
    section: "source",
  },
  encoding: {
    schema: PayloadEncoding.optional(),
    level: "registration",
    effect: "anew",
    title: "fields.encoding",
    about: "about.encoding",
    control: {
      is: "choice",
      choices: [
        { value: "", label: "fields.encodingNone" },
        { value: "base64", label: "fields.encodingBase64" },
        { value: "hex", label: "fields.encodingHex" },
      ],
      absent: "",
    },
    section: "source",
  },
  ...formatFields,
  value: {
    schema: JsonPathText.optional(),
    valueSchema: JsonPathText,
    level: "both",
    effect: "anew",
    title: "fields.value",
    about: "about.value",
    help: "fields.valueHelp",
    control: { is: "text", placeholder: "$.temperature", mono: true },
    section: "reading",
    first: true,
    wide: true,
    applies: ({ mode, scope }) => mode === "one" && scope === "whole",
  },
  jinja: {
    schema: JinjaText.optional(),
    level: "registration",
    effect: "anew",
    title: "fields.jinja",
    about: "about.jinja",
    help: "fields.jinjaHelp",
    control: { is: "code", placeholder: "{{ value_json.temperature | round(1) }}" },
    section: "reading",
    wide: true,
    required: true,
    applies: ({ mode }) => mode === "template",
  },
  when: {
    schema: CelText.optional(),
    level: "registration",
    effect: "anew",
    title: "fields.when",
    help: "fields.whenHelp",
    control: { is: "expression", scope: "message", placeholder: "payload.id == 17" },
    section: "source",
    wide: true,
  },
  partial: {
    schema: z.boolean().optional(),
    level: "registration",
    effect: "again",
    title: "fields.partial",
    help: "fields.partialHelp",
    control: { is: "check" },
    section: "reading",
  },
  merge: {
    schema: z.boolean().optional(),
    level: "registration",
    effect: "again",
    title: "fields.merge",
    help: "fields.mergeHelp",
    control: { is: "check" },
    section: "reading",
  },
} as const satisfies RegistrationFields;

const GROUP_FIELDS = {
  time: {
    schema: JsonPathText.optional(),
    level: "registration",
    effect: "anew",
    title: "fields.time",
    about: "about.time",
    help: "fields.timeHelp",
    control: { is: "text", placeholder: "$.ts", mono: true },
    section: "reading",
  },
  device: {
    schema: NameTemplate.optional(),
    level: "registration",
    effect: "described",
    title: "fields.device",
    about: "about.device",
    control: { is: "text", placeholder: { words: "fields.deviceExample" }, suggests: true },
    section: "names",
  },
  area: {
    schema: NameTemplate.optional(),
    level: "registration",
    effect: "described",
    title: "fields.area",
    about: "about.area",
    control: { is: "text", placeholder: { words: "fields.areaExample" }, suggests: true },
    section: "names",
  },
  availability: {
    schema: z.union([Availability, z.array(Availability).min(1).max(10)]).optional(),
    level: "registration",
    effect: "described",
    title: "fields.availability",
    about: "about.availability",
    control: { is: "availability" },
    section: "freshness",
    wide: true,
  },
  availabilityMode: {
    schema: z.enum(["all", "any", "latest"]).optional(),
    level: "registration",
    effect: "described",
    title: "fields.availabilityMode",
    about: "about.availabilityMode",
    control: {
      is: "choice",
      choices: [
        { value: "all", label: "fields.allOnline" },
        { value: "any", label: "fields.anyOnline" },
        { value: "latest", label: "fields.latestOnline" },
      ],
      absent: "all",
    },
    section: "freshness",
    offered: ({ availability }) => availability > 1,
  },
  qos: {
    schema: Qos.optional(),
    level: "registration",
    effect: "described",
    title: "fields.qos",
    about: "about.qos",
    control: qosChoice("fields.qosServerDefault"),
    section: "source",
  },
  ...DESCRIBED_FIELDS,
} as const satisfies RegistrationFields;

/** One of several values in a payload. */
export const ValueSpec = z.strictObject(shapeAt({ ...READING_FIELDS, ...GROUP_FIELDS }, "value"));
export type ValueSpec = z.infer<typeof ValueSpec>;

const ValueKey = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, withText(say("schema.valueKey")));

export const REGISTRATION_FIELDS = {
  ...READING_FIELDS,
  values: {
    schema: z
      .record(ValueKey, ValueSpec)
      .refine((v) => Object.keys(v).length > 0, withText(say("schema.valuesEmpty")))
      .refine((v) => Object.keys(v).length <= 200, withText(say("schema.valuesTooMany")))
      .optional(),
    level: "registration",
    // Each of them is a point of its own, by its key.
    effect: "described",
    title: "fields.values",
    about: "about.values",
    control: { is: "values" },
    section: "reading",
    first: true,
    wide: true,
    applies: ({ mode }) => mode === "several",
  },
  ...GROUP_FIELDS,
} as const satisfies RegistrationFields;

/** The members of a registration, without what contradicts itself: lib/registration.ts refuses that. */
export const registrationShape = shapeAt(REGISTRATION_FIELDS, "registration");
