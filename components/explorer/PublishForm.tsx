"use client";

import { type FormEvent, useState } from "react";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { Checkbox, Field, NativeSelect, TextArea, TextInput } from "@/components/ui/Field";
import { toast } from "@/components/ui/toasts";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import type { Qos } from "@/lib/qos";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { parsePublishTopic } from "@/lib/topics/parse";
import type { ExplorerLink } from "./explorerLink";
import { sayPublished } from "./published";

const QOS = [
  { value: "0", label: "explorer.qos0" },
  { value: "1", label: "explorer.qos1" },
  { value: "2", label: "explorer.qos2" },
] as const;

/** Publishes a message by hand. The audit trail records it. */
export function PublishForm({ topic: initial, link }: { topic: string; link: ExplorerLink }) {
  const [topic, setTopic] = useState(initial);
  const [payload, setPayload] = useState("");
  const [qos, setQos] = useState<(typeof QOS)[number]["value"]>("1");
  const [retain, setRetain] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const unsaved = useUnsaved();
  const legal = parsePublishTopic(topic);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!legal.ok) return;
    setBusy(true);
    const said = sayPublished(
      await link.publish({ topic, payload, qos: Number(qos) as Qos, retain }),
      t("explorer.published"),
    );
    setBusy(false);
    setRefusal(said.ok ? undefined : said.text);
    if (!said.ok) return;
    void unsaved.saved();
    toast(said.text);
  };

  return (
    <form noValidate onInput={unsaved.touch} onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
      <Field label={t("explorer.publishOn")} error={legal.ok ? undefined : `${inWords(legal.error)}.`}>
        <TextInput mono value={topic} onChange={(event) => setTopic(event.target.value)} />
      </Field>
      <Field label={t("explorer.payload")} hint={payload === "" && retain ? t("explorer.emptyClears") : undefined}>
        <TextArea
          mono
          rows={3}
          maxLength={64 * 1024}
          value={payload}
          onChange={(event) => setPayload(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap items-end gap-4">
        <Field label={t("explorer.qos")} className="w-44">
          <NativeSelect
            value={qos}
            onChange={setQos}
            options={QOS.map(({ value, label }) => ({ value, label: t(label) }))}
          />
        </Field>
        <Checkbox
          className="min-h-10 items-center"
          label={t("explorer.retain")}
          checked={retain}
          onChange={(event) => setRetain(event.target.checked)}
        />
        <Button type="submit" variant="primary" busy={busy} disabled={!legal.ok} className="ml-auto">
          {t("explorer.publishButton")}
        </Button>
      </div>
      {refusal && (
        <Banner tone="critical" live>
          {refusal}
        </Banner>
      )}
    </form>
  );
}
