import { KEEP_FOR, keepRules } from "../../../lib/history";
import type { Cancel, Catalog, Clock, ConfigStore, HistoryStore, Log } from "../../ports";

/** Often and little at a time: what is packed early keeps the file's rows few, and so its writes cheap. */
const TEND_EVERY_MS = 60_000;
/** Gaps in the recording are forgotten with the longest roll-up of their time. */
const GAPS_EVERY_MS = 3_600_000;

/** Has the history packed, and what is older than its registration keeps forgotten. */
export function createHistoryTender({
  clock,
  log,
  catalog,
  history,
  gaps,
  keepsHouse = () => true,
}: {
  clock: Clock;
  log: Log;
  catalog: Catalog;
  history: HistoryStore;
  gaps: Pick<ConfigStore, "forgetGaps">;
  /** Of several nodes one does it. */
  keepsHouse?: () => boolean;
}): { start(): void; stop(): void } {
  let tending = false;
  let stopped = false;
  let cancel: Cancel = () => undefined;
  let cancelGaps: Cancel = () => undefined;

  async function tend(): Promise<void> {
    if (tending || !keepsHouse()) return;
    tending = true;
    try {
      const keep = keepRules(catalog.registrations().map(({ item }) => item));
      await history.tend({ now: clock.now(), keep, otherwise: KEEP_FOR });
    } catch (error) {
      // A stop closes the history in the middle of it.
      if (!stopped) log.warn({ err: error }, "history could not be packed; tried again in a minute");
    } finally {
      tending = false;
    }
  }

  async function forgetGaps(): Promise<void> {
    if (!keepsHouse()) return;
    try {
      await gaps.forgetGaps(clock.now() - KEEP_FOR["6h"]);
    } catch (error) {
      if (!stopped)
        log.warn({ err: error }, "old gaps in the recording could not be forgotten; tried again in an hour");
    }
  }

  return {
    start() {
      cancelGaps = clock.every(GAPS_EVERY_MS, () => void forgetGaps());
      cancel = clock.every(TEND_EVERY_MS, () => void tend());
    },
    stop() {
      stopped = true;
      cancel();
      cancelGaps();
    },
  };
}
