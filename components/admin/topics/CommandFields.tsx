"use client";

import { Disclosure } from "@/components/ui/Disclosure";
import { Checkbox, type Choice, NativeSelect, TextArea } from "@/components/ui/Field";
import type { CommandDraft, CommandKindDraft, DescribedDraft } from "./draft";
import type { ValueScope } from "./draftReducer";
import { At, useForm } from "./formContext";
import { TextFields, type TextSpec } from "./TextFields";
import { TransformField } from "./TransformField";

const KINDS: readonly Choice<CommandKindDraft | "none">[] = [
  { value: "none", label: "None: read only" },
  { value: "switch", label: "Switch: on and off" },
  { value: "number", label: "Number: slider or entry" },
  { value: "select", label: "Select: one of several choices" },
  { value: "button", label: "Button: a press, no state" },
  { value: "text", label: "Text" },
];

const TOPIC: readonly TextSpec<CommandDraft>[] = [
  {
    key: "topic",
    at: "topic",
    label: "Command topic",
    hint: "Where to publish. {1} is replaced by what the filter's first wildcard matched.",
    placeholder: "plant/pump/set",
    mono: true,
    required: true,
    className: "col-span-full",
  },
];

const TEMPLATE: TextSpec<CommandDraft> = {
  key: "template",
  at: "template",
  label: "Payload template",
  hint: "{{value}} is replaced by the value, {{expires_at}} by the time (epoch ms) after which the device must ignore the command. Leave blank to send the bare value.",
  placeholder: '{"target": {{value}}}',
  mono: true,
  className: "col-span-full",
};

const JINJA: readonly TextSpec<CommandDraft>[] = [
  {
    key: "jinja",
    at: "jinja",
    label: "Jinja payload template",
    hint: "Replaces the payload template. value is the value to send, expires_at the time (epoch ms) after which the device must ignore the command.",
    placeholder: '{"state": "{{ value }}"}',
    mono: true,
    lines: true,
    className: "col-span-full",
  },
];

/** What each way of operating asks for; all else is the same for all. */
const OF_KIND: Record<CommandKindDraft, readonly TextSpec<CommandDraft>[]> = {
  switch: [
    {
      key: "on",
      at: "payloads/on",
      label: "Payload for on",
      hint: "Leave blank to send the same text as in the state.",
      mono: true,
    },
    {
      key: "off",
      at: "payloads/off",
      label: "Payload for off",
      hint: "Leave blank to send the same text as in the state.",
      mono: true,
    },
    TEMPLATE,
  ],
  number: [
    { key: "min", at: "min", label: "Min", number: "any" },
    { key: "max", at: "max", label: "Max", number: "any" },
    { key: "step", at: "step", label: "Step", number: "positive" },
    {
      key: "tolerance",
      at: "tolerance",
      label: "Tolerance",
      hint: "How much the reported number may differ from the requested one.",
      number: "positive",
    },
    TEMPLATE,
  ],
  select: [TEMPLATE],
  button: [{ key: "press", at: "press", label: "Payload when pressed", mono: true, required: true }, TEMPLATE],
  text: [TEMPLATE],
};

const CONFIRM: readonly TextSpec<CommandDraft>[] = [
  {
    key: "confirm",
    at: "confirm",
    label: "Confirmation timeout",
    hint: "How long to wait for the device to report the new state.",
    placeholder: "5s",
  },
];

const ASKS: readonly Choice<CommandDraft["ask"]>[] = [
  { value: "no", label: "Send at once" },
  { value: "yes", label: "Ask for confirmation" },
  { value: "question", label: "Ask a question of your own" },
];
const QUESTION: readonly TextSpec<CommandDraft>[] = [
  { key: "question", at: "ask", label: "Question", placeholder: "Really open the gate?", required: true },
];
const SENDS: readonly Choice<CommandDraft["send"]>[] = [
  { value: "release", label: "On release" },
  { value: "moving", label: "While moving" },
];
const QOS: readonly Choice<CommandDraft["qos"]>[] = [
  { value: "", label: "1, at least once (default)" },
  { value: "0", label: "0, at most once" },
  { value: "1", label: "1, at least once" },
  { value: "2", label: "2, exactly once" },
];

/** Whether and how a point is operated. */
export function CommandFields({ place, value, at }: { place: ValueScope; value: DescribedDraft; at: string }) {
  const { dispatch, readOnly } = useForm();
  const command = value.command;
  const change = (fields: Partial<CommandDraft>) => dispatch({ do: "setCommand", place, fields });
  return (
    <div className="flex flex-col gap-4">
      <At at={at} label="Control" className="max-w-sm">
        <NativeSelect
          options={KINDS}
          value={command?.kind ?? "none"}
          disabled={readOnly}
          onChange={(kind) => dispatch({ do: "command", place, kind: kind === "none" ? null : kind })}
        />
      </At>
      {command && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextFields specs={TOPIC} value={command} at={at} onChange={change} />
            {command.kind === "select" && (
              <At
                at={`${at}/options`}
                label="Choices"
                hint="One per line, as sent to the device."
                required
                className="col-span-full"
              >
                <TextArea
                  mono
                  value={command.options}
                  readOnly={readOnly}
                  onChange={(event) => change({ options: event.target.value })}
                />
              </At>
            )}
            <TextFields specs={OF_KIND[command.kind]} value={command} at={at} onChange={change} />
            {command.kind !== "button" && (
              <div className="col-span-full">
                <TransformField
                  at={`${at}/transform`}
                  scope="command"
                  text={command.transform}
                  onChange={(transform) => change({ transform })}
                />
              </div>
            )}
          </div>
          <div className="grid gap-4 sm:grid-cols-2">
            {command.kind === "number" && (
              <At at={`${at}/send`} label="Slider sends">
                <NativeSelect
                  options={SENDS}
                  value={command.send}
                  disabled={readOnly}
                  onChange={(send) => change({ send })}
                />
              </At>
            )}
            <At at={`${at}/asks`} label="Before sending">
              <NativeSelect
                options={ASKS}
                value={command.ask}
                disabled={readOnly}
                onChange={(ask) => change({ ask })}
              />
            </At>
            {command.ask === "question" && <TextFields specs={QUESTION} value={command} at={at} onChange={change} />}
            {command.kind !== "button" && <TextFields specs={CONFIRM} value={command} at={at} onChange={change} />}
          </div>
          <Disclosure
            summary="Delivery"
            note={command.jinja ? "by a template" : "quality of service, retain, template"}
          >
            <div className="grid gap-4 sm:grid-cols-2">
              <At at={`${at}/qos`} label="QoS">
                <NativeSelect
                  options={QOS}
                  value={command.qos}
                  disabled={readOnly}
                  onChange={(qos) => change({ qos })}
                />
              </At>
              <Checkbox
                label="Retain the command"
                hint="The broker stores the command and sends it each time the device connects, possibly much later."
                checked={command.retain}
                disabled={readOnly}
                onChange={(event) => change({ retain: event.target.checked })}
                className="sm:pt-6"
              />
              <TextFields specs={JINJA} value={command} at={at} onChange={change} />
            </div>
          </Disclosure>
        </>
      )}
    </div>
  );
}
