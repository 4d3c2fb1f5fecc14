import { useId, useState } from "react";
import { type ApiProblem, call } from "@/components/api";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Field, TextInput } from "@/components/ui/Field";
import { toast } from "@/components/ui/toasts";
import { t } from "@/lib/texts/t";

/** Rules that say what a registered topic's thresholds say. */
export function ThresholdsDialog({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const formId = useId();
  const [registration, setRegistration] = useState("");
  const [problem, setProblem] = useState<ApiProblem>();
  const make = async () => {
    const answer = await call("POST /alarm-rules/from-thresholds", { body: { registration: registration.trim() } });
    if (!answer.ok) return setProblem(answer.problem);
    toast(t("alarms.rulesMade", { count: answer.value.length }));
    await onDone();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("alarms.fromThresholdsTitle")}
      description={t("alarms.fromThresholdsWhy")}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary">
            {t("alarms.make")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        {problem && (
          <Banner tone="critical" live>
            {problem.message}
          </Banner>
        )}
        <Field label={t("alarms.registration")} required>
          <TextInput
            mono
            value={registration}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setRegistration(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
