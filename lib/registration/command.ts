import { z } from "zod";
import { Qos } from "../qos";
import { DurationSchema } from "../time";
import type { Choice } from "./control";
import { type Field, type Fields, shapeOf } from "./field";
import { CelText, JinjaText, OnOffPayloads, PayloadText, qosChoice } from "./texts";

/** How a point is operated, as the form asks. It is not written down: it follows from the fields of the command and the type of the value. */
export const COMMAND_KINDS = [
  { value: "switch", label: "Switch: on and off" },
  { value: "number", label: "Number: slider or entry" },
  { value: "select", label: "Select: one of several choices" },
  { value: "button", label: "Button: a press, no state" },
  { value: "text", label: "Text" },
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
    title: "Command topic",
    help: "Where to publish. {1} is replaced by what the filter's first wildcard matched.",
    control: { is: "text", placeholder: "plant/pump/set", mono: true },
    required: true,
    wide: true,
  },
  payloads: {
    schema: OnOffPayloads.optional(),
    title: "Payloads for on and off",
    about: "What a switch sends. Absent: the payloads of the state.",
    help: "Leave blank to send the same text as in the state.",
    control: { is: "onOff", on: { label: "Payload for on" }, off: { label: "Payload for off" } },
    kinds: ["switch"],
    wide: true,
  },
  press: {
    schema: PayloadText.optional(),
    title: "Payload when pressed",
    about: "The payload of a button, which has no value.",
    control: { is: "text", mono: true, exact: true },
    kinds: ["button"],
    required: true,
  },
  options: {
    schema: z.array(PayloadText).min(1).max(200).optional(),
    title: "Choices",
    about: "The choices of a select: what is sent, and what the state then is.",
    help: "One per line, as sent to the device.",
    control: { is: "lines", mono: true },
    kinds: ["select"],
    required: true,
    wide: true,
  },
  min: {
    schema: z.number().optional(),
    title: "Min",
    about: "The lowest number that may be sent.",
    control: { is: "number", sort: "any" },
    kinds: ["number"],
  },
  max: {
    schema: z.number().optional(),
    title: "Max",
    about: "The highest number that may be sent.",
    control: { is: "number", sort: "any" },
    kinds: ["number"],
  },
  step: {
    schema: z.number().positive().optional(),
    title: "Step",
    about: "Numbers are sent only on a step, counted from min.",
    control: { is: "number", sort: "positive" },
    kinds: ["number"],
  },
  template: {
    schema: z.string().max(4000).optional(),
    title: "Payload template",
    help: "{{value}} is replaced by the value, {{expires_at}} by the time (epoch ms) after which the device must ignore the command. Leave blank to send the bare value.",
    control: { is: "code", placeholder: '{"target": {{value}}}', line: true },
    wide: true,
  },
  transform: {
    schema: CelText.optional(),
    title: "Command transform",
    help: "CEL expression with value: the inverse of the value's transform.",
    control: { is: "expression", scope: "command", placeholder: "value * 10" },
    kinds: WITH_STATE,
    wide: true,
  },
  jinja: {
    schema: JinjaText.optional(),
    title: "Jinja payload template",
    help: "Replaces the payload template. value is the value to send, expires_at the time (epoch ms) after which the device must ignore the command.",
    control: { is: "code", placeholder: '{"state": "{{ value }}"}' },
    delivery: true,
    wide: true,
  },
  confirm: {
    schema: DurationSchema.optional(),
    title: "Confirmation timeout",
    help: "How long to wait for the device to report the new state.",
    control: { is: "duration", placeholder: "5s" },
    kinds: WITH_STATE,
  },
  tolerance: {
    schema: z.number().nonnegative().optional(),
    title: "Tolerance",
    help: "How much the reported number may differ from the requested one.",
    control: { is: "number", sort: "positive" },
    kinds: ["number"],
  },
  qos: {
    schema: Qos.optional(),
    title: "QoS",
    about: "Quality of service of the command. Absent: 1, at least once.",
    control: qosChoice("1, at least once (default)"),
    delivery: true,
  },
  retain: {
    schema: z.boolean().optional(),
    title: "Retain the command",
    help: "The broker stores the command and sends it each time the device connects, possibly much later.",
    control: { is: "check" },
    delivery: true,
  },
  ask: {
    schema: z.union([z.boolean(), z.string().min(1).max(200)]).optional(),
    title: "Before sending",
    about: "Ask the person first: true, or the question itself.",
    control: { is: "ask" },
  },
  send: {
    schema: z.enum(["release", "moving"]).optional(),
    title: "Slider sends",
    about: "How a slider sends: on release (default), or while moving.",
    control: {
      is: "choice",
      choices: [
        { value: "release", label: "On release" },
        { value: "moving", label: "While moving" },
      ],
      absent: "release",
    },
    kinds: ["number"],
  },
} as const satisfies Readonly<Record<string, CommandField>> & Fields;

export const CommandSpec = z
  .strictObject(shapeOf(COMMAND_FIELDS))
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
