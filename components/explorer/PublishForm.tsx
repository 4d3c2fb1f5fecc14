"use client";

import { type FormEvent, useState } from "react";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { Checkbox, Field, NativeSelect, TextArea, TextInput } from "@/components/ui/Field";
import { toast } from "@/components/ui/toasts";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import type { Qos } from "@/lib/qos";
import { parsePublishTopic } from "@/lib/topics/parse";
import type { ExplorerLink } from "./explorerLink";
import { sayPublished } from "./published";

const QOS = [
  { value: "0", label: "0, at most once" },
  { value: "1", label: "1, at least once" },
  { value: "2", label: "2, exactly once" },
] as const;

/** A message by hand. What is sent, by whom and when, stands in the audit. */
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
      "Published, and the broker has it.",
    );
    setBusy(false);
    setRefusal(said.ok ? undefined : said.text);
    if (!said.ok) return;
    void unsaved.saved();
    toast(said.text);
  };

  return (
    <form noValidate onInput={unsaved.touch} onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
      <Field label="Publish on" error={legal.ok ? undefined : `${legal.error}.`}>
        <TextInput mono value={topic} onChange={(event) => setTopic(event.target.value)} />
      </Field>
      <Field
        label="Payload"
        hint={payload === "" && retain ? "Empty and retained: this clears what the broker keeps." : undefined}
      >
        <TextArea
          mono
          rows={3}
          maxLength={64 * 1024}
          value={payload}
          onChange={(event) => setPayload(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap items-end gap-4">
        <Field label="QoS" className="w-44">
          <NativeSelect value={qos} onChange={setQos} options={QOS} />
        </Field>
        <Checkbox
          className="min-h-10 items-center"
          label="Retain"
          checked={retain}
          onChange={(event) => setRetain(event.target.checked)}
        />
        <Button type="submit" variant="primary" busy={busy} disabled={!legal.ok} className="ml-auto">
          Publish
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
