import { type Command, isInFlight, type RefusalCode } from "../../lib/command";
import { unreachable } from "../../lib/result";
import type { Said } from "../../lib/texts/said";

/** The life of one command (docs/design.md, “The way of a command”). Pure: time comes with the event (epoch ms). */
export type CommandEvent =
  /** It never went out: the client had no connection, or no room. */
  | { type: "not-sent"; code: RefusalCode; reason: Said }
  /** The broker has it; `assumed`: nothing will ever report the new state. */
  | { type: "acked"; at: number; assumed: boolean; unheard?: true }
  /** The broker refused it: MQTT 5 reason code ≥ 0x80. */
  | { type: "failed"; at: number; code: number; reason: Said }
  /** The connection ended, or the broker kept silent: it may have happened. */
  | { type: "lost"; at: number; reason: Said }
  /** The state topic reported the target, after the send. */
  | { type: "matched"; at: number }
  /** The device did not report in time. */
  | { type: "timeout"; at: number; reason: Said }
  /** The same person moved the slider on. */
  | { type: "superseded"; at: number; reason: Said }
  /** Telltale stopped, or was started again, while it was open. */
  | { type: "restart"; at: number; reason: Said };

/** How long after `unconfirmed` an answer still counts, as a late one. */
export const LATE_MS = 60_000;

const shared = ({ id, point, value, by, at, unheard }: Command) => ({
  ...{ id, point, value, by, at },
  ...(unheard && { unheard }),
});

/** What the event makes of the command; the same reference when the event means nothing to it. */
export function step(command: Command, event: CommandEvent): Command {
  const base = shared(command);
  switch (event.type) {
    case "not-sent":
      return command.state === "sent" ? { ...base, state: "refused", code: event.code, reason: event.reason } : command;
    case "acked":
      return command.state === "sent"
        ? {
            ...base,
            ...(event.unheard && { unheard: event.unheard }),
            state: "acked",
            ackedAt: event.at,
            assumed: event.assumed,
          }
        : command;
    case "failed":
      return command.state === "sent"
        ? { ...base, state: "failed", endedAt: event.at, code: event.code, reason: event.reason }
        : command;
    case "lost":
      return command.state === "sent"
        ? { ...base, state: "unknown", endedAt: event.at, reason: event.reason }
        : command;
    case "matched":
      if (isInFlight(command)) return { ...base, state: "confirmed", endedAt: event.at, late: false };
      return command.state === "unconfirmed" && event.at - command.endedAt <= LATE_MS
        ? { ...base, state: "confirmed", endedAt: event.at, late: true }
        : command;
    case "timeout":
      return command.state === "acked" && !command.assumed
        ? { ...base, state: "unconfirmed", endedAt: event.at, reason: event.reason }
        : command;
    case "superseded":
      return isInFlight(command) ? { ...base, state: "unconfirmed", endedAt: event.at, reason: event.reason } : command;
    case "restart":
      return isInFlight(command) ? { ...base, state: "unknown", endedAt: event.at, reason: event.reason } : command;
    default:
      return unreachable(event);
  }
}
