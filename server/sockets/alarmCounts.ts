import type { Alarms, Cancel, Clock, Unsubscribe } from "../ports";
import type { ConnectedPage } from "./connectedPage";

/** A flood of alarms is a few events. */
const TELL_MS = 300;

/** Tells pages how many alarms there are; a page that shows more asks for it. */
export function createAlarmCounts(parts: { alarms: Alarms; clock: Clock; pages: ReadonlySet<ConnectedPage> }) {
  const { alarms, clock, pages } = parts;
  let waiting: Cancel | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;

  const tell = ({ socket, session }: ConnectedPage): void => void socket.emit("alarms", alarms.counts(session.access));

  function tellAll(): void {
    waiting = undefined;
    toldAt = clock.monotonic();
    // A slow reader gets the next ones.
    for (const page of pages) if (page.stream.state !== "slow") tell(page);
  }
  return {
    /** Nothing is said where there is nothing to say. */
    welcome(page: ConnectedPage): void {
      if (alarms.rules().length > 0) tell(page);
    },
    start(): Unsubscribe {
      const end = alarms.onChange(() => {
        waiting ??= clock.after(Math.max(0, toldAt + TELL_MS - clock.monotonic()), tellAll);
      });
      return () => {
        end();
        waiting?.();
      };
    },
  };
}
