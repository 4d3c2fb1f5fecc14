import { z } from "zod";
import { Part } from "./composite/part";
import { decoderIds, describedFormats, formatFields } from "./decoders/registry";
import { HistorySpec } from "./history";
import { BrokerId, RegistrationId } from "./ids";
import { nameText } from "./name";
import { Qos } from "./qos";
import { ThresholdsSchema } from "./thresholds";
import { DurationSchema } from "./time";
import { TopicFilterSchema } from "./topics/parse";

/**
 * What an admin registers: a topic filter, how its payload is read, what it is called. The same shape stands in
 * telltale.yaml, in the HTTP API and in the store: the schema checks and never rewrites, so a registration reads back as written.
 */

export const ValueType = z.enum(["number", "boolean", "text"]);
export type ValueType = z.infer<typeof ValueType>;

/** How bytes become a value; `auto` looks at each payload. One folder each under lib/decoders. */
export const DecoderId = z.enum(decoderIds);
export type DecoderId = z.infer<typeof DecoderId>;

/** How the bytes of a format are wrapped as text. */
export const PayloadEncoding = z.enum(["base64", "hex"]);
export type PayloadEncoding = z.infer<typeof PayloadEncoding>;

/** A payload as people write it in YAML: `on: true` or `on: 1` mean the text that would be sent. */
const PayloadText = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

/** A JSONPath (RFC 9535) that must give one value; checked when the registration is compiled. */
const JsonPathText = z.string().min(1).max(1000);

/** A Jinja template as Home Assistant evaluates it (lib/templates): found devices bring them along. */
const JinjaText = z.string().min(1).max(32_768);

/** Names may hold `{1}`, `{2}`, …: what the filter's wildcards matched, in order. */
const NameTemplate = nameText(200, 1);

/** A CEL expression over `value` and `payload` (lib/expressions). */
const CelText = z.string().min(1).max(1000);

export const OnOffPayloads = z.strictObject({ on: PayloadText, off: PayloadText });

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

export const StaleAfter = z.union([z.literal("auto"), z.literal("never"), DurationSchema]);

/** Who says whether the device is there: its last will, a bridge's state, ... `{1}` stands for what the wildcards matched. */
export const Availability = z.strictObject({
  filter: z.string().min(1).max(2000),
  value: JsonPathText.optional(),
  /** Instead of `value`: what this template makes of the payload is compared. */
  jinja: JinjaText.optional(),
  online: PayloadText.default("online"),
  offline: PayloadText.default("offline"),
});
export type Availability = z.infer<typeof Availability>;

export const CommandSpec = z
  .strictObject({
    /** Where to publish. May hold `{1}`; the finished text must be a legal topic. */
    topic: z.string().min(1).max(2000),
    /** Payloads for a switch; those of the state are used when absent. */
    payloads: OnOffPayloads.optional(),
    /** The payload of a button, which has no value. */
    press: PayloadText.optional(),
    /** The choices of a select: what is sent, and what the state then says. */
    options: z.array(PayloadText).min(1).max(200).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().positive().optional(),
    /**
     * What surrounds the value: `{{value}}` stands for it, `{{expires_at}}` for the time (epoch ms) until which the device may carry
     * the command out. Absent: the bare value.
     */
    template: z.string().max(4000).optional(),
    /** What goes out for a `value`, as a CEL expression: the inverse of the state's `transform`. Applied before `template`. */
    transform: CelText.optional(),
    /** Instead of `template`: a Jinja template with `value` and `expires_at`, as Home Assistant evaluates it. */
    jinja: JinjaText.optional(),
    /** How long the device may take to report the new state. */
    confirm: DurationSchema.optional(),
    /** How far a reported number may be from the one asked for and still count as confirmation. */
    tolerance: z.number().nonnegative().optional(),
    qos: Qos.optional(),
    retain: z.boolean().optional(),
    /** Ask the person first: `true`, or the question itself. */
    ask: z.union([z.boolean(), z.string().min(1).max(200)]).optional(),
    /** How a slider sends: `release` (default) or `moving`. */
    send: z.enum(["release", "moving"]).optional(),
  })
  .refine((c) => c.min === undefined || c.max === undefined || c.min < c.max, {
    message: "min must be below max",
    path: ["min"],
  })
  .refine((c) => c.template === undefined || c.template.includes("{{value}}"), {
    message: "template must contain {{value}}, which is replaced by the value that is sent",
    path: ["template"],
  })
  .refine((c) => c.template === undefined || c.jinja === undefined, {
    message: "give either template or jinja, not both",
    path: ["jinja"],
  });
export type CommandSpec = z.infer<typeof CommandSpec>;

