"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { Badge } from "@/components/ui/Badge";
import { Button, IconButton } from "@/components/ui/Button";
import { Disclosure } from "@/components/ui/Disclosure";
import { Icon } from "@/components/ui/icons";
import { toast } from "@/components/ui/toasts";
import { mayLeave } from "@/components/ui/useLeaveGuard";
import { rowText, visibleText } from "@/lib/explorer/payload";
import type { ExplorerMessage } from "@/lib/explorer/wire";
import { bytesOf } from "@/lib/previewDecode";
import { t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";
import { ClearRetained } from "./ClearRetained";
import type { ExplorerLink } from "./explorerLink";
import type { ExplorerStore } from "./explorerStore";
import { PayloadPane } from "./PayloadPane";
import { PublishForm } from "./PublishForm";

const MakeTile = dynamic(() => import("./MakeTile"), { ssr: false });

const clock = timeFormat({ timeStyle: "medium" });

/** One topic: its newest message, the ones before, and the actions on it. */
export function TopicPane({ topic, store, link }: { topic: string; store: ExplorerStore; link: ExplorerLink }) {
  const picked = useStore(store, (state) => state.picked);
  const [held, setHeld] = useState<number>();
  const [wholes, setWholes] = useState<ReadonlyMap<number, string>>(new Map());
  const [fields, setFields] = useState<ReadonlySet<string>>(new Set());
  const [making, setMaking] = useState(false);
  const [kept, setKept] = useState(false);
  const back = useRef<HTMLDivElement>(null);
  const messages = picked?.topic === topic ? picked.messages : [];
  const heldAt = messages.findIndex(({ id }) => id === held);
  const at = heldAt < 0 ? messages.length - 1 : heldAt;
  const message = withWhole(messages[at], wholes);
  const before = withWhole(messages[at - 1], wholes);

  // Whether the broker has a retained message for the topic; an empty message removes it. Kept in state, because the message that showed it
  // may have left the list.
  const told = messages.findLast(({ retained, bytes }) => retained || bytes === 0);
  useEffect(() => {
    if (told) setKept(told.bytes > 0);
  }, [told]);

  // On a phone the pane replaces the tree, so it scrolls to its top.
  useEffect(() => {
    if (back.current?.checkVisibility()) window.scrollTo({ top: 0 });
  }, []);

  const askWhole = async (id: number) => {
    const payload = await link.payload(id);
    if (payload === undefined) toast(t("explorer.messageNoLongerStored"), "critical");
    else setWholes((old) => new Map(old).set(id, payload));
  };
  const toggleField = (path: string) =>
    setFields((old) => new Set(old.has(path) ? [...old].filter((one) => one !== path) : [...old, path]));
  const close = () => {
    if (mayLeave()) link.pick(undefined);
  };
  const copy = () =>
    navigator.clipboard.writeText(topic).then(
      () => toast(t("explorer.topicCopied")),
      () => toast(t("explorer.cannotCopy"), "critical"),
    );

  return (
    <section
      aria-label={t("explorer.pickedTopic")}
      className="rounded-tile border border-(--tile-edge) bg-panel p-(--pad) shadow-panel"
    >
      <div ref={back} className="mb-2 lg:hidden">
        <Button size="s" onClick={close}>
          {t("explorer.backTree")}
        </Button>
      </div>
      <header className="mb-3 flex items-start gap-2">
        <h2 className="min-w-0 flex-1 font-sans text-[15px] font-semibold break-all">{visibleText(topic)}</h2>
        <IconButton label={t("explorer.copyTopic")} onClick={() => void copy()}>
          <Icon name="copy" />
        </IconButton>
        <IconButton label={t("ui.close")} className="max-lg:hidden" onClick={close}>
          <Icon name="close" />
        </IconButton>
      </header>
      <div className="mb-4 flex flex-wrap gap-2">
        <Button variant="primary" disabled={!message || message.bytes === 0} onClick={() => setMaking(true)}>
          {fields.size > 0 ? t("explorer.makeTileOf", { count: fields.size }) : t("explorer.makeTile")}
        </Button>
        {kept && <ClearRetained topic={topic} link={link} />}
      </div>
      {message ? (
        <>
          <Line message={message} held={heldAt >= 0} onLatest={() => setHeld(undefined)} />
          <PayloadPane
            message={message}
            before={before}
            fields={fields}
            onField={toggleField}
            onWhole={() => void askWhole(message.id)}
          />
        </>
      ) : (
        <p className="text-[14px] text-ink-2">{t("explorer.noMessageSince")}</p>
      )}
      <History
        messages={messages}
        missed={picked?.missed ?? 0}
        shown={message?.id}
        onHold={(id) => setHeld(id === messages.at(-1)?.id ? undefined : id)}
      />
      <Disclosure
        summary={t("explorer.publishButton")}
        note={t("explorer.sentByHand")}
        className="mt-3 border-t border-line pt-2"
      >
        <PublishForm topic={topic} link={link} />
      </Disclosure>
      {making && (
        <MakeTile topic={topic} messages={messages} fields={fields} link={link} onClose={() => setMaking(false)} />
      )}
    </section>
  );
}

const withWhole = (message: ExplorerMessage | undefined, wholes: ReadonlyMap<number, string>) => {
  const whole = message && wholes.get(message.id);
  return message && whole !== undefined ? { ...message, payload: whole } : message;
};

function Line({ message, held, onLatest }: { message: ExplorerMessage; held: boolean; onLatest: () => void }) {
  return (
    <p className="mb-2 flex min-h-8 flex-wrap items-center gap-2 text-sm text-ink-2 tabular-nums">
      <time dateTime={new Date(message.at).toISOString()}>{clock.format(message.at)}</time>
      <span>{t("kit.byteCount", { count: message.bytes })}</span>
      {message.retained && <Badge title={t("explorer.retainedBroker")}>{t("explorer.retained")}</Badge>}
      {held && (
        <Button size="s" onClick={onLatest}>
          {t("explorer.showNewest")}
        </Button>
      )}
    </p>
  );
}

/** The last messages, newest first. A selected one stays shown while others arrive. */
function History({
  messages,
  missed,
  shown,
  onHold,
}: {
  messages: readonly ExplorerMessage[];
  missed: number;
  shown: number | undefined;
  onHold: (id: number) => void;
}) {
  if (messages.length < 2) return null;
  return (
    <Disclosure
      summary={t("explorer.lastMessages")}
      note={`${messages.length}${missed > 0 ? t("explorer.moreTooFast", { missed }) : ""}`}
      className="mt-3 border-t border-line pt-2"
    >
      <ul aria-label={t("explorer.lastMessages")} className="flex max-h-64 flex-col overflow-y-auto">
        {messages.toReversed().map((message) => (
          <li key={message.id}>
            <button
              type="button"
              aria-pressed={message.id === shown}
              onClick={() => onHold(message.id)}
              className="flex min-h-8 w-full items-baseline gap-3 rounded-[6px] px-2 text-left text-[13px] pointer-coarse:min-h-(--touch) hover:bg-well aria-pressed:bg-well"
            >
              <time className="flex-none text-ink-3 tabular-nums" dateTime={new Date(message.at).toISOString()}>
                {clock.format(message.at)}
              </time>
              <span className="min-w-0 flex-1 truncate font-figures">
                {message.bytes === 0
                  ? t("explorer.empty")
                  : rowText(bytesOf(message.payload.slice(0, 512)), message.bytes)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
