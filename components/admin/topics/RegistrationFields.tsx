"use client";

import type { DescribedDraft, Draft } from "./draft";
import type { ValueScope } from "./draftReducer";
import { FieldList } from "./FieldList";
import { useForm } from "./formContext";
import { inputs } from "./inputs";
import type { Entry } from "./shownFields";

/** Fields of the registration, or of one of its several values. */
export function RegistrationFields({
  entries,
  draft,
  at,
  place,
}: {
  entries: readonly Entry[];
  draft: Draft | DescribedDraft;
  at: string;
  place: ValueScope;
}) {
  const { dispatch } = useForm();
  return (
    <FieldList
      inputs={inputs}
      fields={entries}
      draft={draft}
      at={at}
      place={place}
      onChange={(name, value) => dispatch({ do: "set", place, fields: { [name]: value } })}
    />
  );
}
