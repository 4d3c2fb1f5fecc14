"use client";

import { type ReactNode, useMemo, useState } from "react";
import { JsonTree } from "@/components/kit/JsonTree";
import { jsonTree } from "@/components/kit/jsonPaths";
import { Button } from "@/components/ui/Button";
import { Segmented } from "@/components/ui/Segmented";
import { decoders, decodeValue, type PlainDecoderId, plainDecoderIds } from "@/lib/decoders/registry";
import { type Difference, diffJson } from "@/lib/explorer/diff";
import { hexLines, payloadAsText, visibleText } from "@/lib/explorer/payload";
import { shapeOf } from "@/lib/explorer/shape";
import type { ExplorerMessage } from "@/lib/explorer/wire";
import { bytesOf } from "@/lib/previewDecode";
import { inWords } from "@/lib/texts/said";
import { type PlainKey, t } from "@/lib/texts/t";

const VIEWS = [
  { value: "text", label: "explorer.text" },
  { value: "json", label: "explorer.json" },
  { value: "hex", label: "explorer.bytes" },
  { value: "decoded", label: "explorer.formats" },
  { value: "changes", label: "explorer.changes" },
] as const;
type View = (typeof VIEWS)[number]["value"];

interface Shown {
  bytes: Uint8Array;
  /** Only the beginning of the payload was loaded. */
  cut: boolean;
  before: Uint8Array | undefined;
  fields: ReadonlySet<string>;
  onField: (path: string) => void;
}

/** A payload as text, as JSON, as bytes, as each format decodes it, and compared with the previous message. */
export function PayloadPane({
  message,
  before,
  fields,
  onField,
  onWhole,
}: {
  message: ExplorerMessage;
  before: ExplorerMessage | undefined;
  /** JSONPaths of the fields to make a tile of. */
  fields: ReadonlySet<string>;
  onField: (path: string) => void;
  onWhole: () => void;
}) {
  const [view, setView] = useState<View>();
  const bytes = useMemo(() => bytesOf(message.payload), [message.payload]);
  const earlier = useMemo(() => before && bytesOf(before.payload), [before]);
  const cut = bytes.length < message.bytes;
  const json = useMemo(() => looksJson(bytes), [bytes]);
  const chosen =
    view ?? (json && !cut ? "json" : payloadAsText(bytes, cut) === undefined ? binaryView(bytes, cut) : "text");
  const Show = SHOWS[chosen];
  return (
    <>
      <Segmented
        label={t("explorer.showPayload")}
        value={chosen}
        options={VIEWS.map(({ value, label }) => ({ value, label: t(label) }))}
        onChange={setView}
        className="mb-2"
      />
      {cut && (
        <p className="mb-2 flex flex-wrap items-center gap-2 text-sm text-ink-2">
          {t("explorer.firstBytes", { count: bytes.length, bytes: message.bytes })}
          <Button size="s" onClick={onWhole}>
            {t("explorer.loadFullPayload")}
          </Button>
        </p>
      )}
      <div className="max-h-96 overflow-auto rounded-[7px] bg-well p-2 text-[13px]">
        <Show bytes={bytes} cut={cut} before={earlier} fields={fields} onField={onField} />
      </div>
    </>
  );
}

/** The initial view of a binary payload: as a tree if a format decodes it, else as bytes. */
const binaryView = (bytes: Uint8Array, cut: boolean): View => (!cut && binaryTree(bytes) ? "json" : "hex");

const looksJson = (bytes: Uint8Array): boolean => bytes[0] === 0x7b || bytes[0] === 0x5b;

/** Longer texts are cut: they would block the page at each message. */
const MAX_TEXT = 20_000;

const Hint = ({ children }: { children: ReactNode }) => <p className="text-ink-2">{children}</p>;
const Pre = ({ children }: { children: ReactNode }) => (
  <pre className="font-mono text-[12.5px] break-all whitespace-pre-wrap">{children}</pre>
);

const DIFFERENCES: Record<Difference["kind"], PlainKey> = {
  added: "explorer.differenceAdded",
  removed: "explorer.differenceRemoved",
  changed: "explorer.differenceChanged",
};

