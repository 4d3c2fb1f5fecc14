import type { Command } from "../../../lib/command";
import { say } from "../../../lib/texts/said";
import type { Clock, CommandService, ConfigStore, Log } from "../../ports";
import type { Refusal } from "./commandChecks";
import { idOf, nameOf, type Who } from "./commandWho";
import type { RecentCommands } from "./recentCommands";
import { within } from "./within";

interface CommandFatesParts {
  clock: Clock;
  log: Log;
  store: Pick<ConfigStore, "command">;
  recent: RecentCommands;
  refuse(gesture: Pick<Command, "id" | "point" | "value">, who: Who, refusal: Refusal): Command;
}

const SLOW_MS = 1_000;
const INTERRUPTED: Refusal = { code: "too-late", reason: say("commands.interrupted") };
const FOREIGN: Refusal = { code: "duplicate", reason: say("commands.foreignId") };

/**
 * What became of gestures whose answer was lost. An id that is not known when it is asked for is used up by that: should the command
 * still arrive, it is refused. Memory is enough for that: what arrives after a restart, or when the id is forgotten, is too late by
 * its age.
 */
export function createCommandFates({
  clock,
  log,
  store,
  recent,
  refuse,
}: CommandFatesParts): Pick<CommandService, "fate"> {
  async function ofStore(gesture: Parameters<CommandService["fate"]>[0], who: Who): Promise<Command> {
    const found = await within(
      clock,
      SLOW_MS,
      store.command(gesture.id).catch((error: unknown) => {
        log.error({ err: error, command: gesture.id }, "a command could not be looked up");
        return "late" as const;
      }),
    );
    if (found === undefined) return refuse(gesture, who, INTERRUPTED);
    const { access } = who.session;
    if (found !== "late") return found.userId === idOf(access) ? found.command : refuse(gesture, who, FOREIGN);
    const at = clock.now();
    const reason = say("commands.notLookedUp");
    return { ...gesture, by: nameOf(access), at, state: "unknown", endedAt: at, reason };
  }

  return {
    fate(gesture, who) {
      const user = idOf(who.session.access);
      const known = recent.find(gesture, user);
      if (known === "other") return Promise.resolve(refuse(gesture, who, FOREIGN));
      if (known) return known;
      const answer = ofStore(gesture, who);
      recent.add(gesture, user, answer);
      return answer;
    },
  };
}
