"use client";

import { type FormEvent, useState } from "react";
import { call } from "@/components/api";
import { newPasswordError, repeatError } from "@/components/kit/passwordFields";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { Field, TextInput } from "@/components/ui/Field";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import { t } from "@/lib/texts/t";

interface Errors {
  current?: string;
  next?: string;
  repeat?: string;
  form?: string;
}

/** Changes the person's own password; `username` is for the browser's password manager. */
export function PasswordForm({ username }: { username: string }) {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [done, setDone] = useState(false);
  const unsaved = useUnsaved();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const [current = "", next = "", repeat = ""] = ["current", "next", "repeat"].map((name) => String(data.get(name)));
    setDone(false);
    const found: Errors = { next: newPasswordError(next), repeat: repeatError(next, repeat) };
    setErrors(found);
    if (found.next ?? found.repeat) return;
    setBusy(true);
    const answer = await call("POST /session/password", { body: { current, next } });
    setBusy(false);
    if (answer.ok) {
      form.reset();
      void unsaved.saved();
      return setDone(true);
    }
    const at = (pointer: string) => answer.problem.fields.find((field) => field.pointer === pointer)?.detail;
    const fields: Errors = { current: at("/current"), next: at("/next") };
    setErrors(fields.current || fields.next ? fields : { form: answer.problem.message });
  };

  return (
    <form onInput={unsaved.touch} onSubmit={(event) => void submit(event)} className="flex max-w-sm flex-col gap-4">
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field label={t("shell.currentPassword")} error={errors.current}>
        <TextInput name="current" type="password" required autoComplete="current-password" />
      </Field>
      <Field
        label={t("shell.newPassword")}
        error={errors.next}
        hint={errors.next ? undefined : t("shell.passwordHint")}
      >
        <TextInput name="next" type="password" required autoComplete="new-password" />
      </Field>
      <Field label={t("shell.newPasswordAgain")} error={errors.repeat}>
        <TextInput name="repeat" type="password" required autoComplete="new-password" />
      </Field>
      {errors.form && (
        <Banner tone="critical" live>
          {errors.form}
        </Banner>
      )}
      <p role="status" className="text-sm text-ink-2">
        {done && t("shell.passwordChanged")}
      </p>
      <Button type="submit" variant="primary" busy={busy} className="self-start">
        {t("shell.changePassword")}
      </Button>
    </form>
  );
}
