import { z } from "zod";
import type { Cancel, Clock, ClusterTables, Log, Unsubscribe } from "../ports";

/** What may change on another node. `lease`: one was given back. `birth`: one of Sparkplug's nodes is to be asked for it. Both have no version. */
const CHANGE_KINDS = ["config", "settings", "people", "commands", "lease", "birth"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** `version`: how often this kind was changed, with this change; absent for what has none. `by`: the process that made it. */
const Notice = z.object({
  kind: z.string(),
  id: z.string().optional(),
  version: z.number().optional(),
  by: z.string().optional(),
});

export interface ChangeEvents {
  /** `id` undefined: any of them, everything is to be read again. */
  changed(kind: ChangeKind, id: string | undefined): void;
  /** Nothing is heard of changes for now: what must be known within a second is to be asked for. */
  deaf(isDeaf: boolean): void;
}

const POLL_MS = 5000;

type ChangeTables = Pick<ClusterTables, "versions" | "listen">;

/**
 * Hears what other nodes changed. A notice may be lost with its connection, so versions are compared after each connecting, and every five
 * seconds: listen first, then read, or a change between the two is missed.
 */
export function createChanges(parts: { tables: ChangeTables; process: string; clock: Clock; log: Log }) {
  const { tables, process, clock, log } = parts;
  const listeners = new Set<ChangeEvents>();
  const known = new Map<string, number>();
  let isFirst = true;
  let unlisten: Unsubscribe = () => {};
  let unpoll: Cancel = () => {};
  let reading = false;
  let readAgain = false;

  const tell = (kind: string, id?: string): void => {
    const known = CHANGE_KINDS.find((one) => one === kind);
    // A kind of a newer version is nothing to this one.
    if (known) for (const listener of listeners) listener.changed(known, id);
  };

  async function compare(): Promise<void> {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    do {
      readAgain = false;
      for (const kind of await moved()) tell(kind);
    } while (readAgain);
    reading = false;
  }

  /** The kinds that changed since they were last heard of. */
  async function moved(): Promise<string[]> {
    try {
      const kinds: string[] = [];
      for (const [kind, version] of await tables.versions()) {
        if (version <= (known.get(kind) ?? 0)) continue;
        known.set(kind, version);
        kinds.push(kind);
      }
      return isFirst ? [] : kinds;
    } catch (error) {
      log.debug({ error: String(error) }, "the versions of what other nodes change cannot be read");
      return [];
    } finally {
      // Where the first reading failed, the next one tells everything: the stores were read in between.
      isFirst = false;
    }
  }

  function heard(payload: string): void {
    let notice: z.output<typeof Notice>;
    try {
      notice = Notice.parse(JSON.parse(payload));
    } catch (error) {
      log.warn({ error: String(error) }, "a notice of another node cannot be read");
      return;
    }
    const { kind, id, version, by } = notice;
    const heardOf = known.get(kind) ?? 0;
    // Changes of one kind commit in the order of their versions: what lies between was missed, and may be of any id.
    const missed = version !== undefined && version > heardOf + 1;
    if (version !== undefined && version > heardOf) known.set(kind, version);
    // Its own are known here already.
    if (missed || by !== process) tell(kind, missed ? undefined : id);
  }

  return {
    on(listener: ChangeEvents): Unsubscribe {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Resolves when the versions were read for the first time: what is read from the stores after that is not older than them. */
    async start(): Promise<void> {
      await new Promise<void>((resolve) => {
        unlisten = tables.listen({
          up() {
            for (const listener of listeners) listener.deaf(false);
            void compare().then(resolve);
          },
          down() {
            for (const listener of listeners) listener.deaf(true);
          },
          notice: heard,
        });
      });
      unpoll = clock.every(POLL_MS, () => void compare());
    },
    stop(): void {
      unlisten();
      unpoll();
    },
  };
}
