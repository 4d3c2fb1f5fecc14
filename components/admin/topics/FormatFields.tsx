"use client";

import { useMemo } from "react";
import { Button, IconButton } from "@/components/ui/Button";
import { type Choice, NativeSelect, TextArea } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { STRUCT_TYPES } from "@/lib/decoders/bytes/struct";
import { parseProto } from "@/lib/decoders/protobuf/schema";
import { emptyStructRow, type StructDraft } from "./draft";
import { At, useForm } from "./formContext";
import { TextFields, type TextSpec } from "./TextFields";

/** What the formats need that say nothing of themselves: which bytes mean what, or the .proto. */
export function FormatFields() {
  const { draft } = useForm();
  if (draft.format === "bytes") return <StructFields rows={draft.struct} />;
  if (draft.format === "protobuf") return <ProtoFields />;
  return null;
}

const TYPES: readonly Choice<StructDraft["type"]>[] = STRUCT_TYPES.map((value) => ({ value, label: value }));

const FIRST: readonly TextSpec<StructDraft>[] = [
  { key: "key", at: "key", label: "Key", placeholder: "temp", mono: true },
  { key: "at", at: "at", label: "Byte offset", placeholder: "0", number: "whole" },
];
const NUMBERS: readonly TextSpec<StructDraft>[] = [
  { key: "scale", at: "scale", label: "Scale", placeholder: 0.1, number: "any" },
  { key: "add", at: "add", label: "Add", placeholder: "0", number: "any" },
];
const LENGTH: readonly TextSpec<StructDraft>[] = [
  { key: "length", at: "length", label: "Bytes", placeholder: "8", number: "whole" },
];
const BIT: readonly TextSpec<StructDraft>[] = [
  { key: "bit", at: "bit", label: "Bit", placeholder: "0 to 7", number: "whole" },
];
const MORE: Partial<Record<StructDraft["type"], readonly TextSpec<StructDraft>[]>> = {
  text: LENGTH,
  hex: LENGTH,
  bit: BIT,
  bool: [],
};

function StructFields({ rows }: { rows: readonly StructDraft[] }) {
  const { draft, dispatch, errors, readOnly } = useForm();
  const set = (struct: StructDraft[]) => dispatch({ do: "set", fields: { struct } });
  return (
    <fieldset data-at="/struct" className="col-span-full flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">Fields in the bytes</legend>
      <p className="text-sm text-ink-2">
        Bytes count from 0. “be” has the highest byte first, “le” the lowest. The number is multiplied by the scale,
        then “add” is added.
      </p>
      {errors.get("/struct") && <p className="text-sm font-medium text-crit-ink">{errors.get("/struct")}</p>}
      <ul className="flex flex-col gap-2">
        {rows.map((row, i) => {
          const change = (fields: Partial<StructDraft>) =>
            set(rows.map((one) => (one.row === row.row ? { ...one, ...fields } : one)));
          return (
            <li
              key={row.row}
              className="flex items-start gap-2 rounded-control border border-line bg-page p-3"
              aria-label={`Field ${row.key || i + 1}`}
            >
              <div className="grid min-w-0 flex-1 grid-cols-2 gap-3 sm:grid-cols-5">
                <TextFields specs={FIRST} value={row} at={`/struct/${i}`} onChange={change} />
                <At at={`/struct/${i}/type`} label="Type">
                  <NativeSelect
                    options={TYPES}
                    value={row.type}
                    disabled={readOnly}
                    onChange={(type) => change({ type })}
                  />
                </At>
                <TextFields specs={MORE[row.type] ?? NUMBERS} value={row} at={`/struct/${i}`} onChange={change} />
              </div>
              {!readOnly && (
                <IconButton
                  label={`Remove field ${row.key || i + 1}`}
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
          Add a field
        </Button>
      )}
    </fieldset>
  );
}

/** As much as a registration may hold. */
const MAX_PROTO = 100_000;

function ProtoFields() {
  const { draft, dispatch, readOnly } = useForm();
  const schema = useMemo(() => (draft.proto.trim() === "" ? undefined : parseProto(draft.proto)), [draft.proto]);
  const messages = schema?.ok ? schema.value.messages : [];
  const set = (proto: string) => {
    const made = parseProto(proto);
    const [only, ...more] = made.ok ? made.value.messages : [];
    const one = draft.message === "" && only !== undefined && more.length === 0;
    dispatch({ do: "set", fields: { proto, ...(one && { message: only }) } });
  };
  const choices = [
    { value: "", label: messages.length > 0 ? "Choose a message" : "Enter the .proto first" },
    ...messages.map((name) => ({ value: name, label: name })),
    // What is registered stays in sight, also while the text does not have it.
    ...(draft.message !== "" && !messages.includes(draft.message)
      ? [{ value: draft.message, label: `${draft.message} (not in the .proto)` }]
      : []),
  ];
  return (
    <>
      <At
        at="/proto"
        label="Text of the .proto"
        hint={
          schema && !schema.ok
            ? schema.error
            : "Everything the message needs in one text. google/protobuf may be imported."
        }
        className="col-span-full"
      >
        <TextArea
          mono
          rows={8}
          value={draft.proto}
          readOnly={readOnly}
          spellCheck={false}
          placeholder={'syntax = "proto3";\nmessage Reading {\n  float temp = 1;\n}'}
          onChange={(event) => set(event.target.value)}
        />
      </At>
      {!readOnly && (
        <label className="col-span-full text-sm text-ink-2">
          Or load a file:{" "}
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
      <At at="/message" label="Message" required className="col-span-full">
        <NativeSelect
          options={choices}
          value={draft.message}
          disabled={readOnly}
          onChange={(message) => dispatch({ do: "set", fields: { message } })}
        />
      </At>
    </>
  );
}