const SHOWS: Record<View, (shown: Shown) => ReactNode> = {
  text({ bytes, cut }) {
    if (bytes.length === 0) return <Hint>{t("explorer.payloadEmpty")}</Hint>;
    const text = payloadAsText(bytes, cut);
    if (text === undefined) return <Hint>{t("explorer.notText")}</Hint>;
    const shown = visibleText(text.slice(0, MAX_TEXT), true);
    return <Pre>{text.length > MAX_TEXT ? `${shown}…` : shown}</Pre>;
  },

  json({ bytes, cut, fields, onField }) {
    const text = payloadAsText(bytes, cut);
    const tree = text === undefined || cut ? undefined : jsonTree(text);
    if (tree) return <JsonTree node={tree} picked={fields} onPick={onField} />;
    const binary = cut ? undefined : binaryTree(bytes);
    if (!binary) return <Hint>{cut ? t("explorer.payloadCut") : t("explorer.notJson")}</Hint>;
    return (
      <>
        <Hint>{t("explorer.notJsonBut", { called: binary.called })}</Hint>
        <JsonTree node={binary.tree} picked={fields} onPick={onField} />
      </>
    );
  },

  hex({ bytes }) {
    const lines = hexLines(bytes);
    const more = bytes.length - lines.length * 16;
    return (
      <>
        <table className="font-mono text-[12px] leading-5">
          <tbody>
            {lines.map(({ offset, hex, text }) => (
              <tr key={offset}>
                <td className="pr-3 align-top text-ink-3">{offset}</td>
                <td className="pr-3 align-top break-words">{hex}</td>
                <td className="align-top whitespace-pre text-ink-2 max-sm:hidden">{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {more > 0 && <Hint>{t("explorer.moreBytes", { more })}</Hint>}
      </>
    );
  },

  decoded({ bytes, cut }) {
    if (cut) return <Hint>{t("explorer.payloadCut")}</Hint>;
    return (
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        {plainDecoderIds.map((id) => (
          <Decoded key={id} id={id} bytes={bytes} />
        ))}
      </dl>
    );
  },

  changes({ bytes, cut, before }) {
    if (!before) return <Hint>{t("explorer.noDifferencesYet")}</Hint>;
    if (cut) return <Hint>{t("explorer.payloadCut")}</Hint>;
    const [a, b] = [decoders.auto.decode(before), decoders.auto.decode(bytes)];
    if (!a.ok || !b.ok) return <Hint>{t("explorer.notComparable")}</Hint>;
    const { list, more } = diffJson(a.value, b.value);
    if (list.length === 0) return <Hint>{t("explorer.noDifference")}</Hint>;
    return (
      <ul className="flex flex-col gap-1.5">
        {list.map(({ path, kind, before: was, after }) => (
          <li key={path} className="break-all">
            {path === "$" ? (
              <span className="text-ink-2">{t("explorer.wholePayload")}</span>
            ) : (
              <code className="text-ink-2">{visibleText(path)}</code>
            )}{" "}
            <span className="text-ink-3">{t(DIFFERENCES[kind])}</span>{" "}
            {was !== undefined && <del className="text-ink-2">{brief(was)}</del>}{" "}
            {after !== undefined && <ins className="font-medium no-underline">{brief(after)}</ins>}
          </li>
        ))}
        {more > 0 && <Hint>{t("explorer.andMore", { more })}</Hint>}
      </ul>
    );
  },
};

/** A binary payload as a tree, if it clearly has one format; decided as for proposals. */
function binaryTree(bytes: Uint8Array) {
  const format = shapeOf(bytes)?.format;
  const called = format && format !== "auto" ? t(decoders[format].label) : undefined;
  const document = format && called ? decoders[format].decode(bytes) : undefined;
  const tree = document?.ok ? jsonTree(JSON.stringify(document.value)) : undefined;
  return called && tree ? { called, tree } : undefined;
}

const brief = (value: unknown): string => visibleText(JSON.stringify(value)).slice(0, 200);

/** The payload as one format reads it: a value, a document, or why it cannot be read. */
function Decoded({ id, bytes }: { id: PlainDecoderId; bytes: Uint8Array }) {
  const said = useMemo(() => say(id, bytes), [id, bytes]);
  return (
    <>
      <dt className="text-ink-2">{id}</dt>
      <dd className={said.ok ? "font-figures break-all" : "break-words text-ink-3"}>{said.text}</dd>
    </>
  );
}

function say(id: PlainDecoderId, bytes: Uint8Array): { ok: boolean; text: string } {
  const read = decodeValue(id, bytes);
  if (read.ok) {
    const value = read.value === null ? t("kit.unknownValue") : visibleText(String(read.value)).slice(0, 1000);
    return { ok: true, text: read.unit ? `${value} ${read.unit}` : value };
  }
  const document = decoders[id].decode(bytes);
  if (document.ok && typeof document.value === "object") return { ok: true, text: brief(document.value) };
  return { ok: false, text: visibleText(inWords(read.reject.message)) };
}
