"use client";

import { type FormEvent, useId, useState } from "react";
import { type ApiProblem, call } from "@/components/api";
import { newPasswordError } from "@/components/kit/passwordFields";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Field, NativeSelect, TextInput } from "@/components/ui/Field";
import { toast } from "@/components/ui/toasts";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import type { Role } from "@/lib/access";
import { Username } from "@/lib/api/users";
import { errorsOf, type FieldErrors, sentence } from "../topics/fieldErrors";
import { ROLES } from "./roles";

const NONE: FieldErrors = new Map();

/** A new account. The admin says the first password; the person changes it under "Your account". */
export function AddPerson({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const formId = useId();
  const unsaved = useUnsaved();
  const [role, setRole] = useState<Role>("viewer");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>(NONE);
  const [problem, setProblem] = useState<ApiProblem>();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [username = "", name = "", password = ""] = ["username", "name", "password"].map((key) =>
      String(data.get(key)),
    );
    const parsed = Username.safeParse(username.trim());
    const found = [
      { pointer: "/username", detail: parsed.success ? undefined : sentence(parsed.error.issues[0]?.message ?? "") },
      { pointer: "/password", detail: newPasswordError(password) },
    ].flatMap(({ pointer, detail }) => (detail === undefined ? [] : [{ pointer, detail }]));
    setErrors(errorsOf(found));
    setProblem(undefined);
    if (found.length > 0) return;
    setBusy(true);
    const answer = await call("POST /users", {
      body: { username: username.trim(), password, role, ...(name.trim() === "" ? {} : { name: name.trim() }) },
    });
    setBusy(false);
    if (answer.ok) {
      toast(`${answer.value.name} can sign in now.`);
      return onDone();
    }
    setErrors(errorsOf(answer.problem.fields));
    if (answer.problem.fields.length === 0) setProblem(answer.problem);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      mayClose={unsaved.mayClose}
      title="Add a person"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            Add
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onInput={unsaved.touch}
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <Field
          label="User name"
          required
          error={errors.get("/username")}
          hint="Letters, digits, dot, dash and underscore."
        >
          <TextInput name="username" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} />
        </Field>
        <Field label="Name" aside="optional" error={errors.get("/name")} hint="Shown to others beside commands.">
          <TextInput name="name" autoComplete="off" maxLength={100} />
        </Field>
        <Field
          label="Password"
          required
          error={errors.get("/password")}
          hint="At least 8 characters. Give it to the person, who can change it in their account."
        >
          <TextInput name="password" type="password" autoComplete="new-password" />
        </Field>
        <Field label="Role" hint={ROLES.find((choice) => choice.value === role)?.may}>
          <NativeSelect options={ROLES} value={role} onChange={setRole} />
        </Field>
        {problem && (
          <Banner tone="critical" live>
            {problem.message}
          </Banner>
        )}
      </form>
    </Dialog>
  );
}
