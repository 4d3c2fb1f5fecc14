import type { Cancel, Clock, Log, People } from "../ports";
import { goodbye, type Seat } from "./seat";

/** A session may end without anyone saying so: by its age. */
const RECHECK_MS = 60_000;

export interface VisitorParts {
  people: Pick<People, "onChange" | "recheck">;
  clock: Clock;
  log: Log;
  seats: ReadonlySet<Seat>;
  /** The person may do more or less than before. */
  onRights(seat: Seat): void;
}

/** Keeps open sockets true to what the database says of their people. Rule AC-63. */
export function createVisitors({ people, clock, log, seats, onRights }: VisitorParts): { start(): void; stop(): void } {
  async function look(seat: Seat): Promise<void> {
    try {
      const access = await people.recheck(seat.session);
      if (!seats.has(seat)) return;
      if (!access) return goodbye(seat.socket, "signed-out", "You were signed out.");
      const changed = JSON.stringify(access) !== JSON.stringify(seat.session.access);
      seat.session = { ...seat.session, access };
      if (changed) onRights(seat);
    } catch (error) {
      // The tiles go on: commands are checked again by the command service, and the next look comes within a minute.
      log.error({ err: error }, "the rights of an open page cannot be checked");
    }
  }

  const onChange: Parameters<People["onChange"]>[0] = ({ userId, sessionToken, code }) => {
    for (const seat of seats) {
      const { user } = seat.session.access;
      if (user === "anonymous" || user.id !== userId) continue;
      const meant = sessionToken === undefined || sessionToken === seat.session.token;
      if (!meant) continue;
      if (code === "signed-out") goodbye(seat.socket, "signed-out", "You were signed out.");
      else void look(seat);
    }
  };
  const lookAtAll = (): void => {
    for (const seat of seats) void look(seat);
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
