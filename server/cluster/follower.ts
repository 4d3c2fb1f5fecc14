import { createListeners } from "../../lib/listeners";
import type { Cancel, Clock, Log, OtherCommands, People, PeopleEvents, Unsubscribe } from "../ports";
import type { ChangeEvents } from "./changes";

export interface FollowerParts {
  /** Subscribes to the changes of other nodes (and this one's own, which are known here already). */
  on(listener: ChangeEvents): Unsubscribe;
  /** Read again what is configured, and what discovery is set to. */
  refreshConfig(): Promise<void>;
  refreshSettings(): Promise<void>;
  commands: Pick<OtherCommands, "changed">;
  people: Pick<People, "list">;
  clock: Clock;
  log: Log;
}

type PersonChange = Parameters<Parameters<PeopleEvents["onChange"]>[0]>[0];

const AGAIN_MS = 1000;
/** A sign-out must reach open pages within a second, also while this node hears of none. */
const DEAF_MS = 1000;

/**
 * Brings what other nodes changed into the parts of this one. What fails is tried again: the next change may be far away.
 */
export function createFollower(parts: FollowerParts) {
  const { on, commands, people, clock, log } = parts;
  const rights = createListeners<[change: PersonChange]>();
  const waiting = new Map<string, () => Promise<void>>();
  const failing = new Set<string>();
  /** Everyone with an account, as last seen. */
  let known: ReadonlySet<string> = new Set();
  let unsubscribe: Unsubscribe = () => {};
  let cancelRetry: Cancel | undefined;
  let cancelWatch: Cancel | undefined;

  async function attempt(name: string, work: () => Promise<void>): Promise<void> {
    waiting.delete(name);
    try {
      await work();
      failing.delete(name);
    } catch (error) {
      if (!failing.has(name))
        log.warn({ what: name, error: String(error) }, "what another node changed cannot be read; trying again");
      failing.add(name);
      // A newer change of the same thing may have come meanwhile.
      if (!waiting.has(name)) waiting.set(name, work);
      cancelRetry ??= clock.after(AGAIN_MS, retry);
    }
  }

  function retry(): void {
    cancelRetry = undefined;
    for (const [name, work] of [...waiting]) void attempt(name, work);
  }

  const readConfig = onceAtATime(() => attempt("config", parts.refreshConfig));
  const readSettings = onceAtATime(() => attempt("settings", parts.refreshSettings));

  /** Whoever listens looks at the database himself: what is told is only that something may have changed. */
  const tellPerson = (userId: string): void => rights.tell({ userId, code: "rights-changed" });

  async function lookAtPeople(): Promise<void> {
    known = new Set((await people.list()).map(({ id }) => id));
  }

  /** Also those whose account is gone by now. */
  async function tellEveryone(): Promise<void> {
    const before = known;
    await lookAtPeople();
    for (const id of new Set([...before, ...known])) tellPerson(id);
  }

  const listener: ChangeEvents = {
    changed(kind, id) {
      if (kind === "config") readConfig();
      if (kind === "settings") readSettings();
      if (kind === "commands") void attempt(`commands ${id ?? ""}`, () => commands.changed(id));
      if (kind === "people" && id !== undefined) tellPerson(id);
      if (kind === "people" && id === undefined) void attempt("people", tellEveryone);
    },
    deaf(isDeaf) {
      cancelWatch?.();
      cancelWatch = isDeaf ? clock.every(DEAF_MS, () => void attempt("people", tellEveryone)) : undefined;
    },
  };

  return {
    /** As `people.onChange`, for the changes of other nodes. */
    onRights: rights.add,
    start(): void {
      unsubscribe = on(listener);
      void attempt("accounts", lookAtPeople);
    },
    stop(): void {
      unsubscribe();
      cancelRetry?.();
      cancelWatch?.();
    },
  };
}

/** What is asked for while it runs is done once more behind it, however often it was asked for. */
function onceAtATime(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  return async function ask() {
    again = running;
    if (running) return;
    running = true;
    await work();
    running = false;
    if (again) void ask();
  };
}

/** The accounts as the parts of this node see them: with the changes that other nodes make. */
export const withOtherNodes = <P extends People>(people: P, onRights: PeopleEvents["onChange"]): P => ({
  ...people,
  onChange(listener: Parameters<PeopleEvents["onChange"]>[0]) {
    const ends = [people.onChange(listener), onRights(listener)];
    return () => {
      for (const end of ends) end();
    };
  },
});
