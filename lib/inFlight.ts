import type { Command, RefusalCode } from "./command";

/**
 * True while the device may still answer and no other command may be sent to the point.
 * Apart from the command's schema: a live page needs this and should not pay for a schema library with it.
 */
export const isInFlight = (command: Command): boolean =>
  command.state === "sent" || (command.state === "acked" && !command.assumed);

/** Faults of the thing and not of the person who asked: everyone who looks at the point should know. */
export const SHOWN_TO_ALL: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  "broker-down",
  "device-offline",
  "audit-unavailable",
  "bad-topic",
  "shutting-down",
  "too-late",
]);

/**
 * True while everyone should see that what was asked for was not confirmed: until a person dismisses it, or the point's next command
 * takes its place.
 */
export function isUnsettled(command: Command): boolean {
  if (command.dismissed) return false;
  switch (command.state) {
    case "unconfirmed":
    case "failed":
    case "unknown":
      return true;
    case "refused":
      return SHOWN_TO_ALL.has(command.code);
    case "acked":
      return command.assumed && command.unheard === true;
    default:
      return false;
  }
}
