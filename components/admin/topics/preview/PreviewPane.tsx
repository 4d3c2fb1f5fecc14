"use client";

import { type ReactNode, useMemo } from "react";
import { Card } from "@/components/kit/Card";
import { JsonTree } from "@/components/kit/JsonTree";
import { useReader } from "@/components/kit/reader";
import { Badge } from "@/components/ui/Badge";
import { Banner } from "@/components/ui/Banner";
import { rich } from "@/components/ui/rich";
import { Spinner } from "@/components/ui/Spinner";
import type { CompiledRegistration } from "@/lib/compiled";
import { type Preview, type TopicPreview, type Understood, understand } from "@/lib/previewDecode";
import { REGISTRATION_FIELDS } from "@/lib/registration/fields";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { formatValue } from "@/lib/units/format";
import { timeFormat } from "@/lib/units/time";
import { sentence } from "../../fieldErrors";
import { payloadTree } from "./payloadTree";
import type { PreviewState } from "./usePreview";

const clock = timeFormat({ timeStyle: "medium" });

export interface PreviewPaneProps {
  state: PreviewState;
  /** The compiled form; undefined while it is not valid. */
  compiled: CompiledRegistration | undefined;
  picked: ReadonlySet<string>;
  /** No field is picked yet, so that a payload with several fields is not shown as an error. */
  choosing: boolean;
  onPick: (path: string) => void;
}

/** The messages on the filter, and the values that Telltale reads from each. */
export function PreviewPane({ state, ...rest }: PreviewPaneProps) {
  return (
    <Card title={t("registration.livePreview")} note={t("registration.livePreviewNote")}>
      <Body state={state} {...rest} />
    </Card>
  );
}

function Body({ state, ...rest }: PreviewPaneProps): ReactNode {
  if (state.state === "idle") return <Hint>{t("registration.noFilterYet")}</Hint>;
  if (state.state === "opening") return <Waiting>{t("registration.subscribing")}</Waiting>;
  return (
    <div className="flex flex-col gap-3">
      {state.state === "failed" && (
        <Banner tone="warning" live>
          {state.message}
        </Banner>
      )}
      {state.state === "listening" && state.preview.topics.length === 0 && (
        <Waiting>{t("registration.noMessagesYet")}</Waiting>
      )}
      <Messages preview={state.preview} {...rest} />
    </div>
  );
}

const Hint = ({ children }: { children: ReactNode }) => <p className="text-[14px] text-ink-2">{children}</p>;

const Waiting = ({ children }: { children: ReactNode }) => (
  <p role="status" className="flex items-start gap-2.5 text-[14px] text-ink-2">
    <Spinner className="mt-1 size-3.5" />
    <span>{children}</span>
  </p>
);

function Messages({ preview, ...rest }: { preview: Preview } & Omit<PreviewPaneProps, "state">) {
  if (preview.topics.length === 0) return null;
  return (
    <>
      <p className="text-sm text-ink-2 tabular-nums">
        {t("registration.messagesOnTopics", { messages: preview.received, topics: preview.topics.length })}
        {preview.dropped > 0 && ` · ${t("registration.messagesNotShown", { count: preview.dropped })}`}
      </p>
      <ul
        aria-label={t("registration.messages")}
        className="flex flex-col gap-2.5 max-lg:max-h-[55dvh] max-lg:overflow-y-auto"
      >
        {preview.topics.map((entry) => (
          <Message key={entry.topic} entry={entry} {...rest} />
        ))}
      </ul>
    </>
  );
}

function Message({
  entry,
  compiled,
  picked,
  choosing,
  onPick,
}: { entry: TopicPreview } & Omit<PreviewPaneProps, "state">) {
  const { message } = entry;
  const tree = useMemo(() => payloadTree(entry, compiled), [entry, compiled]);
  const understood = useMemo(() => (compiled ? understand(compiled, message) : []), [compiled, message]);
  const unpicked = choosing && tree !== undefined && understood.length > 0 && understood.every(({ ok }) => !ok);
  return (
    <li className="rounded-control border border-line bg-page p-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <code className="min-w-0 text-[13px] font-medium break-all">{entry.topic}</code>
        <span className="flex items-baseline gap-2 text-xs text-ink-3 tabular-nums">
          {message.retained && <Badge title={t("registration.retainedWhat")}>{t("registration.retained")}</Badge>}
          {entry.count > 1 && <span>{entry.count} ×</span>}
          <time dateTime={new Date(message.at).toISOString()}>{clock.format(message.at)}</time>
        </span>
      </div>
      <div className="mt-2 max-h-56 overflow-auto rounded-[7px] bg-well p-2 font-mono text-[12.5px]">
        {tree ? (
          <JsonTree node={tree} picked={picked} onPick={onPick} />
        ) : (
          <pre className="break-all whitespace-pre-wrap">
            {entry.text === "" ? t("registration.emptyPayload") : entry.text}
          </pre>
        )}
      </div>
      <p className="mt-1 text-xs text-ink-3">
        {t(sizeText(entry.binary, tree !== undefined), { count: message.bytes })}
      </p>
      <ul aria-label={t("registration.valuesRead", { topic: entry.topic })} className="mt-2 flex flex-col gap-1.5">
        {unpicked && <li className="text-sm text-ink-2">{t("registration.pickFields")}</li>}
        {(unpicked ? [] : understood).map((item, i) => (
          // The outcomes of one message: their order is that of the registration's values.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Outcome key={i} item={item} />
        ))}
        {compiled && understood.length === 0 && (
          <li className="text-sm text-ink-2">
            {compiled.registration.when === undefined
              ? t("registration.noneOfValues")
              : t("registration.excludedMessage", { field: t(REGISTRATION_FIELDS.when.title) })}
          </li>
        )}
      </ul>
    </li>
  );
}

function Outcome({ item }: { item: Understood }) {
  const { locale } = useReader();
  if (!item.ok)
    return (
      <li className="rounded-[7px] border border-warn bg-warn-wash px-2.5 py-1.5 text-sm text-warn-ink">
        {rich("registration.valueNotUnderstood", {
          b: (name) => <strong>{name}</strong>,
          name: item.name || t("registration.noValue"),
          reason: sentence(inWords(item.reason)),
        })}
      </li>
    );
  const shown = formatValue(item.value, {
    unit: item.unit,
    precision: item.precision,
    words: item.words,
    locale,
    unknown: t("kit.unknownValue"),
  });
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 text-sm">
      <span aria-hidden="true" className="text-ok">
        ✓
      </span>
      {item.name && <span className="min-w-0 break-words text-ink-2">{item.name}</span>}
      <span className="font-figures text-[17px] break-all tabular-nums" data-value>
        {shown.text}
        {shown.unit && <span className="ml-1 text-sm text-ink-2">{shown.unit}</span>}
      </span>
      <span className="text-xs text-ink-3">
        {item.type} · <time dateTime={safeIso(item.at)}>{clock.format(item.at)}</time>
      </span>
    </li>
  );
}

/** The key of the text with the payload's size, and whether it is text. */
const sizeText = (binary: boolean, asTree: boolean) =>
  !binary ? "kit.byteCount" : asTree ? "registration.bytesNotText" : "registration.bytesShown";

/** Undefined for a device's time beyond the range of a Date. */
const safeIso = (at: number): string | undefined => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : undefined);
