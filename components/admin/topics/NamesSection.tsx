"use client";

import { Card } from "@/components/kit/Card";
import { TextInput } from "@/components/ui/Field";
import type { DescribedDraft, Draft } from "./draft";
import { At, useForm } from "./formContext";
import { PartFields } from "./PartFields";
import { TextFields, type TextSpec } from "./TextFields";

const NAME: readonly TextSpec<DescribedDraft>[] = [
  {
    key: "name",
    at: "name",
    label: "Name",
    hint: "{1} is replaced by what the filter's first wildcard matched.",
    placeholder: "Boiler temperature",
  },
];

const GROUPS: readonly TextSpec<Draft>[] = [
  { key: "device", at: "device", label: "Device", placeholder: "Boiler", list: "known-devices" },
  { key: "area", at: "area", label: "Area", placeholder: "Basement", list: "known-areas" },
];

/** What people call it, and what it belongs to. */
export function NamesSection({
  isNew,
  known,
}: {
  isNew: boolean;
  known: { devices: readonly string[]; areas: readonly string[] };
}) {
  const { draft, dispatch, readOnly } = useForm();
  return (
    <Card title="Name and place">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextFields
          specs={NAME}
          value={draft.described}
          at=""
          onChange={(fields) => dispatch({ do: "describe", place: "all", fields })}
        />
        <At
          at="/id"
          label="Id"
          required
          hint={isNew ? "Permanent: points and history are stored under this id." : "Cannot be changed."}
        >
          <TextInput
            mono
            value={draft.id}
            readOnly={readOnly || !isNew}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) =>
              dispatch({ do: "set", fields: { id: event.target.value, idTouched: event.target.value !== "" } })
            }
          />
        </At>
        <TextFields specs={GROUPS} value={draft} at="" onChange={(fields) => dispatch({ do: "set", fields })} />
        <Suggestions id="known-devices" texts={known.devices} />
        <Suggestions id="known-areas" texts={known.areas} />
      </div>
      {draft.mode !== "several" && <PartFields place="all" value={draft.described} at="/part" />}
    </Card>
  );
}

const Suggestions = ({ id, texts }: { id: string; texts: readonly string[] }) => (
  <datalist id={id}>
    {texts.map((text) => (
      <option key={text} value={text} />
    ))}
  </datalist>
);
