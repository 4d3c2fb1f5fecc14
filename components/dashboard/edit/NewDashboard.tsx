"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { call } from "@/components/api";
import { dashboardPath } from "@/components/kit/paths";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Field, TextInput } from "@/components/ui/Field";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import { t } from "@/lib/texts/t";
import { slugFor } from "./draft";

/** Asks for a title and opens the new, empty dashboard. Its address is made from the title once and never changes. */
export function NewDashboard({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const formId = useId();
  const unsaved = useUnsaved();
  const [title, setTitle] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === "") return setError(t("edit.titleNeededExample"));
    setBusy(true);
    const list = await call("GET /dashboards");
    const taken = new Set<string>(list.ok ? list.value.map((d) => d.slug) : []);
    const slug = slugFor(title, taken);
    const made = await call("POST /dashboards", { body: { slug, title: title.trim(), sections: [] } });
    setBusy(false);
    if (!made.ok) return setError(made.problem.message);
    await unsaved.saved();
    onClose();
    router.push(dashboardPath(made.value.slug));
    router.refresh();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      mayClose={unsaved.mayClose}
      title={t("edit.newDashboard")}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button variant="primary" type="submit" form={formId} busy={busy}>
            {t("edit.create")}
          </Button>
        </>
      }
    >
      <form id={formId} onInput={unsaved.touch} onSubmit={(event) => void create(event)} noValidate>
        <Field label={t("edit.title")} error={error} hint={t("edit.titleHint")}>
          <TextInput
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            maxLength={100}
            autoComplete="off"
          />
        </Field>
      </form>
    </Dialog>
  );
}
