"use client";

import { Checkbox, NativeSelect, TextArea, TextInput } from "@/components/ui/Field";
import { defaultBrokerOf } from "@/lib/broker";
import type { Choice, NumberControl } from "@/lib/registration/control";
import { t } from "@/lib/texts/t";
import { errorUnder } from "../../fieldErrors";
import type { ControlDrafts } from "../draft/draft";
import { fieldTexts, placeholderText, shownChoices } from "./entryTexts";
import type { InputProps, Inputs } from "./FieldList";
import { At, useForm } from "./formContext";
import { TransformField } from "./TransformField";

/**
 * The phone keyboard for each sort of number; the decimal keypad of iOS has no minus. Never type=number, which parses by the browser's
 * language, not by the page's.
 */
const KEYS = { any: "text", positive: "decimal", whole: "numeric" } as const;

export const inputModeOf = (sort: NumberControl["sort"]): (typeof KEYS)[keyof typeof KEYS] => KEYS[sort];

/** Turns off the browser's corrections. */
const VERBATIM = { autoComplete: "off", autoCapitalize: "none", autoCorrect: "off", spellCheck: false } as const;

/** The label, hint and errors around one control. */
function Labelled({ field, at, children }: Pick<InputProps<unknown>, "field" | "at"> & { children: React.ReactNode }) {
  return (
    <At at={at} {...fieldTexts(field)} required={field.required}>
      {children}
    </At>
  );
}

