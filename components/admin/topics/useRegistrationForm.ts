"use client";

import { type FocusEvent, type FormEvent, useMemo, useReducer, useRef, useState } from "react";
import { type ApiProblem, call, changedMeanwhile } from "@/components/api";
import { useReader } from "@/components/kit/reader";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import type { RegistrationOut } from "@/lib/api";
import type { Registration } from "@/lib/registration";
import { errorsOf, type FieldErrors } from "../fieldErrors";
import { focusFirstFault } from "../focusFault";
import { checkDraft, compileForPreview } from "./draft/check";
import type { Draft } from "./draft/draft";
import { type DraftAction, draftReducer } from "./draft/draftReducer";
import { emptyDraft, fromRegistration } from "./draft/fromRegistration";
import { useAfterPress } from "./useAfterPress";

const NONE: FieldErrors = new Map();

/** The form's state: the draft, its errors, and saving. */
export function useRegistrationForm(
  { registration: initial, version: opened = 0 }: { registration?: Registration; version?: number },
  seed: Draft | undefined,
  taken: ReadonlySet<string>,
  onSaved: (saved: RegistrationOut) => void,
) {
  const { locale } = useReader();
  const reducer = useMemo(() => draftReducer(taken), [taken]);
  const [draft, reduce] = useReducer(
    reducer,
    initial,
    (from): Draft => (from ? fromRegistration(from, locale) : (seed ?? { ...emptyDraft, locale })),
  );
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const unsaved = useUnsaved();
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<ApiProblem>();
  const [version, setVersion] = useState(opened);
  const form = useRef<HTMLFormElement>(null);

  const checked = useMemo(() => checkDraft(draft), [draft]);
  const compiled = useMemo(() => compileForPreview(draft), [draft]);
  const all = useMemo<FieldErrors>(
    () => new Map([...(refusal ? errorsOf(refusal.fields) : NONE), ...(checked.ok ? NONE : checked.errors)]),
    [refusal, checked],
  );
  // Errors of a field are not shown while it is first being filled in.
  const shown = useMemo<FieldErrors>(
    () => (attempted ? all : new Map([...all].filter(([at]) => [...touched].some((left) => at.startsWith(left))))),
    [attempted, all, touched],
  );

  const dispatch = (action: DraftAction) => {
    unsaved.touch();
    setRefusal(undefined);
    reduce(action);
  };

  const afterPress = useAfterPress();
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const at = event.target.closest<HTMLElement>("[data-at]")?.dataset.at;
    if (at) afterPress(() => setTouched((old) => (old.has(at) ? old : new Set(old).add(at))));
  };

  const save = async (over: number) => {
    setAttempted(true);
    if (!checked.ok) return focusFirstFault(form);
    setSaving(true);
    const { registration } = checked;
    const answer = initial
      ? await call("PUT /registrations/{id}", { params: { id: initial.id }, body: registration, version: over })
      : await call("POST /registrations", { body: registration });
    setSaving(false);
    if (!answer.ok) {
      setRefusal(answer.problem);
      return focusFirstFault(form);
    }
    await unsaved.saved();
    setRefusal(undefined);
    setVersion(answer.value.version);
    onSaved(answer.value);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    return save(version);
  };

  return {
    form,
    draft,
    dispatch,
    errors: shown,
    /** All errors, after an attempt to save. */
    faults: attempted ? all : NONE,
    refusal,
    /** The registration as somebody else has saved it since the form was opened. */
    theirs: changedMeanwhile<RegistrationOut>(refusal),
    registration: checked.ok ? checked.registration : undefined,
    compiled,
    saving,
    onBlur,
    submit,
    save,
  };
}
