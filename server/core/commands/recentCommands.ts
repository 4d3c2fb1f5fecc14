import type { Command, CommandFate } from "../../../lib/command";
import type { Clock } from "../../ports";

/** Which ids were used lately: the same id is the same command, however often it arrives, and is never sent a second time. */
export interface RecentCommands {
  /** What became of this very request so far; `other`: the id stands for somebody else's, or for another value or point. */
  find(request: CommandFate, user: string): Promise<Command> | "other" | undefined;
  /** `current` tells the command's present state once `answer` has been given. */
  add(request: CommandFate, user: string, answer: Promise<Command>): void;
  follow(id: string, current: () => Command): void;
  has(id: string): boolean;
}

/** Older ids are still refused by the store, whose rows have them as their key. */
const KEEP_MS = 600_000;
const KEEP = 5_000;

interface Entry {
  request: CommandFate;
  user: string;
  at: number;
  answer: Promise<Command>;
  current?: () => Command;
}

export function createRecentCommands(clock: Clock): RecentCommands {
  const entries = new Map<string, Entry>();
  const sweep = (): void => {
    for (const [id, { at }] of entries) {
      if (entries.size <= KEEP && clock.monotonic() - at <= KEEP_MS) return;
      entries.delete(id);
    }
  };
  return {
    find(request, user) {
      const entry = entries.get(request.id);
      if (!entry) return undefined;
      const same =
        entry.user === user && entry.request.point === request.point && entry.request.value === request.value;
      if (!same) return "other";
      return entry.answer.then((answered) => entry.current?.() ?? answered);
    },
    add(request, user, answer) {
      sweep();
      entries.set(request.id, { request, user, at: clock.monotonic(), answer });
    },
    follow(id, current) {
      const entry = entries.get(id);
      if (entry) entry.current = current;
    },
    has: (id) => entries.has(id),
  };
}
