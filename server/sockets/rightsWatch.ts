import { say } from "../../lib/texts/said";
import type { Cancel, Clock, Log, People } from "../ports";
import { type ConnectedPage, goodbye } from "./connectedPage";

/** A session may end without anyone saying so: by its age. */
const RECHECK_MS = 60_000;

export interface RightsWatchParts {
  people: Pick<People, "onChange" | "recheck">;
  clock: Clock;
  log: Log;
  pages: ReadonlySet<ConnectedPage>;
  /** The person may do more or less than before. */
  onRights(page: ConnectedPage): void;
}

/** Keeps open sockets true to what the database says of their people. Rule AC-63. */
export function createRightsWatch({ people, clock, log, pages, onRights }: RightsWatchParts): {
  start(): void;
  stop(): void;
} {
  async function look(page: ConnectedPage): Promise<void> {
    try {
      const access = await people.recheck(page.session);
      if (!pages.has(page)) return;
      if (!access) return goodbye(page.socket, "signed-out", say("reply.signedOut"));
      const changed = JSON.stringify(access) !== JSON.stringify(page.session.access);
      page.session = { ...page.session, access };
      if (changed) onRights(page);
    } catch (error) {
      // The tiles go on: commands are checked again by the command service, and the next look comes within a minute.
      log.error({ err: error }, "the rights of an open page cannot be checked");
    }
  }

  const onChange: Parameters<People["onChange"]>[0] = ({ userId, sessionToken, code }) => {
    for (const page of pages) {
      const { user } = page.session.access;
      if (user === "anonymous" || user.id !== userId) continue;
      const meant = sessionToken === undefined || sessionToken === page.session.token;
      if (!meant) continue;
      if (code === "signed-out") goodbye(page.socket, "signed-out", say("reply.signedOut"));
      else void look(page);
    }
  };
  const lookAtAll = (): void => {
    for (const page of pages) void look(page);
  };
  let undo: Cancel[] = [];
  return {
    start() {
      undo = [people.onChange(onChange), clock.every(RECHECK_MS, lookAtAll)];
    },
    stop() {
      for (const end of undo) end();
    },
  };
}
