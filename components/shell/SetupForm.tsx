"use client";

import { type FormEvent, useState } from "react";
import { call } from "@/components/api";
import { Button } from "@/components/ui/Button";
import { Field, TextInput } from "@/components/ui/Field";
import { t } from "@/lib/texts/t";
import { type FormErrors, NewPasswordFields, newPasswordErrors, refusalErrors } from "./NewPasswordFields";

/** Creates the first admin with the one-time token, which also signs in. */
export function SetupForm({ token }: { token: string }) {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormErrors>({});

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [username = "", password = "", repeat = ""] = ["username", "password", "repeat"].map((name) =>
      String(data.get(name)),
    );
    const found = newPasswordErrors("password", password, repeat);
    setErrors(found ?? {});
    if (found) return;
    setBusy(true);
    const body = { token, username: username.trim(), password };
    const answer = await call("POST /setup", { body });
    if (answer.ok) return window.location.assign("/");
    setBusy(false);
    setErrors(refusalErrors(answer.problem, ["username", "password"]));
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
      <NewPasswordFields name="password" label={t("shell.password")} again={t("shell.passwordAgain")} errors={errors} />
      <Button type="submit" variant="primary" busy={busy}>
        {t("shell.createAccount")}
      </Button>
    </form>
  );
}
