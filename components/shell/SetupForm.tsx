"use client";

import { type FormEvent, useState } from "react";
import { call } from "@/components/api";
import { newPasswordError, repeatError } from "@/components/kit/passwordFields";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { Field, TextInput } from "@/components/ui/Field";
import { t } from "@/lib/texts/t";

interface Errors {
  username?: string;
  password?: string;
  repeat?: string;
  form?: string;
}

/** Creates the first admin with the one-time token, which also signs in. */
export function SetupForm({ token }: { token: string }) {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Errors>({});

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [username, password, repeat] = ["username", "password", "repeat"].map((name) => String(data.get(name)));
    const found: Errors = {
      password: newPasswordError(password ?? ""),
      repeat: repeatError(password ?? "", repeat ?? ""),
    };
    setErrors(found);
    if (found.password ?? found.repeat) return;
    setBusy(true);
    const body = { token, username: (username ?? "").trim(), password: password ?? "" };
    const answer = await call("POST /setup", { body });
    if (answer.ok) return window.location.assign("/");
    setBusy(false);
    const at = (pointer: string) => answer.problem.fields.find((field) => field.pointer === pointer)?.detail;
    const fields: Errors = { username: at("/username"), password: at("/password") };
    setErrors(fields.username || fields.password ? fields : { form: answer.problem.message });
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label={t("shell.userName")} error={errors.username} hint={t("shell.userNameHint")}>
        <TextInput
          name="username"
          defaultValue="admin"
          required
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
        />
      </Field>
      <Field
        label={t("shell.password")}
        error={errors.password}
        hint={errors.password ? undefined : t("shell.passwordHint")}
      >
        <TextInput name="password" type="password" required autoComplete="new-password" />
      </Field>
      <Field label={t("shell.passwordAgain")} error={errors.repeat}>
        <TextInput name="repeat" type="password" required autoComplete="new-password" />
      </Field>
      {errors.form && (
        <Banner tone="critical" live>
          {errors.form}
        </Banner>
      )}
      <Button type="submit" variant="primary" busy={busy}>
        {t("shell.createAccount")}
      </Button>
    </form>
  );
}
