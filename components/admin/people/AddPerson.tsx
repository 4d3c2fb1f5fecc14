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
import { t } from "@/lib/texts/t";
import { errorsOf, type FieldErrors, sentence } from "../fieldErrors";
import { ROLES } from "./roles";

const NONE: FieldErrors = new Map();

/** Creates an account. The admin sets the first password; the person can change it under "Your account". */
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
      toast(t("people.canSignIn", { name: answer.value.name }));
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
      title={t("people.addPerson")}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {t("people.add")}
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
        <Field label={t("people.userName")} required error={errors.get("/username")} hint={t("people.userNameHint")}>
          <TextInput name="username" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} />
        </Field>
        <Field
          label={t("people.name")}
          aside={t("people.optional")}
          error={errors.get("/name")}
          hint={t("people.nameHint")}
        >
          <TextInput name="name" autoComplete="off" maxLength={100} />
        </Field>
        <Field label={t("people.password")} required error={errors.get("/password")} hint={t("people.passwordHint")}>
          <TextInput name="password" type="password" autoComplete="new-password" />
        </Field>
        <Field label={t("people.role")} hint={t((ROLES.find((choice) => choice.value === role) ?? ROLES[0]).may)}>
          <NativeSelect
            options={ROLES.map(({ value, label }) => ({ value, label: t(label) }))}
            value={role}
            onChange={setRole}
          />
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
