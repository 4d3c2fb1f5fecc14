import { mayOperate } from "../../../lib/access";
import { isUnsettled } from "../../../lib/inFlight";
import { err, ok } from "../../../lib/result";
import { type Said, say } from "../../../lib/texts/said";
import type { Clock, CommandService, ConfigStore, LiveState, Log, People, PublishRefusal } from "../../ports";

interface CommandDismissalParts {
  clock: Clock;
  log: Log;
  store: Pick<ConfigStore, "dismissCommand">;
  live: Pick<LiveState, "get" | "actuator" | "applyCommand">;
  people: Pick<People, "recheck">;
}

const refuse = (code: PublishRefusal["code"], message: Said) => err<PublishRefusal>({ code, message });

/** Takes an outcome that was not confirmed off the tile, for everyone, once a person who may operate the point has read it. */
export function createDismissal({ clock, log, store, live, people }: CommandDismissalParts): CommandService["dismiss"] {
  return async ({ id, point }, { session, address }) => {
    try {
      const access = await people.recheck(session);
      const topic = live.actuator(point)?.rightsTopic;
      if (!access || access.user === "anonymous" || !mayOperate(access, topic))
        return refuse("not-allowed", say("reply.dismissNotAllowed"));
      const command = live.get(point)?.command;
      if (command?.id !== id) return refuse("not-found", say("reply.dismissGone"));
      if (!isUnsettled(command)) return ok(command);
      const dismissed = { ...command, dismissed: { by: access.user.name, at: clock.now() } };
      const detail = { id, value: command.value, state: command.state, by: command.by, userId: access.user.id };
      await store.dismissCommand(dismissed, {
        at: clock.now(),
        actor: access.user.name,
        action: "command-dismissed",
        target: point,
        detail,
        address,
      });
      live.applyCommand(dismissed);
      return ok(dismissed);
    } catch (error) {
      log.error({ err: error, command: id }, "the outcome of a command could not be dismissed");
      return refuse("unavailable", say("reply.dismissUnavailable"));
    }
  };
}
