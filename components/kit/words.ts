import type { Command } from "@/lib/command";
import { isUnsettled } from "@/lib/inFlight";
import type { Threshold } from "@/lib/thresholds";
import { lengthText } from "./lengthText";
import type { Note } from "./tileState";

/** How texts are written for a reader. `clock` is undefined until the page runs in the reader's browser: only it knows the zone. */
export interface Writer {
  /** A time of day, with the day in front where it is not today (epoch ms). */
  clock?: ((at: number) => string) | undefined;
  /** A value of this point, with its unit. */
  value: (value: Command["value"]) => string;
}

export interface TextLine {
  text: string;
  tone: "plain" | "strong" | "warning" | "critical";
}

/** How often something comes: nearer than a whole second below one, and rounded, not cut off, above. */
export const everyText = (ms: number): string =>
  ms < 950 ? `${Math.max(0.1, ms / 1000).toFixed(1)} s` : lengthText(ms < 60_000 ? Math.round(ms / 1000) * 1000 : ms);

/** An age that is no news is written in these steps, so that a text at rest is not written each second. */
const AGE_STEP_MS = 5000;

/**
 * How old something is: `now` below 5 s, then steps of 5 s up to a minute, then minutes, hours and days. A device's clock may run ahead;
 * that too is `now`. Where the second matters (no reading for …) it is `lengthText`.
 */
export function ageText(now: number, at: number): string {
  const ms = now - at;
  if (ms < AGE_STEP_MS) return "now";
  return `${lengthText(ms < 60_000 ? ms - (ms % AGE_STEP_MS) : ms)} ago`;
}

/** How long a confirmed command is still news on its tile. What was not confirmed stays until a person dismisses it. */
const NEWS_MS = 10 * 60_000;

/** What matters now about the point's trustworthiness or value. */
export function noteText(note: Note, now: number, writer: Writer): TextLine {
  switch (note.kind) {
    case "offline":
      return strong(
        ["offline", since(note.since, writer), note.reason && `· ${note.reason}`].filter(Boolean).join(" "),
      );
    case "broker-offline":
      return strong(["Broker", note.broker, "offline", since(note.since, writer)].filter(Boolean).join(" "));
    case "disconnected":
      return strong("last known value, no connection to Telltale");
    case "silent":
      return strong(
        `no reading for ${lengthText(now - note.since)}${note.unreadable ? ` · ${cannot(note.unreadable)}` : ""}`,
      );
    case "stale":
      return strong(note.reason ?? "stale");
    case "retained":
      return plain("retained, of unknown age");
    case "never":
      return strong(note.reason ?? "no reading yet");
    case "breach":
      return breachText(note.breach.threshold, writer);
    case "unreadable":
      return { text: cannot(note.message), tone: "warning" };
    case "no-state":
      return plain("no state reported");
    case "device-unknown":
      return strong("reported as unknown");
  }
}

const plain = (text: string): TextLine => ({ text, tone: "plain" });
const strong = (text: string): TextLine => ({ text, tone: "strong" });
const cannot = (message: string): string => `newest payload not readable: ${message}`;
const since = (at: number, { clock }: Writer): string | undefined => clock && `since ${clock(at)}`;

function breachText(t: Threshold, { value }: Writer): TextLine {
  const side = t.above !== undefined ? `above ${value(t.above)}` : `below ${value(t.below ?? null)}`;
  return t.level === "critical" ? { text: `critical ${side}`, tone: "critical" } : { text: side, tone: "warning" };
}

/**
 * Where a command stands, in words; undefined when it is no longer news. `me` is the reader's own name: others are named.
 * What is unknown is never told as failed: it may have happened.
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
  const then = `${asked}${writer.clock ? " at" : ""}${at(command.at, writer)}`;
  switch (command.state) {
    case "sent":
      return plain(`${asked}, sending to ${device}…`);
    case "acked":
      if (command.assumed && command.unheard) return warning(`${sentText(command, writer)} · ${NOBODY_LISTENS}`);
      if (command.assumed) return plain(sentText(command, writer));
      if (command.unheard) return warning(`${asked}, but ${NOBODY_LISTENS}`);
      return plain(`${asked}, waiting for ${device}…`);
    case "confirmed":
      if (command.late && isNews(command.endedAt, now)) return plain(`answered late${at(command.endedAt, writer)}`);
      return isNews(command.endedAt, now)
        ? plain(`confirmed${at(command.endedAt, writer)} · ${command.by}`)
        : undefined;
    case "unconfirmed":
      return warning(`${then}, ${command.unheard ? NOBODY_LISTENS : "the device did not answer"}`);
    case "failed":
      return warning(`${then}, the broker refused it: ${command.reason}`);
    case "unknown":
      return warning(`${then}, it may or may not have happened: ${command.reason}`);
    case "refused":
      if (!isUnsettled(command)) return undefined;
      // Its reason says that nothing was sent.
      if (command.code === "too-late") return warning(`${then}, ${lowered(command.reason)}`);
      return warning(`${then}, refused: ${command.reason}`);
  }
}

/** The broker has no subscriber on the command topic: the device is not there, or listens elsewhere. */
const NOBODY_LISTENS = "no device is listening for this command";
const warning = (text: string): TextLine => ({ text, tone: "warning" });
const lowered = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

const isNews = (endedAt: number, now: number): boolean => now - endedAt < NEWS_MS;
const at = (time: number, { clock }: Writer): string => (clock ? ` ${clock(time)}` : "");

function askedText(command: Command, writer: Writer, me: string | undefined): string {
  const what = command.value === null ? "pressed" : `asked for ${writer.value(command.value)}`;
  return command.by === me ? what : `${command.by} ${what}`;
}

/** For an actuator that never reports: what was last sent, which is not its state. */
export const sentText = (command: Command, writer: Writer): string =>
  `sent${command.value === null ? "" : ` ${writer.value(command.value)}`}${at(command.at, writer)} · ${command.by}`;
