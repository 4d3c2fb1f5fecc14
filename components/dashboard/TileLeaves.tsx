"use client";

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { Words } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { beat, Telltale, type TelltaleState } from "@/components/kit/Telltale";
import type { Note } from "@/components/kit/tileState";
import { REFUSAL_MS, type TileControl } from "@/components/kit/useControl";
import { useWriter } from "@/components/kit/useWriter";
import { ageText, commandText, everyText, noteText, type TextLine, type Writer } from "@/components/kit/words";
import { endAll } from "@/components/live/endAll";
import { useLive } from "@/components/live/LiveProvider";
import type { PointView } from "@/components/live/store";
import type { Command } from "@/lib/command";
import type { PointId } from "@/lib/ids";
import { isInFlight, isUnsettled } from "@/lib/inFlight";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { t } from "@/lib/texts/t";
import { paced } from "../tiles/shared/onScreen";

/** The light, which is lit at each reading: straight from the store to the mark, nothing is rendered for it. */
export function TileLight({ id, light }: { id: PointId; light: TelltaleState }) {
  const { store } = useLive();
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const at = (): number | null | undefined => store.getState().points.get(id)?.at;
    let seen = at();
    // A light that beats where nobody can see it beats for nothing.
    const beats = paced(ref.current, () => ref.current && beat(ref.current), "never");
    const end = store.onPoint(id, () => {
      if (at() === seen) return;
      seen = at();
      beats.changed();
    });
    return () => {
      end();
      beats.stop();
    };
  }, [store, id]);
  return <Telltale ref={ref} state={light} />;
}

interface NoteProps {
  id: string;
  point: PointInfo;
  note: Note | undefined;
  control: TileControl;
  /** What the tile calls true and false. */
  words: Words | undefined;
  /** What is put before the words about a command: which of several parts was asked. */
  label?: string | undefined;
  /** How a value is written, where the point itself would say it otherwise. */
  say?: ((value: Value) => string) | undefined;
}

/**
 * What matters now, on the foot's left. Of an actuator it is announced to screen readers; readings are not, they would never be silent.
 */
export function TileNote({ id, ...props }: NoteProps) {
  const { point, note, control } = props;
  const silent = !note && !control.why && !control.refusal && control.asking === undefined && !control.command;
  return (
    <span id={id} className="tile-note" aria-live={point.command ? "polite" : undefined}>
      {!silent && <NoteLines {...props} />}
    </span>
  );
}

/** The server's clock may have been set back since. */
const isRecent = (at: number, now: number): boolean => Math.abs(now - at) < REFUSAL_MS;
const isAround = (command: Command, now: number): boolean =>
  isUnsettled(command) || (command.state !== "refused" && (isInFlight(command) || isRecent(command.at, now)));

/** The lines of a note. Rendered when a word changes, not each second. */
function NoteLines(props: Omit<NoteProps, "id">) {
  const { ticker } = useLive();
  const writer = useWriter(props.point, ticker.now, props.words, props.say);
  const { me } = useReader();
  const at = (now: number): string => JSON.stringify(noteLines(props, now, writer, me));
  const lines = useSyncExternalStore(
    ticker.subscribe,
    () => at(ticker.now()),
    () => at(ticker.paintedAt()),
  );
  const { dismiss } = props.control;
  return (
    <>
      {(JSON.parse(lines) as TextLine[]).map(({ text, tone }) => (
        <span key={text} className="tile-said" data-tone={tone}>
          {text}
        </span>
      ))}
      {dismiss && (
        <button type="button" className="tile-dismiss" onClick={dismiss}>
          {t("ui.dismiss")}
        </button>
      )}
    </>
  );
}

const isOffline = (note: Note | undefined): boolean => note?.kind === "offline" || note?.kind === "broker-offline";

/** A command on its way first, then what is to say of the value, then why the control is disabled where that was not said yet. */
function noteLines(
  { point, note, control, label }: Omit<NoteProps, "id">,
  now: number,
  writer: Writer,
  me: string | undefined,
): TextLine[] {
  const lines: (TextLine | undefined)[] = [];
  const ofPart = (said: TextLine | undefined) =>
    said && { ...said, text: label ? `${label}: ${said.text}` : said.text };
  const commanded = (command: Command) => commandText(command, now, writer, point.device ?? point.name, me);
  if (control.asking !== undefined) {
    const text =
      control.asking === null
        ? t("dashboard.pressing")
        : t("dashboard.asking", { value: writer.value(control.asking) });
    lines.push(ofPart({ text, tone: "plain" }));
  } else if (control.refusal) {
    lines.push(ofPart({ text: control.refusal, tone: "warning" }));
    // The second press of a double one was refused, the first has done something: that is what matters.
    if (control.command && isAround(control.command, now)) lines.push(ofPart(commanded(control.command)));
  } else if (control.command) lines.push(ofPart(commanded(control.command)));
  if (note) lines.push(noteText(note, now, writer));
  if (control.why && !isOffline(note) && note?.kind !== "disconnected")
    lines.push({ text: control.why, tone: "plain" });
  return lines.filter((line) => line !== undefined);
}

/**
 * How old the value is. Written into its text node, and only in sight: fifty ages that React renders each second were all that a page at
 * rest cost. Nothing where the age is not known: the note says "retained".
 */
export function TileAge({ id }: { id: PointId }) {
  const { store, ticker } = useLive();
  const ref = useRef<HTMLSpanElement>(null);
  // What the server painted, so that its text is also the browser's first one.
  const first = ageOf(store.getInitialState().points.get(id), ticker.paintedAt());
  useLayoutEffect(() => {
    const mark = ref.current;
    if (!mark) return;
    const write = (): void => {
      const text = ageOf(store.getState().points.get(id), ticker.now());
      if (text !== mark.textContent) mark.textContent = text;
    };
    write();
    const age = paced(mark, write, "never");
    return endAll(store.onPoint(id, age.changed), ticker.subscribe(age.changed), age.stop);
  }, [store, ticker, id]);
  return (
    <span ref={ref} className="tile-age">
      {first}
    </span>
  );
}

function ageOf(point: PointView | undefined, now: number): string {
  if (!point || point.at === null || point.status.retained) return "";
  const { freshness, every } = point.status;
  return freshness === "stale" && every
    ? t("dashboard.usuallyEvery", { every: everyText(every) })
    : ageText(now, point.at);
}