function TextInputs({ name, field, at, value, onChange }: InputProps<string>) {
  const { draft, readOnly, suggestions } = useForm();
  const { control } = field;
  const text = control.is === "text" ? control : undefined;
  const known = text?.suggests ? suggestions[name] : undefined;
  return (
    <Labelled field={field} at={at}>
      <TextInput
        {...VERBATIM}
        mono={text?.mono}
        value={value}
        placeholder={placeholderText(text?.placeholder, draft.locale)}
        list={known && `known-${name}`}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
      />
      {known && (
        <datalist id={`known-${name}`}>
          {known.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </Labelled>
  );
}

function NumberInput({ field, at, value, onChange }: InputProps<string>) {
  const { draft, readOnly } = useForm();
  const { control } = field;
  const number = control.is === "number" || control.is === "duration" ? control : undefined;
  return (
    <Labelled field={field} at={at}>
      <TextInput
        {...VERBATIM}
        value={value}
        inputMode={control.is === "number" ? inputModeOf(control.sort) : undefined}
        placeholder={placeholderText(number?.placeholder, draft.locale)}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  );
}

function ChoiceInput({ field, at, value, onChange }: InputProps<string>) {
  const { readOnly } = useForm();
  if (field.control.is !== "choice") return null;
  return (
    <Labelled field={field} at={at}>
      <NativeSelect
        options={shownChoices(field.control.choices)}
        value={value}
        disabled={readOnly}
        onChange={onChange}
      />
    </Labelled>
  );
}

function CheckInput({ field, at, value, onChange }: InputProps<boolean>) {
  const { readOnly } = useForm();
  return (
    <div data-at={at}>
      <Checkbox
        {...fieldTexts(field)}
        checked={value}
        disabled={readOnly}
        onChange={(event) => onChange(event.target.checked)}
      />
    </div>
  );
}

function AreaInput({ field, at, value, onChange }: InputProps<string>) {
  const { draft, readOnly } = useForm();
  const { control } = field;
  const shared = {
    ...VERBATIM,
    mono: control.is === "code" || (control.is === "lines" && control.mono),
    value,
    placeholder: placeholderText(
      control.is === "code" || control.is === "lines" || control.is === "words" ? control.placeholder : undefined,
      draft.locale,
    ),
    readOnly,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <Labelled field={field} at={at}>
      {control.is === "code" && control.line ? <TextInput {...shared} /> : <TextArea {...shared} rows={3} />}
    </Labelled>
  );
}

function ExpressionInput({ field, at, value, onChange, place }: InputProps<string>) {
  const { draft } = useForm();
  if (field.control.is !== "expression") return null;
  const { scope, placeholder } = field.control;
  const ofValue = place === "all" ? "" : draft.values.find((row) => row.row === place)?.key.trim();
  return (
    <TransformField
      at={at}
      {...fieldTexts(field)}
      placeholder={placeholderText(placeholder, draft.locale)}
      scope={scope}
      text={value}
      slot={scope === "reading" ? ofValue : undefined}
      onChange={onChange}
    />
  );
}

function OnOffInput({ field, at, value, onChange }: InputProps<ControlDrafts["onOff"]>) {
  const { draft, errors, readOnly } = useForm();
  const { control } = field;
  if (control.is !== "onOff") return null;
  return (
    <div data-at={at} className="flex flex-col gap-1.5">
      <div className="grid grid-cols-2 gap-4">
        {(["on", "off"] as const).map((side) => (
          <At key={side} at={`${at}/${side}`} {...fieldTexts({ ...field, title: control[side].label })}>
            <TextInput
              {...VERBATIM}
              mono
              value={value[side]}
              placeholder={placeholderText(control[side].placeholder, draft.locale)}
              readOnly={readOnly}
              onChange={(event) => onChange({ ...value, [side]: event.target.value })}
            />
          </At>
        ))}
      </div>
      {errors.get(at) && <p className="text-sm font-medium text-crit-ink">{errors.get(at)}</p>}
    </div>
  );
}

const ASKS: readonly Choice<ControlDrafts["ask"]["ask"]>[] = [
  { value: "no", label: "registration.askNo" },
  { value: "yes", label: "registration.askYes" },
  { value: "question", label: "registration.askQuestion" },
];

function AskInput({ field, at, value, onChange }: InputProps<ControlDrafts["ask"]>) {
  const { readOnly } = useForm();
  return (
    <div className="flex flex-col gap-4">
      <At at={`${at}s`} label={t(field.title)}>
        <NativeSelect
          options={shownChoices(ASKS)}
          value={value.ask}
          disabled={readOnly}
          onChange={(ask) => onChange({ ...value, ask })}
        />
      </At>
      {value.ask === "question" && (
        <At at={at} label={t("registration.question")} required>
          <TextInput
            {...VERBATIM}
            value={value.question}
            placeholder={t("registration.questionExample")}
            readOnly={readOnly}
            onChange={(event) => onChange({ ...value, question: event.target.value })}
          />
        </At>
      )}
    </div>
  );
}

function RangeInput({ field, at, value, onChange }: InputProps<ControlDrafts["range"]>) {
  const { errors, readOnly } = useForm();
  const { label: range, hint } = fieldTexts(field);
  const end = (side: "low" | "high", placeholder: string) => ({
    value: value[side],
    inputMode: inputModeOf("any"),
    readOnly,
    placeholder,
    onChange: (event: { target: { value: string } }) => onChange({ ...value, [side]: event.target.value }),
  });
  return (
    <At at={at} label={t("registration.rangeFrom", { range })} hint={hint} className="max-w-sm">
      <div className="flex items-center gap-2">
        <TextInput {...end("low", "0")} />
        <span className="text-sm text-ink-2">{t("registration.rangeBetween")}</span>
        <TextInput
          {...end("high", "100")}
          id={`${at}-high`}
          aria-label={t("registration.rangeTo", { range })}
          aria-invalid={errorUnder(errors, at) !== undefined || undefined}
        />
      </div>
    </At>
  );
}

function IdInput({ field, at, value, onChange }: InputProps<string>) {
  const { readOnly, isNew } = useForm();
  const hint = t(isNew ? "registration.idPermanent" : "registration.idFixed");
  return (
    <At at={at} label={t(field.title)} required={field.required} hint={hint}>
      <TextInput
        {...VERBATIM}
        mono
        value={value}
        readOnly={readOnly || !isNew}
        onChange={(event) => onChange(event.target.value)}
      />
    </At>
  );
}

function BrokerInput({ field, at, value, onChange }: InputProps<string>) {
  const { brokers, readOnly } = useForm();
  const standard = defaultBrokerOf(brokers);
  const choices = [
    {
      value: "",
      label: standard ? t("registration.defaultBroker", { name: standard.name }) : t("registration.noDefaultBroker"),
    },
    ...brokers.map((broker) => ({ value: broker.id as string, label: broker.name })),
  ];
  return (
    <Labelled field={field} at={at}>
      <NativeSelect options={choices} value={value} disabled={readOnly} onChange={onChange} />
    </Labelled>
  );
}

/** The controls that do not depend on other fields. */
export const plainInputs = {
  text: TextInputs,
  number: NumberInput,
  duration: NumberInput,
  choice: ChoiceInput,
  check: CheckInput,
  lines: AreaInput,
  code: AreaInput,
  words: AreaInput,
  expression: ExpressionInput,
  onOff: OnOffInput,
  ask: AskInput,
  range: RangeInput,
  id: IdInput,
  broker: BrokerInput,
} satisfies Partial<Inputs>;
