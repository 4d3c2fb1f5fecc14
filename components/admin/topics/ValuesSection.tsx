"use client";

import type { ReactNode } from "react";
import { Card } from "@/components/kit/Card";
import { Button, IconButton } from "@/components/ui/Button";
import { Disclosure } from "@/components/ui/Disclosure";
import { TextInput } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { Segmented } from "@/components/ui/Segmented";
import { CommandFields } from "./CommandFields";
import { DescribedFields, StaleFields } from "./DescribedFields";
import type { Draft, ValueDraft } from "./draft";
import { At, useForm } from "./formContext";
import { HistoryFields } from "./HistoryFields";
import { PartFields } from "./PartFields";
import { TextFields, type TextSpec } from "./TextFields";
import { rowPointer } from "./toRegistration";

const MODES = [
  { value: "one", label: "One value" },
  { value: "several", label: "Several values" },
  { value: "template", label: "A template" },
] as const;

/** What is read of each payload: one value, or several by their paths. */
export function ValuesSection() {
  const { draft, dispatch, readOnly } = useForm();
  const Body = BODY[draft.mode];
  return (
    <Card
      title="Values"
      aside={
        <Segmented
          label="Values in a payload"
          value={draft.mode}
          options={readOnly ? MODES.filter((mode) => mode.value === draft.mode) : MODES}
          onChange={(mode) => dispatch({ do: "mode", mode })}
        />
      }
    >
      <Body draft={draft} />
    </Card>
  );
}

const BODY: Record<Draft["mode"], (props: { draft: Draft }) => ReactNode> = {
  one: OneValue,
  several: SeveralValues,
  template: ByTemplate,
};

const JINJA: readonly TextSpec<Draft>[] = [
  {
    key: "jinja",
    at: "jinja",
    label: "Template",
    hint: "Jinja as in Home Assistant: value is the payload as text, value_json the parsed JSON.",
    placeholder: "{{ value_json.temperature | round(1) }}",
    mono: true,
    lines: true,
    required: true,
  },
];

function ByTemplate({ draft }: { draft: Draft }) {
  const { dispatch } = useForm();
  return (
    <div className="flex flex-col gap-4">
      <TextFields specs={JINJA} value={draft} at="" onChange={(fields) => dispatch({ do: "set", fields })} />
      <DescribedFields place="all" value={draft.described} at="" />
    </div>
  );
}

function OneValue({ draft }: { draft: Draft }) {
  const { dispatch, readOnly } = useForm();
  return (
    <div className="flex flex-col gap-4">
      <At
        at="/value"
        label="Path in the payload"
        hint="Leave blank for the whole payload, or select a field in the live preview."
      >
        <TextInput
          mono
          value={draft.path}
          placeholder="$.temperature"
          readOnly={readOnly}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => dispatch({ do: "set", fields: { path: event.target.value } })}
        />
      </At>
      <DescribedFields place="all" value={draft.described} at="" />
    </div>
  );
}

function SeveralValues({ draft }: { draft: Draft }) {
  const { dispatch, errors, readOnly } = useForm();
  return (
    <div data-at="/values" className="flex flex-col gap-3">
      <p className="text-sm text-ink-2">Select fields in the live preview, or enter their paths.</p>
      {errors.get("/values") && <p className="text-sm font-medium text-crit-ink">{errors.get("/values")}</p>}
      <ul className="flex flex-col gap-3">
        {draft.values.map((row, i) => (
          <li
            key={row.row}
            data-called={row.key || `value ${i + 1}`}
            className="rounded-control border border-line bg-page p-3"
          >
            <ValueRow row={row} at={rowPointer(draft, i)} number={i + 1} />
          </li>
        ))}
      </ul>
      {!readOnly && (
        <Button size="s" className="self-start" onClick={() => dispatch({ do: "addValue" })}>
          <Icon name="plus" className="size-4" />
          Add a value
        </Button>
      )}
    </div>
  );
}

const NAME: readonly TextSpec<ValueDraft["described"]>[] = [
  {
    key: "name",
    at: "name",
    label: "Name of this value",
    hint: "Defaults to the registered topic's name and the key.",
  },
];

function ValueRow({ row, at, number }: { row: ValueDraft; at: string; number: number }) {
  const { dispatch, readOnly } = useForm();
  const set = (fields: Partial<Pick<ValueDraft, "key" | "path">>) => dispatch({ do: "setValue", row: row.row, fields });
  const { unit, command } = row.described;
  const note = [row.described.type, unit, command && "operable"].filter(Boolean).join(", ");
  return (
    <>
      <div className="flex items-start gap-3">
        <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-2">
          <At at={`${at}/key`} label="Key" required>
            <TextInput
              mono
              value={row.key}
              placeholder="temperature"
              readOnly={readOnly}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set({ key: event.target.value })}
            />
          </At>
          <At at={`${at}/value`} label="Path" required>
            <TextInput
              mono
              value={row.path}
              placeholder="$.t"
              readOnly={readOnly}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set({ path: event.target.value })}
            />
          </At>
        </div>
        {!readOnly && (
          <IconButton
            label={`Remove value ${row.key || number}`}
            onClick={() => dispatch({ do: "removeValue", row: row.row })}
            className="mt-6"
          >
            <Icon name="trash" />
          </IconButton>
        )}
      </div>
      <Disclosure summary="Name, unit, limits, command" note={note} className="mt-2">
        <div className="flex flex-col gap-4">
          <TextFields
            specs={NAME}
            value={row.described}
            at={at}
            onChange={(fields) => dispatch({ do: "describe", place: row.row, fields })}
          />
          <DescribedFields place={row.row} value={row.described} at={at} />
          <StaleFields place={row.row} value={row.described} at={at} />
          <CommandFields place={row.row} value={row.described} at={`${at}/command`} />
          <HistoryFields place={row.row} value={row.described} at={`${at}/history`} />
          <PartFields place={row.row} value={row.described} at={`${at}/part`} />
        </div>
      </Disclosure>
    </>
  );
}
