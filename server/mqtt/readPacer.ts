/**
 * Gives the event loop a pause while messages keep coming: MQTT.js goes on to the next message, and to more from the wire, only when it is
 * told to. Timers, pages and other sockets then wait for 20 ms at most.
 */
export interface ReadPacer {
  /** Asked after each message; `next` goes on to the next one, now or after what else the event loop has at hand. */
  pace(next: () => void): void;
}

export interface ReadPacerParts {
  /** A turn was as long as it may be, or longer where the processor was taken away meanwhile. */
  onLongTurn?(at: number, tookMs: number): void;
  /** Milliseconds that only grow. */
  now?: () => number;
  /** Runs it after what the event loop has at hand now. */
  soon?: (run: () => void) => void;
}

/** So long at a stretch: a frame's tick may be late by this. */
const TURN_MS = 20;
/** The time is looked at after so many messages: asking for each one would cost a part of the message. */
const LOOK_EVERY = 32;

export function createReadPacer({
  onLongTurn,
  now = () => performance.now(),
  soon = setImmediate,
}: ReadPacerParts = {}): ReadPacer {
  let sinceLook = 0;
  /** When this turn of the event loop began, as far as it is known to be a long one. */
  let turnSince: number | undefined;
  const endTurn = (): void => {
    turnSince = undefined;
  };
  return {
    pace(next) {
      if (++sinceLook < LOOK_EVERY) return next();
      sinceLook = 0;
      const at = now();
      if (turnSince === undefined) {
        turnSince = at;
        soon(endTurn);
        return next();
      }
      if (at - turnSince < TURN_MS) return next();
      onLongTurn?.(at, at - turnSince);
      soon(next);
    },
  };
}
