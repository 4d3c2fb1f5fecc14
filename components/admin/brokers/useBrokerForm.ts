"use client";

import { type RefObject, useState } from "react";
import { type ApiProblem, call, changedMeanwhile } from "@/components/api";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import type { BrokerOut, BrokerTest } from "@/lib/api";
import type { Broker } from "@/lib/broker";
import { errorsOf, type FieldErrors } from "../fieldErrors";
import { focusFirstFault } from "../focusFault";
import { type BrokerDraft, emptyBroker, fromBroker, proposeBrokerId, toBroker } from "./brokerDraft";

const NONE: FieldErrors = new Map();

export interface BrokerFormParts {
  initial: BrokerOut | undefined;
  taken: ReadonlySet<string>;
  form: RefObject<HTMLFormElement | null>;
  onSaved: (saved: BrokerOut) => void;
}

/** The state of the form, and what its buttons do. */
export function useBrokerForm({ initial, taken, form, onSaved }: BrokerFormParts) {
  const [draft, setDraft] = useState<BrokerDraft>(
    initial ? fromBroker(initial) : { ...emptyBroker, id: proposeBrokerId(emptyBroker, taken) },
  );
  const [errors, setErrors] = useState<FieldErrors>(NONE);
  const [problem, setProblem] = useState<ApiProblem>();
  const [tested, setTested] = useState<BrokerTest>();
  const [busy, setBusy] = useState<"testing" | "saving">();
  const unsaved = useUnsaved();

  const set = (fields: Partial<BrokerDraft>) => {
    unsaved.touch();
    setTested(undefined);
    setDraft((old) => {
      const next = { ...old, ...fields };
      return next.idTouched ? next : { ...next, id: proposeBrokerId(next, taken) };
    });
  };

  /** The broker in the form if it is valid; otherwise its errors are shown. */
  const checked = () => {
    const result = toBroker(draft);
    setProblem(undefined);
    setErrors(result.ok ? NONE : result.errors);
    if (!result.ok) focusFirstFault(form);
    return result.ok ? result.broker : undefined;
  };

  const refuse = (refused: ApiProblem) => {
    setErrors(errorsOf(refused.fields));
    setProblem(refused);
    if (refused.fields.length > 0) focusFirstFault(form);
  };

  const test = async () => {
    const broker = checked();
    if (!broker) return;
    setTested(undefined);
    setBusy("testing");
    const answer = await call("POST /brokers/test", { body: broker });
    setBusy(undefined);
    if (answer.ok) setTested(answer.value);
    else refuse(answer.problem);
  };

  const save = async (version: number) => {
    const broker = checked();
    if (!broker) return;
    setBusy("saving");
    // A new broker has no secret to keep or remove, so null means not set.
    const { password, key, ...open } = broker;
    const created: Broker = { ...open, password: password ?? undefined, key: key ?? undefined };
    const answer = initial
      ? await call("PUT /brokers/{id}", { params: { id: initial.broker.id }, body: broker, version })
      : await call("POST /brokers", { body: created });
    setBusy(undefined);
    if (!answer.ok) return refuse(answer.problem);
    await unsaved.saved();
    onSaved(answer.value);
  };

  return { draft, set, errors, problem, theirs: changedMeanwhile<BrokerOut>(problem), tested, busy, test, save };
}
