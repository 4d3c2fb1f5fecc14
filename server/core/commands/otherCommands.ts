import { type Command, isInFlight } from "../../../lib/command";
import { say } from "../../../lib/texts/said";
import { step } from "../../pipeline/commands";
import type { Clock, ConfigStore, LiveState, OtherCommands } from "../../ports";

interface OtherCommandsParts {
  clock: Clock;
  store: Pick<ConfigStore, "command" | "openCommands" | "unsettledCommands" | "updateCommand">;
  live: Pick<LiveState, "get" | "applyCommand">;
}

const NODE_GONE = say("commands.nodeGone");

/** Shows on this node's pages what the commands of other nodes come to, and ends those of dead nodes. */
export function createOtherCommands(
  { clock, store, live }: OtherCommandsParts,
  isOfThisRun: (id: string) => boolean,
): OtherCommands {
  /** Shown as under way: their end is asked for where a notice of it may have been lost. */
  const open = new Set<string>();

  function show(command: Command): void {
    if (isInFlight(command)) open.add(command.id);
    else open.delete(command.id);
    if (live.get(command.point)) live.applyCommand(command);
  }

  async function read(id: string): Promise<void> {
    if (isOfThisRun(id)) return;
    const found = await store.command(id);
    if (found) show(found.command);
    else open.delete(id);
  }

  return {
    async changed(id) {
      if (id !== undefined) return read(id);
      const ended = [...open];
      const now = [...(await store.openCommands()), ...(await store.unsettledCommands())];
      for (const command of now) if (!isOfThisRun(command.id)) show(command);
      const known = new Set<string>(now.map((command) => command.id));
      for (const one of ended) if (!known.has(one)) await read(one);
    },
    async settle(ids) {
      for (const id of ids) {
        const found = await store.command(id);
        if (!found) continue;
        const ended = step(found.command, { type: "restart", at: clock.now(), reason: NODE_GONE });
        if (ended === found.command) continue;
        await store.updateCommand(ended);
        show(ended);
      }
    },
  };
}
