import { type FormEvent, useId, useState } from "react";
import { type ApiProblem, call } from "@/components/api";
import { useReader } from "@/components/kit/reader";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog, Dialog } from "@/components/ui/Dialog";
import { Checkbox, Field, NativeSelect, TextArea, TextInput } from "@/components/ui/Field";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import type { AlarmRuleOut } from "@/lib/api";
import { proposeId } from "@/lib/proposeId";
import { t } from "@/lib/texts/t";
import { type DraftFaults, draftOf, EMPTY_DRAFT, type RuleDraft, ruleOf } from "./ruleDraft";

interface FormProps {
  of: AlarmRuleOut | undefined;
  onClose: () => void;
  onDone: () => Promise<void>;
}

/** The server refuses an id that is taken. */
const NONE_TAKEN: ReadonlySet<string> = new Set();

/** Makes or changes a rule. */
export function RuleForm({ of, onClose, onDone }: FormProps) {
  const { locale } = useReader();
  const formId = useId();
  const unsaved = useUnsaved();
  const [draft, setDraft] = useState(() => (of ? draftOf(of.rule, locale) : EMPTY_DRAFT));
  const [faults, setFaults] = useState<DraftFaults>({});
  const [problem, setProblem] = useState<ApiProblem>();
  const [deleting, setDeleting] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!draft) return;
    const id = of?.rule.id ?? proposeId(draft.name, "rule", NONE_TAKEN);
    const made = ruleOf(draft, id, locale);
    setFaults(made.ok ? {} : made.error);
    setProblem(undefined);
    if (!made.ok) return;
    // Judged by the server's schema.
    const body = made.value as never;
    const answer = of
      ? await call("PUT /alarm-rules/{id}", { params: { id }, body, version: of.version })
      : await call("POST /alarm-rules", { body });
    if (answer.ok) await onDone();
    else setProblem(answer.problem);
  };
  const remove = async () => {
    if (!of) return;
    const answer = await call("DELETE /alarm-rules/{id}", { params: { id: of.rule.id }, version: of.version });
    setDeleting(false);
    if (answer.ok) await onDone();
    else setProblem(answer.problem);
  };

  return (
    <Dialog
      open
      size="l"
      onClose={onClose}
      mayClose={unsaved.mayClose}
      title={of ? t("alarms.editRule") : t("alarms.newRule")}
      footer={
        <>
          {of && (
            <Button variant="danger" className="mr-auto" onClick={() => setDeleting(true)}>
              {t("alarms.delete")}
            </Button>
          )}
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          {draft && (
            <Button type="submit" form={formId} variant="primary">
              {t("alarms.save")}
            </Button>
          )}
        </>
      }
    >
      {problem && (
        <Banner tone="critical" live className="mb-3">
          {problem.message}
        </Banner>
      )}
      {draft ? (
        <form id={formId} noValidate onInput={unsaved.touch} onSubmit={(event) => void submit(event)}>
          <Fields draft={draft} faults={faults} onChange={(part) => setDraft({ ...draft, ...part })} />
        </form>
      ) : (
        <p>{t("alarms.otherCondition")}</p>
      )}
      {of && (
        <ConfirmDialog
          open={deleting}
          title={t("alarms.deleteTitle", { name: of.rule.name })}
          action={t("alarms.delete")}
          danger
          onConfirm={() => void remove()}
          onCancel={() => setDeleting(false)}
        >
          {t("alarms.deleteWhy")}
        </ConfirmDialog>
      )}
    </Dialog>
  );
}

interface FieldsProps {
  draft: RuleDraft;
  faults: DraftFaults;
  onChange: (part: Partial<RuleDraft>) => void;
}

function Fields({ draft, faults, onChange }: FieldsProps) {
  const text = (name: "name" | "points" | "delay") => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t("alarms.name")} required>
        <TextInput {...text("name")} maxLength={200} />
      </Field>
      <Field label={t("alarms.point")} hint={t("alarms.pointHint")} error={faults.points} required>
        <TextInput {...text("points")} mono autoCapitalize="none" spellCheck={false} />
      </Field>
      <Condition draft={draft} faults={faults} onChange={onChange} />
      <Field label={t("alarms.delay")} hint={t("alarms.delayHint")}>
        <TextInput {...text("delay")} />
      </Field>
      <Field label={t("alarms.level")}>
        <NativeSelect
          value={draft.level}
          onChange={(level) => onChange({ level })}
          options={[
            { value: "critical", label: t("alarms.critical") },
            { value: "warning", label: t("alarms.warning") },
            { value: "notice", label: t("alarms.notice") },
          ]}
        />
      </Field>
      <Field label={t("alarms.text")} hint={t("alarms.textHint")} className="sm:col-span-2">
        <TextArea
          rows={2}
          maxLength={1000}
          value={draft.text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      </Field>
      <Checkbox
        label={t("alarms.latch")}
        checked={draft.latch}
        onChange={(event) => onChange({ latch: event.target.checked })}
      />
      <Checkbox
        label={t("alarms.disabled")}
        checked={draft.disabled}
        onChange={(event) => onChange({ disabled: event.target.checked })}
      />
    </div>
  );
}

function Condition({ draft, faults, onChange }: FieldsProps) {
  const { kind } = draft;
  const label = kind === "silent" ? t("alarms.silentFor") : t("alarms.limit");
  const hint =
    { silent: t("alarms.silentHint"), equals: t("alarms.equalsHint") }[kind as string] ?? t("alarms.limitHint");
  return (
    <>
      <Field label={t("alarms.condition")}>
        <NativeSelect
          value={kind}
          onChange={(next) => onChange({ kind: next })}
          options={[
            { value: "above", label: t("alarms.whenAbove") },
            { value: "below", label: t("alarms.whenBelow") },
            { value: "equals", label: t("alarms.whenEquals") },
            { value: "silent", label: t("alarms.whenSilent") },
            { value: "offline", label: t("alarms.whenOffline") },
          ]}
        />
      </Field>
      {kind !== "offline" && (
        <Field label={label} hint={hint} error={faults.limit} required>
          <TextInput value={draft.limit} onChange={(event) => onChange({ limit: event.target.value })} />
        </Field>
      )}
      {(kind === "above" || kind === "below") && (
        <Field label={t("alarms.clearAt")} hint={t("alarms.clearAtHint")} error={faults.clear}>
          <TextInput value={draft.clear} onChange={(event) => onChange({ clear: event.target.value })} />
        </Field>
      )}
    </>
  );
}
