import { z } from "zod";
import { decoderIds, formatChoices, formatFields } from "../decoders/registry";
import { BrokerId, RegistrationId } from "../ids";
import { Qos } from "../qos";
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
    title: "Id",
    about: "Permanent: the ids of points, links and history are made of it.",
    control: { is: "id" },
    section: "names",
    required: true,
  },
  broker: {
    schema: BrokerId.optional(),
    level: "registration",
    effect: "place",
    title: "Broker",
    about: "Id of a broker. Absent: main, else the first.",
    control: { is: "broker" },
    section: "source",
    first: true,
    offered: ({ brokers }) => brokers > 1,
  },
  filter: {
    schema: TopicFilterSchema.optional(),
    level: "registration",
    effect: "place",
    title: "Topic filter",
    about: "Topic filter of the state. Only an actuator that never reports may lack it; its commands are then assumed.",
    help: "+ matches one level, # at the end all that follow. Optional for actuators that do not report their state.",
    control: { is: "text", placeholder: "greenhouse/+/climate", mono: true },
    section: "source",
    first: true,
    wide: true,
  },
  format: {
    schema: DecoderId.optional(),
    level: "registration",
    effect: "anew",
    title: "Payload format",
    about: "How bytes become a value. Absent: auto, which looks at each payload.",
    control: { is: "choice", choices: formatChoices, absent: "auto" },
    section: "source",
  },
  encoding: {
    schema: PayloadEncoding.optional(),
    level: "registration",
    effect: "anew",
    title: "Encoding",
    about: "The format's bytes are wrapped as text.",
    control: {
      is: "choice",
      choices: [
        { value: "", label: "None" },
        { value: "base64", label: "Base64" },
        { value: "hex", label: "Hexadecimal" },
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
    title: "Path in the payload",
    about: "JSONPath (RFC 9535) to one value. Absent: the whole payload.",
    help: "Leave blank for the whole payload, or select a field in the live preview.",
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
    title: "Template",
    about: "Instead of value: a Jinja template as in Home Assistant, which makes the value of a payload, or nothing.",
    help: "Jinja as in Home Assistant: value is the payload as text, value_json the parsed JSON.",
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
    title: "Only messages where",
    help: "CEL expression with payload, for a topic that several devices share. Other messages are ignored.",
    control: { is: "expression", scope: "message", placeholder: "payload.id == 17" },
    section: "source",
    wide: true,
  },
  partial: {
    schema: z.boolean().optional(),
    level: "registration",
    effect: "again",
    title: "The value is optional",
    help: "Messages without it are ignored, because other registrations share the topic.",
    control: { is: "check" },
    section: "reading",
  },
  merge: {
    schema: z.boolean().optional(),
    level: "registration",
    effect: "again",
    title: "Merge all topics into one point",
    help: "For a sensor that several gateways receive.",
    control: { is: "check" },
    section: "reading",
  },
} as const satisfies RegistrationFields;

const GROUP_FIELDS = {
  time: {
    schema: JsonPathText.optional(),
    level: "registration",
    effect: "anew",
    title: "Path of the timestamp",
    about: "JSONPath to the device's own clock: seconds, milliseconds or ISO 8601. Absent: the time of arrival.",
    help: "Seconds, milliseconds or ISO 8601. Leave blank to use the time of arrival.",
    control: { is: "text", placeholder: "$.ts", mono: true },
    section: "reading",
  },
  device: {
    schema: NameTemplate.optional(),
    level: "registration",
    effect: "described",
    title: "Device",
    about: "Points of one device stand together.",
    control: { is: "text", placeholder: "Boiler", suggests: true },
    section: "names",
  },
  area: {
    schema: NameTemplate.optional(),
    level: "registration",
    effect: "described",
    title: "Area",
    about: "Devices of one area stand together.",
    control: { is: "text", placeholder: "Basement", suggests: true },
    section: "names",
  },
  availability: {
    schema: z.union([Availability, z.array(Availability).min(1).max(10)]).optional(),
    level: "registration",
    effect: "described",
    title: "Availability",
    about: "Whether the device can be reached: one availability topic, or up to ten.",
    control: { is: "availability" },
    section: "freshness",
    wide: true,
  },
  availabilityMode: {
    schema: z.enum(["all", "any", "latest"]).optional(),
    level: "registration",
    effect: "described",
    title: "Online when",
    about: "Of several availability topics: all (default) must say online, any, or the latest message decides.",
    control: {
      is: "choice",
      choices: [
        { value: "all", label: "All topics say online" },
        { value: "any", label: "Any topic says online" },
        { value: "latest", label: "The latest message says online" },
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
    title: "QoS of the subscription",
    about: "Quality of service of the subscription.",
    control: qosChoice("Server default"),
    section: "source",
  },
  ...DESCRIBED_FIELDS,
} as const satisfies RegistrationFields;

/** One of several values in a payload. */
export const ValueSpec = z.strictObject(shapeAt({ ...READING_FIELDS, ...GROUP_FIELDS }, "value"));
export type ValueSpec = z.infer<typeof ValueSpec>;

const ValueKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'the key of a value must be 1 to 64 of letters, digits, "-" and "_"');

export const REGISTRATION_FIELDS = {
  ...READING_FIELDS,
  values: {
    schema: z
      .record(ValueKey, ValueSpec)
      .refine((v) => Object.keys(v).length > 0, "values must name at least one value")
      .refine((v) => Object.keys(v).length <= 200, "values must not name more than 200 values")
      .optional(),
    level: "registration",
    // Each of them is a point of its own, by its key.
    effect: "described",
    title: "Several values",
    about:
      "Several values of one payload, each by its key. What stands beside them counts for each that does not say it itself.",
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