const Described = {
  name: NameTemplate.optional(),
  /** What becomes of the value that was read, as a CEL expression over `value` and `payload`. */
  transform: CelText.optional(),
  type: ValueType.optional(),
  unit: nameText(40).optional(),
  /** Digits behind the decimal point; absent: as many as the value has, at most 3. */
  precision: z.number().int().min(0).max(10).optional(),
  range: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, "range must be [low, high] with low below high")
    .optional(),
  thresholds: ThresholdsSchema.optional(),
  staleAfter: StaleAfter.optional(),
  payloads: OnOffPayloads.optional(),
  /** Readings that stand for "no reading", as a sensor that is not connected says −127: shown as unknown. */
  unknown: z
    .array(PayloadText.pipe(z.string().min(1).max(100)))
    .min(1)
    .max(20)
    .optional(),
  words: Words.optional(),
  command: CommandSpec.optional(),
  /** Stands behind the rest of its device, folded. */
  category: Category.optional(),
  /** Several points that are one thing to people: the lamp of a brightness, the blind of a position. */
  part: Part.optional(),
  /** What of the readings is kept; `false`: nothing. */
  history: HistorySpec.optional(),
};

/** One of several values in a payload. */
export const ValueSpec = z.strictObject({ value: JsonPathText, ...Described });
export type ValueSpec = z.infer<typeof ValueSpec>;

const ValueKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'the key of a value must be 1 to 64 of letters, digits, "-" and "_"');

/** A template reads the payload as it came. Of a format's fields one is enough to tell. */
const NOT_WITH_JINJA = [
  "encoding",
  ...describedFormats.flatMap(({ needs }) => Object.keys(needs).slice(0, 1)),
  "transform",
];

export const Registration = z
  .strictObject({
    id: RegistrationId,
    /** Which broker; absent: the default one, `main` or else the first. */
    broker: BrokerId.optional(),
    /** Where the state is said. Only an actuator that never reports may lack it (its command is then `assumed`). */
    filter: TopicFilterSchema.optional(),
    format: DecoderId.optional(),
    /** The format's bytes are wrapped as text. */
    encoding: PayloadEncoding.optional(),
    /** What belongs to one format: `struct`, `proto`, `message`. */
    ...formatFields,
    value: JsonPathText.optional(),
    /** Instead of `value`: a template that makes the value of a payload, or nothing where the message does not speak of it. */
    jinja: JinjaText.optional(),
    /** Only messages for which this CEL expression over `payload` is true speak of it: several devices share the topic. */
    when: CelText.optional(),
    /** A message that lacks the value says nothing of it, which is no fault: several registrations share such a topic. */
    partial: z.boolean().optional(),
    /** However many topics the filter matches, they all speak of one and the same point (a sensor heard by several gateways). */
    merge: z.boolean().optional(),
    values: z
      .record(ValueKey, ValueSpec)
      .refine((v) => Object.keys(v).length > 0, "values must name at least one value")
      .refine((v) => Object.keys(v).length <= 200, "values must not name more than 200 values")
      .optional(),
    /** The device's own clock in the payload: seconds, milliseconds or ISO 8601. */
    time: JsonPathText.optional(),
    device: NameTemplate.optional(),
    area: NameTemplate.optional(),
    availability: z.union([Availability, z.array(Availability).min(1).max(10)]).optional(),
    /** With several: whether `all` must say online (the default), `any` does, or the `latest` word counts. */
    availabilityMode: z.enum(["all", "any", "latest"]).optional(),
    qos: Qos.optional(),
    ...Described,
  })
  .superRefine((r, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    const said: Readonly<Record<string, unknown>> = r;
    if (r.value !== undefined && r.values !== undefined) issue("values", "give either value or values, not both");
    if (r.jinja !== undefined && (r.value !== undefined || r.values !== undefined))
      issue("jinja", "give either jinja or a JSONPath (value, values), not both");
    if (r.jinja !== undefined)
      for (const field of NOT_WITH_JINJA)
        if (said[field] !== undefined)
          issue(field, `give either jinja or ${field}: a template reads the whole payload`);
    for (const { id, needs } of describedFormats)
      for (const [field, why] of Object.entries(needs)) {
        if (said[field] === undefined && r.format === id) issue(field, `format ${id} needs ${field}: ${why}`);
        if (said[field] !== undefined && r.format !== id) issue(field, `${field} belongs to format: ${id}`);
      }
    if (r.filter === undefined && r.command === undefined)
      issue("filter", "filter is missing: enter the topic that the values come from");
    if (
      r.filter === undefined &&
      (r.value !== undefined || r.jinja !== undefined || r.values !== undefined || r.time !== undefined)
    )
      issue("filter", "filter is missing: value, values and time read from it");
    if (r.values !== undefined && r.command !== undefined)
      issue("command", "with several values, give each its own command inside values");
  });
export type Registration = z.infer<typeof Registration>;
/** A registration as written by a person, before defaults. */
export type RegistrationInput = z.input<typeof Registration>;

/** Where a piece of configuration comes from; only what stands in the store may be changed in the UI. */
export const Origin = z.enum(["store", "file", "environment", "demo"]);
export type Origin = z.infer<typeof Origin>;
