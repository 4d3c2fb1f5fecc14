"use client";

import { useMemo } from "react";
import { Button, IconButton } from "@/components/ui/Button";
import { type Choice, NativeSelect, TextArea } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { STRUCT_TYPES } from "@/lib/decoders/bytes/struct";
import { parseProto } from "@/lib/decoders/protobuf/schema";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import type { StructDraft } from "../draft/draft";
import { emptyStructRow } from "../draft/fromRegistration";
import type { InputProps } from "./FieldList";
import { At, useForm } from "./formContext";
import { TextFields, type TextSpec } from "./TextFields";

const TYPES: readonly Choice<StructDraft["type"]>[] = STRUCT_TYPES.map((value) => ({ value, label: value }));

const FIRST: readonly TextSpec<StructDraft>[] = [
  { key: "key", at: "key", label: "registration.key", placeholder: "temp", mono: true },
  { key: "at", at: "at", label: "registration.byteOffset", placeholder: "0", number: "whole" },
];
const NUMBERS: readonly TextSpec<StructDraft>[] = [
  { key: "scale", at: "scale", label: "registration.scale", placeholder: 0.1, number: "any" },
  { key: "add", at: "add", label: "registration.addend", placeholder: "0", number: "any" },
];
const LENGTH: readonly TextSpec<StructDraft>[] = [
  { key: "length", at: "length", label: "registration.byteCount", placeholder: "8", number: "whole" },
];
const BIT: readonly TextSpec<StructDraft>[] = [
  {
    key: "bit",
    at: "bit",
    label: "registration.bit",
    placeholder: { words: "registration.bitExample" },
    number: "whole",
  },
];
const MORE: Partial<Record<StructDraft["type"], readonly TextSpec<StructDraft>[]>> = {
  text: LENGTH,
  hex: LENGTH,
  bit: BIT,
  bool: [],
};

/** The fields of a binary payload. */
export function StructInput({ field, at: place, value: rows, onChange: set }: InputProps<StructDraft[]>) {
  const { draft, dispatch, errors, readOnly } = useForm();
  return (
    <fieldset data-at={place} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t(field.title)}</legend>
      <p className="text-sm text-ink-2">{field.help && t(field.help)}</p>
      {errors.get(place) && <p className="text-sm font-medium text-crit-ink">{errors.get(place)}</p>}
      <ul className="flex flex-col gap-2">
        {rows.map((row, i) => {
          const change = (fields: Partial<StructDraft>) =>
            set(rows.map((one) => (one.row === row.row ? { ...one, ...fields } : one)));
          return (
            <li
              key={row.row}
              className="flex items-start gap-2 rounded-control border border-line bg-page p-3"
              aria-label={t("registration.structField", { name: row.key || i + 1 })}
            >
              <div className="grid min-w-0 flex-1 grid-cols-2 gap-3 sm:grid-cols-5">
                <TextFields specs={FIRST} value={row} at={`${place}/${i}`} onChange={change} />
                <At at={`${place}/${i}/type`} label={t("registration.structType")}>
                  <NativeSelect
                    options={TYPES}
                    value={row.type}
                    disabled={readOnly}
                    onChange={(type) => change({ type })}
                  />
                </At>
                <TextFields specs={MORE[row.type] ?? NUMBERS} value={row} at={`${place}/${i}`} onChange={change} />
              </div>
              {!readOnly && (
                <IconButton
                  label={t("registration.removeStructField", { name: row.key || i + 1 })}
                  className="mt-6"
                  onClick={() => set(rows.filter((one) => one.row !== row.row))}
                >
                  <Icon name="trash" />
                </IconButton>
              )}
            </li>
          );
        })}
      </ul>
      {!readOnly && (
        <Button
          size="s"
          className="self-start"
          onClick={() =>
            dispatch({
              do: "set",
              fields: { struct: [...rows, emptyStructRow(draft.nextRow)], nextRow: draft.nextRow + 1 },
            })
          }
        >
          <Icon name="plus" className="size-4" />
          {t("registration.addStructField")}
        </Button>
      )}
    </fieldset>
  );
}

/** The limit of a registration. */
const MAX_PROTO = 100_000;

/** The parsed .proto; undefined while the text is empty. */
function useProto(text: string) {
  return useMemo(() => (text.trim() === "" ? undefined : parseProto(text)), [text]);
}

/** The text of a .proto. If it has only one message, that one is selected automatically. */
export function ProtoInput({ field, at, value }: InputProps<string>) {
  const { draft, dispatch, readOnly } = useForm();
  const schema = useProto(value);
  const set = (proto: string) => {
    const made = parseProto(proto);
    const [only, ...more] = made.ok ? made.value.messages : [];
    const one = draft.message === "" && only !== undefined && more.length === 0;
    dispatch({ do: "set", fields: { proto, ...(one && { message: only }) } });
  };
  return (
    <div className="flex flex-col gap-4">
      <At
        at={at}
        label={t(field.title)}
        hint={schema && !schema.ok ? inWords(schema.error) : field.help && t(field.help)}
      >
        <TextArea
          mono
          rows={8}
          value={value}
          readOnly={readOnly}
          spellCheck={false}
          placeholder={'syntax = "proto3";\nmessage Reading {\n  float temp = 1;\n}'}
          onChange={(event) => set(event.target.value)}
        />
      </At>
      {!readOnly && (
        <label className="text-sm text-ink-2">
          {t("registration.loadFile")}{" "}
          <input
            type="file"
            accept=".proto,text/plain"
            className="max-w-full text-sm"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file && file.size <= MAX_PROTO) void file.text().then(set);
            }}
          />
        </label>
      )}
    </div>
  );
}

/** The message of the .proto to decode. */
export function ProtoMessageInput({ field, at, value, onChange }: InputProps<string>) {
  const { draft, readOnly } = useForm();
  const schema = useProto(draft.proto);
  const messages = schema?.ok ? schema.value.messages : [];
  const choices = [
    { value: "", label: t(messages.length > 0 ? "registration.chooseMessage" : "registration.protoFirst") },
    ...messages.map((name) => ({ value: name, label: name })),
    // The registered message stays visible, even while the .proto does not have it.
    ...(value !== "" && !messages.includes(value)
      ? [{ value, label: t("registration.notInProto", { message: value }) }]
      : []),
  ];
  return (
    <At at={at} label={t(field.title)} required={field.required}>
      <NativeSelect options={choices} value={value} disabled={readOnly} onChange={onChange} />
    </At>
  );
}
