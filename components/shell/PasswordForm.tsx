"use client";

import { type FormEvent, useState } from "react";
import { call } from "@/components/api";
import { Button } from "@/components/ui/Button";
import { Field, TextInput } from "@/components/ui/Field";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import { t } from "@/lib/texts/t";
import { type FormErrors, NewPasswordFields, newPasswordErrors, refusalErrors } from "./NewPasswordFields";

/** Changes the person's own password; `username` is for the browser's password manager. */
export function PasswordForm({ username }: { username: string }) {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormErrors>({});
  const [done, setDone] = useState(false);
  const unsaved = useUnsaved();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const [current = "", next = "", repeat = ""] = ["current", "next", "repeat"].map((name) => String(data.get(name)));
    setDone(false);
    const found = newPasswordErrors("next", next, repeat);
    setErrors(found ?? {});
    if (found) return;
    setBusy(true);
    const answer = await call("POST /session/password", { body: { current, next } });
    setBusy(false);
    if (answer.ok) {
      form.reset();
      void unsaved.saved();
      return setDone(true);
    }
    setErrors(refusalErrors(answer.problem, ["current", "next"]));
  };

  return (
    <form onInput={unsaved.touch} onSubmit={(event) => void submit(event)} className="flex max-w-sm flex-col gap-4">
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field label={t("shell.currentPassword")} error={errors.current}>
        <TextInput name="current" type="password" required autoComplete="current-password" />
      </Field>
      <NewPasswordFields
        name="next"
        label={t("shell.newPassword")}
        again={t("shell.newPasswordAgain")}
        errors={errors}
      />
      <p role="status" className="text-sm text-ink-2">
        {done && t("shell.passwordChanged")}
      </p>
      <Button type="submit" variant="primary" busy={busy} className="self-start">
        {t("shell.changePassword")}
      </Button>
    </form>
  );
}
