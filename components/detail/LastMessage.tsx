"use client";

import { useCallback, useMemo, useState } from "react";
import { call } from "@/components/api";
import { Card } from "@/components/kit/Card";
import { Loaded } from "@/components/kit/Loaded";
import { useReader } from "@/components/kit/reader";
import { useLoad } from "@/components/kit/useLoad";
import { Segmented } from "@/components/ui/Segmented";
import type { MessageOut } from "@/lib/api";
import { indentJson } from "@/lib/explorer/indent";
import { hexLines, payloadAsText, visibleText } from "@/lib/explorer/payload";
import type { PointId } from "@/lib/ids";
import { bytesOf } from "@/lib/previewDecode";
import { t } from "@/lib/texts/t";
import { momentText } from "../charts/ticks";
import { localZone } from "../charts/zone";

const REFRESH_MS = 2000;
const VIEWS = [
  { value: "text", label: "point.text" },
  { value: "bytes", label: "point.bytes" },
] as const;
type View = (typeof VIEWS)[number]["value"];

/** The last raw message on the point's topic. */
export function LastMessage({ id }: { id: PointId }) {
  const fetch = useCallback(() => call("GET /points/{id}/message", { params: { id } }), [id]);
  const [load, reload] = useLoad(fetch, REFRESH_MS);
  return (
    <Card title={t("point.lastMessage")} note={t("point.lastMessageNote")}>
      <Loaded load={load} reload={reload} what={t("point.theLastMessage")}>
        {(message) =>
          message ? <Message message={message} /> : <p className="text-sm text-ink-2">{t("point.noMessage")}</p>
        }
      </Loaded>
    </Card>
  );
}

function Message({ message: { topic, at, retained, size, payload } }: { message: MessageOut }) {
  const { locale } = useReader();
  const [view, setView] = useState<View>();
  const bytes = useMemo(() => (payload === null ? undefined : bytesOf(payload)), [payload]);
  const text = useMemo(() => bytes && payloadAsText(bytes, bytes.length < size), [bytes, size]);
  const chosen = view ?? (text === undefined ? "bytes" : "text");
  const facts = [
    // Rendered in the browser only, so the time zone is known.
    momentText(at, 0, locale, localZone()),
    t("kit.byteCount", { count: size }),
    retained && t("point.retainedBroker"),
  ];
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm break-all">
        <code>{visibleText(topic)}</code>
        <br />
        <span className="text-ink-2">{facts.filter(Boolean).join(" · ")}</span>
      </p>
      {bytes ? (
        <>
          <Segmented
            label={t("point.showPayload")}
            value={chosen}
            options={VIEWS.map(({ value, label }) => ({ value, label: t(label) }))}
            onChange={setView}
            className="self-start"
          />
          <section
            aria-label={t("point.payload")}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
            tabIndex={0}
            className="max-h-80 overflow-auto rounded-[7px] bg-well p-2"
          >
            <pre className="font-mono text-[12.5px] break-all whitespace-pre-wrap">
              {chosen === "bytes" ? asBytes(bytes) : asText(text, bytes.length < size)}
            </pre>
          </section>
          {bytes.length < size && (
            <p className="text-xs text-ink-3">{t("point.firstBytes", { count: bytes.length })}</p>
          )}
        </>
      ) : (
        <p className="text-sm text-ink-2">{t("point.notStored")}</p>
      )}
    </div>
  );
}

function asText(text: string | undefined, cut: boolean): string {
  if (text === undefined) return t("point.notText");
  if (text === "") return t("point.payloadEmpty");
  return visibleText((!cut && indentJson(text)) || text, true);
}

const asBytes = (bytes: Uint8Array): string =>
  hexLines(bytes)
    .map(({ offset, hex, text }) => `${offset}  ${hex.padEnd(47)}  ${text}`)
    .join("\n") || t("point.payloadEmpty");
