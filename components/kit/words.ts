import type { Command } from "@/lib/command";
import { isUnsettled } from "@/lib/inFlight";
import { inWords, type Said } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import type { Threshold } from "@/lib/thresholds";
import { lengthText } from "./lengthText";
import type { Note } from "./tileState";

/** The formatters for one reader. `clock` is undefined until hydration: only the browser knows the reader's zone. */
export interface Writer {
  /** A time of day, with the date if it is not today (epoch ms). */
  clock?: ((at: number) => string) | undefined;
  /** A value of this point, with its unit. */
  value: (value: Command["value"]) => string;
}

export interface TextLine {
  text: string;
  tone: "plain" | "strong" | "warning" | "critical";
}

/** An interval: with a decimal below one second, rounded to whole seconds below a minute. */
export const everyText = (ms: number): string =>
  ms < 950
    ? t("kit.seconds", { n: Math.max(0.1, ms / 1000).toFixed(1) })
    : lengthText(ms < 60_000 ? Math.round(ms / 1000) * 1000 : ms);

/** Ages below a minute change in these steps, so that their texts are not updated each second. */
const AGE_STEP_MS = 5000;

/**
 * How old something is: `now` below 5 s, then steps of 5 s up to a minute, then minutes, hours and days. A time in the future (a device's
 * clock runs ahead) is also `now`. Where each second matters (no reading for …), use `lengthText`.
 */
export function ageText(now: number, at: number): string {
  const ms = now - at;
  if (ms < AGE_STEP_MS) return t("kit.now");
  return t("kit.ago", { length: lengthText(ms < 60_000 ? ms - (ms % AGE_STEP_MS) : ms) });
}

/** How long a tile shows a confirmed command. An unconfirmed one stays until a person dismisses it. */
const NEWS_MS = 10 * 60_000;

/** The text of a tile's note. */
export function noteText(note: Note, now: number, writer: Writer): TextLine {
  switch (note.kind) {
    case "offline":
      return strong(
        [t("kit.offline"), since(note.since, writer), note.reason && `· ${inWords(note.reason)}`]
          .filter(Boolean)
          .join(" "),
      );
    case "broker-offline":
      return strong(
        [t("kit.brokerOffline", { broker: note.broker }), since(note.since, writer)].filter(Boolean).join(" "),
      );
    case "disconnected":
      return strong(t("kit.disconnected"));
    case "silent":
      return strong(
        t("kit.silent", { length: lengthText(now - note.since) }) +
          (note.unreadable ? ` · ${cannot(note.unreadable)}` : ""),
      );
    case "stale":
      return strong(inWords(note.reason ?? t("kit.stale")));
    case "retained":
      return plain(t("kit.retained"));
    case "never":
      return strong(inWords(note.reason ?? t("kit.noReading")));
    case "breach":
      return breachText(note.breach.threshold, writer);
    case "unreadable":
      return { text: cannot(note.message), tone: "warning" };
    case "no-state":
      return plain(t("kit.noState"));
    case "device-unknown":
      return strong(t("kit.reportedUnknown"));
  }
}

const plain = (text: string): TextLine => ({ text, tone: "plain" });
const strong = (text: string): TextLine => ({ text, tone: "strong" });
const cannot = (message: Said): string => t("kit.unreadable", { message: inWords(message) });
const since = (at: number, { clock }: Writer): string | undefined => clock && t("kit.since", { time: clock(at) });

function breachText({ above, below, level }: Threshold, { value }: Writer): TextLine {
  const limit = value(above ?? below ?? null);
  if (level === "critical")
    return {
      text: above !== undefined ? t("kit.criticalAbove", { limit }) : t("kit.criticalBelow", { limit }),
      tone: "critical",
    };
  return { text: above !== undefined ? t("kit.above", { limit }) : t("kit.below", { limit }), tone: "warning" };
}

/**
 * The state of a command in words; undefined when it is no longer shown. `me` is the reader's own name, which is omitted.
 * An unknown outcome is never called failed: the command may have been executed.
 */
export function commandText(
  command: Command,
  now: number,
  writer: Writer,
  device: string,
  me?: string,
): TextLine | undefined {
  if (command.dismissed) return undefined;
  const asked = askedText(command, writer, me);
  const then = writer.clock ? t("kit.askedAt", { asked, time: writer.clock(command.at) }) : asked;
  switch (command.state) {
    case "sent":
      return plain(t("kit.sending", { asked, device }));
    case "acked":
      if (command.assumed && command.unheard)
        return warning(`${sentText(command, writer)} · ${t("kit.nobodyListens")}`);
      if (command.assumed) return plain(sentText(command, writer));
      if (command.unheard) return warning(t("kit.askedBut", { asked, why: t("kit.nobodyListens") }));
      return plain(t("kit.waiting", { asked, device }));
    case "confirmed":
      if (!isNews(command.endedAt, now)) return undefined;
      if (command.late) return plain(t("kit.answeredLate", { at: at(command.endedAt, writer) }));
      return plain(t("kit.confirmed", { at: at(command.endedAt, writer), by: command.by }));
    case "unconfirmed":
      return warning(`${then}, ${command.unheard ? t("kit.nobodyListens") : t("kit.noAnswer")}`);
    case "failed":
      return warning(t("kit.brokerRefused", { then, reason: inWords(command.reason) }));
    case "unknown":
      return warning(t("kit.mayHaveHappened", { then, reason: inWords(command.reason) }));
    case "refused":
      if (!isUnsettled(command)) return undefined;
      // Its reason already says that nothing was sent.
      if (command.code === "too-late") return warning(`${then}, ${lowered(inWords(command.reason))}`);
      return warning(t("kit.refused", { then, reason: inWords(command.reason) }));
  }
}

const warning = (text: string): TextLine => ({ text, tone: "warning" });
const lowered = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/** The server's clock may have been set back since. */
const isNews = (endedAt: number, now: number): boolean => Math.abs(now - endedAt) < NEWS_MS;
const at = (time: number, { clock }: Writer): string => (clock ? ` ${clock(time)}` : "");

function askedText(command: Command, writer: Writer, me: string | undefined): string {
  const what = command.value === null ? t("kit.pressed") : t("kit.askedFor", { value: writer.value(command.value) });
  return command.by === me ? what : t("kit.personAsked", { by: command.by, what });
}

/** For an actuator that reports no state: the last value sent, which is not its state. */
function sentText({ value, by, at: sentAt }: Command, writer: Writer): string {
  const when = at(sentAt, writer);
  return value === null
    ? t("kit.sent", { at: when, by })
    : t("kit.sentValue", { value: writer.value(value), at: when, by });
}
