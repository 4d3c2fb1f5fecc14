import type { Command } from "./command";

/**
 * True while the device may still answer and no other command may be sent to the point.
 * Apart from the command's schema: a live page needs this and should not pay for a schema library with it.
 */
export const isInFlight = (command: Command): boolean =>
  command.state === "sent" || (command.state === "acked" && !command.assumed);
