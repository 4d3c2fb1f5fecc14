"use client";

import { type FormEvent, useId, useState } from "react";
import { call } from "@/components/api";
import { newPasswordError } from "@/components/kit/passwordFields";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Field, TextInput } from "@/components/ui/Field";
import { toast } from "@/components/ui/toasts";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import type { UserOut } from "@/lib/api";
import { t } from "@/lib/texts/t";

/** Sets a new password for someone, for example when the old one is forgotten. */
export function ResetPassword({ user, onClose }: { user: UserOut; onClose: () => void }) {
  const formId = useId();
  const unsaved = useUnsaved();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    const wrong = newPasswordError(password);
    setError(wrong);
    if (wrong) return;
    setBusy(true);
    const answer = await call("PATCH /users/{id}", { params: { id: user.id }, body: { password } });
    setBusy(false);
    if (!answer.ok) return setError(answer.problem.message);
    toast(t("people.passwordSet", { name: user.name }));
    onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      mayClose={unsaved.mayClose}
      title={t("people.newPasswordFor", { name: user.name })}
      description={t("people.pagesSignedOut")}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {t("people.setPassword")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onInput={unsaved.touch} onSubmit={(event) => void submit(event)}>
        <Field label={t("people.newPassword")} required error={error} hint={t("people.newPasswordHint")}>
          <TextInput name="password" type="password" autoComplete="new-password" />
        </Field>
      </form>
    </Dialog>
  );
}
