"use client";

import type { DescribedDraft, Draft } from "../draft/draft";
import type { ValueScope } from "../draft/draftReducer";
import type { Entry } from "../draft/shownFields";
import { FieldList } from "./FieldList";
import { useForm } from "./formContext";
import { inputs } from "./inputs";

/** Renders fields of the registration, or of one of its several values. */
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
