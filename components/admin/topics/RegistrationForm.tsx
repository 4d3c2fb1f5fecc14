"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { Card } from "@/components/kit/Card";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { ChangedBanner } from "@/components/ui/ChangedBanner";
import { Disclosure } from "@/components/ui/Disclosure";
import type { RegistrationOut } from "@/lib/api";
import type { BrokerState } from "@/lib/broker";
import { changedFields } from "@/lib/changedFields";
import type { CompiledRegistration } from "@/lib/compiled";
import { indentJson } from "@/lib/explorer/indent";
import { visibleText } from "@/lib/explorer/payload";
import { bytesOf, type TopicPreview, understand } from "@/lib/previewDecode";
import { readOnlyReason } from "../OriginBadge";
import { CommandFields } from "./CommandFields";
import type { Draft } from "./draft";
import { Faults } from "./Faults";
import { FreshnessSection } from "./FreshnessSection";
import { FormProvider } from "./formContext";
import { HistoryFields } from "./HistoryFields";
import { NamesSection } from "./NamesSection";
import { PreviewPane } from "./PreviewPane";
import { pointsOf, pointsSentence } from "./pointsOf";
import { SourceSection } from "./SourceSection";
import { type PreviewState, usePreview } from "./usePreview";
import { useRegistrationForm } from "./useRegistrationForm";
import { ValuesSection } from "./ValuesSection";

const YamlView = dynamic(() => import("./YamlView"), { ssr: false });

/** The paths that the form reads, for the preview to mark. */
const PICKED: Record<Draft["mode"], (draft: Draft) => string[]> = {
  one: (draft) => [draft.path],
  several: (draft) => draft.values.map((value) => value.path),
  template: () => [],
};

export interface RegistrationFormProps {
  /** Absent: a new one. */
  initial?: RegistrationOut;
  /** What a new one begins with. */
  seed?: Draft;
  others: readonly RegistrationOut[];
  brokers: readonly BrokerState[];
  onSaved: (saved: RegistrationOut) => void;
  /** Begins anew with what is there now. */
  onReload: () => void;
}

/** Form on one side, what arrives on the other: a registration is right before it is saved. */
export function RegistrationForm({ initial, seed, others, brokers, onSaved, onReload }: RegistrationFormProps) {
  const taken = useMemo(() => new Set(others.map(({ registration }) => registration.id as string)), [others]);
  const known = useMemo(() => knownGroups(others), [others]);
  const form = useRegistrationForm(initial ?? {}, seed, taken, onSaved);
  const { draft, dispatch, compiled } = form;
  const preview = usePreview(draft.broker, draft.filter);
  const picked = useMemo(() => new Set(PICKED[draft.mode](draft)), [draft]);
  const locked = initial && readOnlyReason(initial.origin);

  const topics = "preview" in preview ? preview.preview.topics.map((entry) => entry.topic) : [];
  const newest = useMemo(() => newestOf(preview, compiled), [preview, compiled]);
  const sentence =
    form.registration && compiled ? pointsSentence(pointsOf(compiled, topics), compiled.wildcard) : undefined;

  return (
    <FormProvider value={{ draft, dispatch, errors: form.errors, readOnly: locked !== undefined, newest }}>
      <form
        ref={form.form}
        noValidate
        onSubmit={(event) => void form.submit(event)}
        onBlur={form.onBlur}
        className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,27rem)]"
      >
        {locked && (
          <Banner className="col-span-full">
            <strong>Read-only.</strong> {locked}
          </Banner>
        )}
        <SourceSection brokers={brokers} />
        <div className="lg:sticky lg:top-4 lg:col-start-2 lg:row-span-2 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto">
          <PreviewPane
            state={preview}
            compiled={compiled}
            picked={picked}
            onPick={(path) => !locked && dispatch({ do: "pick", path })}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:col-start-1">
          <ValuesSection />
          <NamesSection isNew={initial === undefined} known={known} />
          <FreshnessSection />
          <Card title="History">
            <HistoryFields place="all" value={draft.described} at="/history" />
          </Card>
          {draft.mode !== "several" && (
            <Card title="Command">
              <CommandFields place="all" value={draft.described} at="/command" />
            </Card>
          )}
          <Card title="As YAML" note="Copy it into telltale.yaml, for example to keep it in git.">
            <Disclosure summary="Show">
              <YamlView registration={form.registration} />
            </Disclosure>
          </Card>
          {!locked && <SaveBar form={form} initial={initial} sentence={sentence} onReload={onReload} />}
        </div>
      </form>
    </FormProvider>
  );
}

function SaveBar({
  form,
  initial,
  sentence,
  onReload,
}: {
  form: ReturnType<typeof useRegistrationForm>;
  initial: RegistrationOut | undefined;
  sentence: string | undefined;
  onReload: () => void;
}) {
  const { theirs } = form;
  return (
    <div className="sticky bottom-[calc(4rem+env(safe-area-inset-bottom))] z-10 flex flex-col gap-3 rounded-tile border border-line bg-panel p-4 shadow-[0_4px_24px_oklch(0_0_0/0.14)] md:bottom-4">
      {theirs && (
        <ChangedBanner
          what="registered topic"
          fields={initial ? changedFields(initial.registration, theirs.registration) : []}
          busy={form.saving}
          onReload={onReload}
          onOverwrite={() => void form.save(theirs.version)}
        />
      )}
      {!theirs && form.refusal && form.refusal.fields.length === 0 && (
        <Banner tone="critical" live>
          {form.refusal.message}
        </Banner>
      )}
      <Faults faults={form.faults} form={form.form} />
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-48 text-sm break-words text-ink-2">{sentence}</p>
        <div className="ml-auto flex gap-3">
          <ButtonLink href="/admin/topics" variant="quiet" data-discard>
            Cancel
          </ButtonLink>
          <Button type="submit" variant="primary" busy={form.saving}>
            {initial ? "Save" : "Register"}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** What stands below a field must not be a whole payload. */
const MAX_QUOTE = 80;

/** Of the topic that spoke last. */
function newestOf(state: PreviewState, compiled: CompiledRegistration | undefined) {
  if (!compiled || !("preview" in state)) return undefined;
  const entry = state.preview.topics.reduce<TopicPreview | undefined>(
    (last, one) => (last && last.message.at > one.message.at ? last : one),
    undefined,
  );
  if (!entry) return undefined;
  // Bytes that happen to be letters say nothing: what the format sees in them is what the transform was given.
  const document = compiled.document(bytesOf(entry.message.payload));
  const asWritten = !entry.binary && indentJson(entry.text) !== undefined;
  const whole = typeof document === "object" && !asWritten ? JSON.stringify(document) : visibleText(entry.text);
  const text = whole.length > MAX_QUOTE ? `${whole.slice(0, MAX_QUOTE)}…` : whole;
  return { text, outcomes: understand(compiled, entry.message) };
}

const sorted = (texts: (string | undefined)[]): string[] =>
  [...new Set(texts.filter((text): text is string => text !== undefined))].sort((a, b) => a.localeCompare(b));

const knownGroups = (others: readonly RegistrationOut[]) => ({
  devices: sorted(others.map(({ registration }) => registration.device)),
  areas: sorted(others.map(({ registration }) => registration.area)),
});
