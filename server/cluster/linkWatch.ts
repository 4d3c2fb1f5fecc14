import type { Cancel, Clock } from "../ports";

/** A connection that is lost for longer is not only being replaced. */
const LOST_MS = 2000;
const AGAIN_MS = 1000;

export interface LinkWatchParts {
  clock: Pick<Clock, "after">;
  isLost(): boolean;
  /** It is lost for some time. False: nothing could be done about it just now; asked again in a second. */
  lost(): Promise<boolean>;
}

/** Looks after a connection that may not come back. */
export function createLinkWatch({ clock, isLost, lost }: LinkWatchParts) {
  let cancel: Cancel = () => {};
  const look = (inMs: number): void => {
    cancel();
    cancel = clock.after(inMs, () => {
      if (!isLost()) return;
      void lost().then((done) => {
        if (!done) look(AGAIN_MS);
      });
    });
  };
  return {
    /** It is lost, or not there yet. */
    watch: () => look(LOST_MS),
    stop: () => cancel(),
  };
}
