"use client";

import { useMemo } from "react";
import { Card } from "@/components/kit/Card";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { ChangedBanner } from "@/components/ui/ChangedBanner";
import type { RegistrationOut } from "@/lib/api";
import type { BrokerState } from "@/lib/broker";
import { changedFields } from "@/lib/changedFields";
import type { CompiledRegistration } from "@/lib/compiled";
import { indentJson } from "@/lib/explorer/indent";
import { visibleText } from "@/lib/explorer/payload";
import { bytesOf, type TopicPreview, understand } from "@/lib/previewDecode";
import type { RegistrationField } from "@/lib/registration/field";
import { REGISTRATION_FIELDS } from "@/lib/registration/fields";
import { t } from "@/lib/texts/t";
import { readOnlyReason } from "../OriginBadge";
import type { Draft } from "./draft/draft";
import { sourceFields } from "./draft/shownFields";
import { Faults } from "./Faults";
import { FormProvider } from "./fields/formContext";
import { RegistrationFields } from "./fields/RegistrationFields";
import { MoreFields } from "./MoreFields";
import { PreviewPane } from "./preview/PreviewPane";
import { foundFields } from "./preview/payloadTree";
import { pointsOf, pointsSentence } from "./preview/pointsOf";
import { type PreviewState, usePreview } from "./preview/usePreview";
import { useRegistrationForm } from "./useRegistrationForm";
import { ValuesCard } from "./ValuesCard";

/** The paths that the form reads, which the preview marks. */
const PICKED: Record<Draft["mode"], (draft: Draft) => string[]> = {
  one: (draft) => [draft.value],
  several: (draft) => draft.values.map((value) => value.path),
  template: () => [],
};

export interface RegistrationFormProps {
  /** Undefined for a new registration. */
  initial?: RegistrationOut;
  /** The initial draft of a new registration. */
  seed?: Draft;
  others: readonly RegistrationOut[];
  brokers: readonly BrokerState[];
  onSaved: (saved: RegistrationOut) => void;
  /** Reloads the form with the stored registration. */
  onReload: () => void;
}

/** The form beside a live preview of the messages, so that a registration can be checked before it is saved. */
export function RegistrationForm({ initial, seed, others, brokers, onSaved, onReload }: RegistrationFormProps) {
  const taken = useMemo(() => new Set(others.map(({ registration }) => registration.id as string)), [others]);
  const suggestions = useMemo(() => suggestionsOf(others), [others]);
  const form = useRegistrationForm(initial ?? {}, seed, taken, onSaved);
  const { draft, dispatch, compiled } = form;
  const preview = usePreview(draft.broker, draft.filter);
  const picked = useMemo(() => new Set(PICKED[draft.mode](draft)), [draft]);
  const locked = initial && readOnlyReason(initial.origin);

  const topics = "preview" in preview ? preview.preview.topics : NO_TOPICS;
  const found = useMemo(() => foundFields(topics, compiled), [topics, compiled]);
  const newest = useMemo(() => newestOf(preview, compiled), [preview, compiled]);
  const points =
    form.registration &&
    compiled &&
    pointsOf(
      compiled,
      topics.map(({ topic }) => topic),
    );
  const isNew = initial === undefined;
  const readOnly = locked !== undefined;

  return (
    <FormProvider value={{ draft, dispatch, errors: form.errors, readOnly, isNew, brokers, suggestions, newest }}>
      <form ref={form.form} noValidate onSubmit={(event) => void form.submit(event)} onBlur={form.onBlur}>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,27rem)]">
          {locked && (
            <Banner className="col-span-full">
              <strong>{t("admin.readOnlyLead")}</strong> {locked}
            </Banner>
          )}
          <Card title={t("registration.sourceTitle")}>
            <div className="grid gap-4 sm:grid-cols-2">
              <RegistrationFields entries={sourceFields(draft, brokers.length)} draft={draft} at="" place="all" />
            </div>
          </Card>
          <div className="lg:sticky lg:top-4 lg:col-start-2 lg:row-span-2 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto">
            <PreviewPane
              state={preview}
              compiled={compiled}
              picked={picked}
              choosing={draft.mode === "one" && draft.value === ""}
              onPick={(path) => !readOnly && dispatch({ do: "pick", path, several: isNew })}
            />
          </div>
          <div className="flex min-w-0 flex-col gap-4 lg:col-start-1">
            <ValuesCard found={found} waiting={topics.length === 0} />
            <MoreFields registration={form.registration} />
          </div>
        </div>
        {!readOnly && (
          <SaveBar
            form={form}
            initial={initial}
            sentence={points && compiled ? pointsSentence(points, compiled.wildcard) : undefined}
            onReload={onReload}
          />
        )}
      </form>
    </FormProvider>
  );
}

const NO_TOPICS: readonly TopicPreview[] = [];

/** Sticky in the whole form, not in a column: it could not stick above the start of its column, and a phone's navigation covers the rest. */
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
    <div className="sticky bottom-[calc(4rem+env(safe-area-inset-bottom))] z-10 mt-4 flex flex-col gap-3 rounded-tile border border-line bg-panel p-4 shadow-[0_4px_24px_oklch(0_0_0/0.14)] md:bottom-4 lg:w-[calc(100%-28rem)]">
      {theirs && (
        <ChangedBanner
          what={t("topics.registeredTopic")}
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
        {sentence && <p className="min-w-0 flex-1 basis-48 text-sm break-words text-ink-2">{sentence}</p>}
        <div className="ml-auto flex gap-3">
          <ButtonLink href="/admin/topics" variant="quiet" data-discard>
            {t("ui.cancel")}
          </ButtonLink>
          <Button type="submit" variant="primary" busy={form.saving}>
            {t(initial ? "registration.save" : "registration.register")}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** The longest payload that is quoted below a field. */
const MAX_QUOTE = 80;

/** The newest message of all topics, and what is read from it. */
function newestOf(state: PreviewState, compiled: CompiledRegistration | undefined) {
  if (!compiled || !("preview" in state)) return undefined;
  const entry = state.preview.topics.reduce<TopicPreview | undefined>(
    (last, one) => (last && last.message.at > one.message.at ? last : one),
    undefined,
  );
  if (!entry) return undefined;
  // For binary formats, show the decoded document, which is what the transform gets.
  const document = compiled.document(bytesOf(entry.message.payload));
  const asWritten = !entry.binary && indentJson(entry.text) !== undefined;
  const whole = typeof document === "object" && !asWritten ? JSON.stringify(document) : visibleText(entry.text);
  const text = whole.length > MAX_QUOTE ? `${whole.slice(0, MAX_QUOTE)}…` : whole;
  return { text, outcomes: understand(compiled, entry.message) };
}

const sorted = (texts: readonly unknown[]): string[] =>
  [...new Set(texts.filter((text) => typeof text === "string"))].sort((a, b) => a.localeCompare(b));

/** Suggestions for fields that offer them: the texts that other registrations have there. */
const suggestionsOf = (others: readonly RegistrationOut[]): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries<RegistrationField>(REGISTRATION_FIELDS)
      .filter(([, { control }]) => control.is === "text" && control.suggests)
      .map(([name]) => [
        name,
        sorted(others.map(({ registration }) => (registration as Readonly<Record<string, unknown>>)[name])),
      ]),
  );
