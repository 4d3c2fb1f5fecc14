"use client";

import { useState } from "react";
import { Card } from "@/components/kit/Card";
import { Button } from "@/components/ui/Button";
import { cx } from "@/components/ui/cx";
import { Disclosure } from "@/components/ui/Disclosure";
import { TextInput } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { type PlainKey, t } from "@/lib/texts/t";
import type { Draft, ValueDraft } from "./draft/draft";
import { type Entry, nameFields, rowFields, usesMoreOfRow } from "./draft/shownFields";
import { rowPointer } from "./draft/valueRows";
import { At, useForm } from "./fields/formContext";
import { RegistrationFields } from "./fields/RegistrationFields";
import type { FoundField } from "./preview/payloadTree";

/** More fields are shown on request: a gateway's status has sixty. */
const SHOWN = 12;

interface Item {
  key: string;
  path: string;
  /** Its last value; undefined: no message has the field. */
  text?: string;
  ticked: boolean;
  row?: ValueDraft;
}

/** The fields in the received messages, and selected ones that no message has. */
function itemsOf(draft: Draft, found: readonly FoundField[]): Item[] {
  const rows = draft.mode === "several" ? draft.values : [];
  const ticked = draft.mode === "one" ? [draft.value].filter((path) => path !== "") : rows.map(({ path }) => path);
  const arrived = found.map(({ path, text }): Item => {
    const row = rows.find((one) => one.path === path);
    return { key: row ? `row ${row.row}` : path, path, text, ticked: ticked.includes(path), row };
  });
  const paths = new Set(found.map(({ path }) => path));
  const shown = new Set(arrived.map(({ row }) => row));
  const silent = rows.filter((row) => !shown.has(row)).map((row): Item => ({ ...itemOf(row), row }));
  const written = draft.mode === "one" ? ticked.filter((path) => !paths.has(path)) : [];
  return [...arrived, ...written.map((path) => ({ key: path, path, ticked: true })), ...silent];
}

const itemOf = (row: ValueDraft): Item => ({ key: `row ${row.row}`, path: row.path, ticked: true });

const NOTE: Record<Draft["mode"], PlainKey> = {
  one: "registration.tickFields",
  several: "registration.tickFields",
  template: "registration.templateUnderMore",
};

/** Selects the fields of the payload that become values, with their names and units. */
export function ValuesCard({ found, waiting }: { found: readonly FoundField[]; waiting: boolean }) {
  const { draft, dispatch, errors, readOnly, brokers } = useForm();
  const [all, setAll] = useState(false);
  const items = draft.mode === "template" ? [] : itemsOf(draft, found);
  const shown = all ? items : items.filter((item, i) => i < SHOWN || item.ticked);
  const nothing = waiting ? "registration.fieldsNotYet" : "registration.noFields";
  const entries = nameFields(draft, brokers.length);
  return (
    <Card
      title={t("registration.values")}
      note={t(items.length === 0 && draft.mode !== "template" ? nothing : NOTE[draft.mode])}
    >
      <div data-at="/values" className="flex flex-col gap-4">
        {errors.get("/values") && <p className="text-sm font-medium text-crit-ink">{errors.get("/values")}</p>}
        {items.length > 0 && (
          <ul
            aria-label={t("registration.payloadFields")}
            className="flex flex-col divide-y divide-line border-y border-line"
          >
            {shown.map((item) => (
              <FieldItem key={item.key} item={item} />
            ))}
          </ul>
        )}
        {(shown.length < items.length || (draft.mode === "several" && !readOnly)) && (
          <div className="flex flex-wrap gap-3">
            {shown.length < items.length && (
              <Button size="s" onClick={() => setAll(true)}>
                {t("registration.showAllFields", { count: items.length })}
              </Button>
            )}
            {draft.mode === "several" && !readOnly && (
              <Button size="s" onClick={() => dispatch({ do: "addValue" })}>
                <Icon name="plus" className="size-4" />
                {t("registration.addValue")}
              </Button>
            )}
          </div>
        )}
        <div className={cx("grid gap-4", entries.length > 1 && "sm:grid-cols-[2fr_1fr]")}>
          <RegistrationFields entries={entries} draft={draft} at="" place="all" />
        </div>
      </div>
    </Card>
  );
}

function FieldItem({ item }: { item: Item }) {
  const { draft, dispatch, readOnly, isNew } = useForm();
  const { path, text, ticked, row } = item;
  const called = path.replace(/^\$\.?/, "") || t("registration.newValue");
  const toggle = () =>
    row ? dispatch({ do: "removeValue", row: row.row, fewer: isNew }) : dispatch({ do: "pick", path, several: isNew });
  return (
    <li data-called={row && (row.key || called)}>
      <label className="flex min-h-11 cursor-pointer items-center gap-3 py-1.5 has-disabled:cursor-default">
        <input
          type="checkbox"
          // Without the field's last value, which changes with each message.
          aria-label={called}
          checked={ticked}
          disabled={readOnly}
          onChange={toggle}
          className="size-5 shrink-0 accent-(--accent) outline-offset-2 focus-visible:outline-2 focus-visible:outline-(--accent)"
        />
        <code className="min-w-0 text-[13px] break-all">{called}</code>
        <span className="ml-auto max-w-[50%] truncate text-right font-figures text-sm text-ink-2 tabular-nums">
          {text ?? t("registration.notInMessages")}
        </span>
      </label>
      {row && <RowFields row={row} at={rowPointer(draft.values, draft.values.indexOf(row))} />}
    </li>
  );
}

function RowFields({ row, at }: { row: ValueDraft; at: string }) {
  const { draft, newest } = useForm();
  // The placeholder is the name that it gets without one of its own.
  const called = newest?.outcomes.find(({ slot }) => slot === row.key.trim())?.name;
  const first = rowFields(draft, row, "first").map(
    ([name, field]): Entry =>
      name === "name" ? [name, { ...field, control: { is: "text", placeholder: called } }] : [name, field],
  );
  // Computed once, so that it does not close while the person types.
  const [open] = useState(() => row.path === "" || usesMoreOfRow(row));
  const { type, command } = row.described;
  const note = [type, command && t("topics.operable")].filter(Boolean).join(", ");
  return (
    <div className="pb-2 pl-8">
      <div className="grid grid-cols-[2fr_1fr] gap-3">
        <RegistrationFields entries={first} draft={row.described} at={at} place={row.row} />
      </div>
      <Disclosure summary={t("registration.moreOfValue")} note={note} defaultOpen={open} className="mt-1">
        <div className="grid gap-4 pb-2 sm:grid-cols-2">
          <RowTexts row={row} at={at} />
          <RegistrationFields entries={rowFields(draft, row, "more")} draft={row.described} at={at} place={row.row} />
        </div>
      </Disclosure>
    </div>
  );
}

function RowTexts({ row, at }: { row: ValueDraft; at: string }) {
  const { dispatch, readOnly } = useForm();
  const text = (member: "key" | "path", placeholder: string) => (
    <TextInput
      mono
      value={row[member]}
      placeholder={placeholder}
      readOnly={readOnly}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => dispatch({ do: "setValue", row: row.row, fields: { [member]: event.target.value } })}
    />
  );
  return (
    <>
      <At at={`${at}/key`} label={t("registration.key")} required>
        {text("key", "temperature")}
      </At>
      <At at={`${at}/value`} label={t("registration.path")} required>
        {text("path", "$.t")}
      </At>
    </>
  );
}
