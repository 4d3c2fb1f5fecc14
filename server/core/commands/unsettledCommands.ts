import type { Command } from "../../../lib/command";
import type { ConfigStore, LiveState } from "../../ports";

interface UnsettledCommandsParts {
  store: Pick<ConfigStore, "unsettledCommands">;
  live: Pick<LiveState, "get" | "applyCommand" | "onPoints">;
}

/**
 * Shows again, after a restart, which points' last commands were not confirmed. A point under a wildcard may come into being only
 * with its topic's first message.
 */
export function createUnsettled({ store, live }: UnsettledCommandsParts, isOfThisRun: (id: string) => boolean) {
  const waiting = new Map<string, Command>();
  function show(): void {
    for (const [point, command] of waiting) {
      const known = live.get(command.point);
      if (!known) continue;
      waiting.delete(point);
      if (!known.command) live.applyCommand(command);
    }
  }
  let stop = () => {};
  return {
    async read(): Promise<void> {
      for (const command of await store.unsettledCommands())
        if (!isOfThisRun(command.id)) waiting.set(command.point, command);
      show();
      stop();
      if (waiting.size > 0) stop = live.onPoints(show);
    },
    stop: () => stop(),
  };
}
