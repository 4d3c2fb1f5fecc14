import { z } from "zod";
import { Qos } from "../qos";
import { withText } from "../texts/issues";
import { say } from "../texts/said";
import { DurationSchema } from "../time";
import type { Choice } from "./control";
import { type Field, type Fields, shapeOf } from "./field";
import { CelText, JinjaText, OnOffPayloads, PayloadText, qosChoice } from "./texts";

/** How a point is operated, as the form asks. It is not written down: it follows from the fields of the command and the type of the value. */
export const COMMAND_KINDS = [
  { value: "switch", label: "fields.kindSwitch" },
  { value: "number", label: "fields.kindNumber" },
  { value: "select", label: "fields.kindSelect" },
  { value: "button", label: "fields.kindButton" },
  { value: "text", label: "fields.kindText" },
] as const satisfies readonly Choice[];
export type CommandKind = (typeof COMMAND_KINDS)[number]["value"];

/** A field of a command. */
export interface CommandField extends Field {
  /** The kinds that have it; absent: all. */
  readonly kinds?: readonly CommandKind[];
  /** Folded, with the quality of service. */
  readonly delivery?: boolean;
}

const WITH_STATE = ["switch", "number", "select", "text"] as const;

export const COMMAND_FIELDS = {
  topic: {
    schema: z.string().min(1).max(2000),
    title: "fields.commandTopic",
    help: "fields.commandTopicHelp",
    control: { is: "text", placeholder: "plant/pump/set", mono: true },
    required: true,
    wide: true,
  },
  payloads: {
    schema: OnOffPayloads.optional(),
    title: "fields.commandPayloads",
    about: "about.commandPayloads",
    help: "fields.commandPayloadsHelp",
    control: { is: "onOff", on: { label: "fields.commandPayloadOn" }, off: { label: "fields.commandPayloadOff" } },
    kinds: ["switch"],
    wide: true,
  },
  press: {
    schema: PayloadText.optional(),
    title: "fields.press",
    about: "about.press",
    control: { is: "text", mono: true, exact: true },
    kinds: ["button"],
    required: true,
  },
  options: {
    schema: z.array(PayloadText).min(1).max(200).optional(),
    title: "fields.options",
    about: "about.options",
    help: "fields.optionsHelp",
    control: { is: "lines", mono: true },
    kinds: ["select"],
    required: true,
    wide: true,
  },
  min: {
    schema: z.number().optional(),
    title: "fields.min",
    about: "about.min",
    control: { is: "number", sort: "any" },
    kinds: ["number"],
  },
  max: {
    schema: z.number().optional(),
    title: "fields.max",
    about: "about.max",
    control: { is: "number", sort: "any" },
    kinds: ["number"],
  },
  step: {
    schema: z.number().positive().optional(),
    title: "fields.step",
    about: "about.step",
    control: { is: "number", sort: "positive" },
    kinds: ["number"],
  },
  template: {
    schema: z.string().max(4000).optional(),
    title: "fields.template",
    help: "fields.templateHelp",
    control: { is: "code", placeholder: '{"target": {{value}}}', line: true },
    wide: true,
  },
  transform: {
    schema: CelText.optional(),
    title: "fields.commandTransform",
    help: "fields.commandTransformHelp",
    control: { is: "expression", scope: "command", placeholder: "value * 10" },
    kinds: WITH_STATE,
    wide: true,
  },
  jinja: {
    schema: JinjaText.optional(),
    title: "fields.commandJinja",
    help: "fields.commandJinjaHelp",
    control: { is: "code", placeholder: '{"state": "{{ value }}"}' },
    delivery: true,
    wide: true,
  },
  confirm: {
    schema: DurationSchema.optional(),
    title: "fields.confirm",
    help: "fields.confirmHelp",
    control: { is: "duration", placeholder: "5s" },
    kinds: WITH_STATE,
  },
  tolerance: {
    schema: z.number().nonnegative().optional(),
    title: "fields.tolerance",
    help: "fields.toleranceHelp",
    control: { is: "number", sort: "positive" },
    kinds: ["number"],
  },
  qos: {
    schema: Qos.optional(),
    title: "fields.commandQos",
    about: "about.commandQos",
    control: qosChoice("fields.qosCommandDefault"),
    delivery: true,
  },
  retain: {
    schema: z.boolean().optional(),
    title: "fields.retain",
    help: "fields.retainHelp",
    control: { is: "check" },
    delivery: true,
  },
  ask: {
    schema: z.union([z.boolean(), z.string().min(1).max(200)]).optional(),
    title: "fields.ask",
    about: "about.ask",
    control: { is: "ask" },
  },
  send: {
    schema: z.enum(["release", "moving"]).optional(),
    title: "fields.send",
    about: "about.send",
    control: {
      is: "choice",
      choices: [
        { value: "release", label: "fields.sendRelease" },
        { value: "moving", label: "fields.sendMoving" },
      ],
      absent: "release",
    },
    kinds: ["number"],
  },
} as const satisfies Readonly<Record<string, CommandField>> & Fields;

export const CommandSpec = z
  .strictObject(shapeOf(COMMAND_FIELDS))
  .refine((c) => c.min === undefined || c.max === undefined || c.min < c.max, {
    ...withText(say("schema.minBelowMax")),
    path: ["min"],
  })
  .refine((c) => c.template === undefined || c.template.includes("{{value}}"), {
    ...withText(say("schema.templateValue")),
    path: ["template"],
  })
  .refine((c) => c.template === undefined || c.jinja === undefined, {
    ...withText(say("schema.templateAndJinja")),
    path: ["jinja"],
  });
export type CommandSpec = z.infer<typeof CommandSpec>;
