import { useId, useState } from "react";
import { type ApiResult, call, serverNow } from "@/components/api";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Field, TextInput } from "@/components/ui/Field";
import { Segmented } from "@/components/ui/Segmented";
import type { AlarmOut } from "@/lib/api";
import { t } from "@/lib/texts/t";

interface ActProps {
  alarm: AlarmOut;
  onClose: () => void;
  onDone: (answer: ApiResult<unknown>) => Promise<void>;
}

export function AcknowledgeDialog({ alarm, onClose, onDone }: ActProps) {
  const formId = useId();
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState("");
  const acknowledge = async () => {
    setBusy(true);
    const body = note.trim() === "" ? {} : { note: note.trim() };
    await onDone(await call("POST /alarms/{id}/ack", { params: { id: alarm.id }, body }));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("alarms.ackTitle", { name: alarm.name })}
      description={t("alarms.ackWhy")}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {t("alarms.acknowledge")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          void acknowledge();
        }}
      >
        <Field label={t("alarms.ackNote")} hint={t("alarms.ackNoteHint")}>
          <TextInput value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}

const MINUTE = 60_000;
const SPANS = {
  "15m": { ms: 15 * MINUTE, label: "alarms.shelve15m" },
  "1h": { ms: 60 * MINUTE, label: "alarms.shelve1h" },
  "8h": { ms: 480 * MINUTE, label: "alarms.shelve8h" },
  "24h": { ms: 1440 * MINUTE, label: "alarms.shelve24h" },
} as const;
type Span = keyof typeof SPANS;

/** Always with an end. */
export function ShelveDialog({ alarm, onClose, onDone }: ActProps) {
  const [span, setSpan] = useState<Span>("1h");
  const [busy, setBusy] = useState(false);
  const shelve = async () => {
    setBusy(true);
    const until = Math.round(serverNow() + SPANS[span].ms);
    await onDone(await call("POST /alarms/{id}/shelve", { params: { id: alarm.id }, body: { until } }));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("alarms.shelveTitle", { name: alarm.name })}
      description={t("alarms.shelveWhy")}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button variant="primary" busy={busy} onClick={() => void shelve()}>
            {t("alarms.shelve")}
          </Button>
        </>
      }
    >
      <Segmented
        label={t("alarms.shelveFor")}
        value={span}
        options={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: t(SPANS[value].label) }))}
        onChange={setSpan}
      />
    </Dialog>
  );
}
