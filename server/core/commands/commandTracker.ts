import { type Command, isInFlight } from "../../../lib/command";
import { createSetBackWatch } from "../../../lib/setBackWatch";
import { type Said, say } from "../../../lib/texts/said";
import { type CommandEvent, LATE_MS, step } from "../../pipeline/commands";
import type { Cancel, Clock, ConfigStore, LiveState, Log } from "../../ports";
import { type Cleared, offlineReason } from "./commandChecks";
import { createStateWriter } from "./stateWriter";

/** A command from its acceptance until nothing can become of it any more. */
export interface Tracked {
  command: Command;
  readonly cleared: Cleared;
  readonly seq: number;
  /** When it went out (epoch ms, moved when the clock is set back); undefined while the audit is being written. */
  sentAt: number | undefined;
  cancelTimer: Cancel;
  /** Whether its row is in the store; its states are written one after the other behind it. */
  row: Promise<boolean>;
}

export interface CommandTracker {
  track(command: Command, cleared: Cleared): Tracked;
  /** It is being published: what comes from now on may be its answer. */
  sent(tracked: Tracked): void;
  apply(tracked: Tracked, event: CommandEvent): void;
  underway(point: string): Tracked[];
  /** The newest command to the point that was accepted in this run. */
  last(point: string): Tracked | undefined;
  /** A newer one has taken its place before it went out. */
  overtaken(tracked: Tracked): boolean;
  /** Refused before it went out. */
  drop(tracked: Tracked, refused: Command): void;
  /** See StateWriter. */
  write(command: Command): Promise<void>;
  readonly counters: Record<string, number>;
  /** What has gone out and was not answered becomes unknown. Resolves when all is written. */
  /** Resolves when none is under way. */
  idle(): Promise<void>;
  stop(reason: Said): Promise<void>;
}

export const SUPERSEDED = say("commands.superseded");

interface CommandTrackerParts {
  clock: Clock;
  log: Log;
  store: ConfigStore;
  live: LiveState;
}

/** Follows every command to its end: shows each state, writes it down, and listens for the device's answer. */
export function createCommandTracker({ clock, log, store, live }: CommandTrackerParts): CommandTracker {
  const states = createStateWriter({ clock, log, store });
  const active = new Map<string, Set<Tracked>>();
  /** The last one of a point that ended unconfirmed, while a late answer still counts. */
  const late = new Map<string, Tracked>();
  const accepted = new Map<string, Tracked>();
  const counters: Record<string, number> = {
    sent: 0,
    confirmed: 0,
    late: 0,
    unconfirmed: 0,
    assumed: 0,
    failed: 0,
    unknown: 0,
    refused: 0,
  };
  const writing = new Set<Promise<boolean>>();
  const idle: (() => void)[] = [];
  const setBackBy = createSetBackWatch(clock);
  let seq = 0;

  const underway = (point: string): Tracked[] => [...(active.get(point) ?? [])];

  const leave = (tracked: Tracked): void => {
    const { point } = tracked.command;
    const set = active.get(point);
    set?.delete(tracked);
    if (set?.size === 0) active.delete(point);
    if (active.size === 0) for (const tell of idle.splice(0)) tell();
  };

  const stopLate = (tracked: Tracked | undefined): void => {
    if (!tracked || late.get(tracked.command.point) !== tracked) return;
    tracked.cancelTimer();
    late.delete(tracked.command.point);
  };

  const { write } = states;
  const queueWrite = (tracked: Tracked): void => {
    const { command } = tracked;
    const queued = tracked.row.then((there) => (there ? write(command).then(() => there) : there));
    tracked.row = queued;
    writing.add(queued);
    void queued.finally(() => writing.delete(queued));
  };

  const count = (command: Command): void => {
    if (command.state === "acked") {
      if (command.assumed) counters.assumed = (counters.assumed ?? 0) + 1;
      return;
    }
    const key = command.state === "confirmed" && command.late ? "late" : command.state;
    counters[key] = (counters[key] ?? 0) + 1;
  };

  const timedOut = (tracked: Tracked): void => {
    const { point } = tracked.command;
    const seconds = tracked.cleared.actuator.confirmMs / 1000;
    const reason = offlineReason(live.get(tracked.command.point)) ?? say("commands.notReported", { seconds });
    apply(tracked, { type: "timeout", at: clock.now(), reason });
    if (tracked.command.state !== "unconfirmed") return;
    stopLate(late.get(point));
    late.set(point, tracked);
    tracked.cancelTimer = clock.after(LATE_MS, () => stopLate(tracked));
  };

  function apply(tracked: Tracked, event: CommandEvent): void {
    const next = step(tracked.command, event);
    if (next === tracked.command) return;
    tracked.command = next;
    count(next);
    if (next.state === "acked" && !next.assumed)
      tracked.cancelTimer = clock.after(tracked.cleared.actuator.confirmMs, () => timedOut(tracked));
    if (!isInFlight(next)) {
      tracked.cancelTimer();
      leave(tracked);
      if (late.get(next.point) === tracked) late.delete(next.point);
    }
    live.applyCommand(next);
    queueWrite(tracked);
  }

  /** What went out before the clock was set back went out as long ago as before. */
  function followClock(): void {
    const by = setBackBy();
    if (by === 0) return;
    for (const tracked of [...[...active.values()].flatMap((set) => [...set]), ...late.values()])
      if (tracked.sentAt !== undefined) tracked.sentAt -= by;
  }

  const unlisten = live.onReading(({ point, value, receivedAt, retained }) => {
    if (retained) return;
    const last = late.get(point);
    for (const tracked of last ? [...underway(point), last] : underway(point)) {
      const { actuator, target } = tracked.cleared;
      if (tracked.sentAt !== undefined && receivedAt < tracked.sentAt) followClock();
      if (tracked.sentAt === undefined || receivedAt < tracked.sentAt) continue;
      if (actuator.confirms(target, value)) apply(tracked, { type: "matched", at: receivedAt });
    }
  });

  return {
    counters,
    underway,
    last: (point) => accepted.get(point),
    write,
    track(command, cleared) {
      const tracked: Tracked = {
        command,
        cleared,
        seq: seq++,
        sentAt: undefined,
        cancelTimer: () => {},
        row: Promise.resolve(false),
      };
      const set = active.get(command.point) ?? new Set();
      active.set(command.point, set.add(tracked));
      accepted.set(command.point, tracked);
      return tracked;
    },
    sent(tracked) {
      const { point } = tracked.command;
      followClock();
      const at = clock.now();
      stopLate(late.get(point));
      for (const other of underway(point))
        if (other.sentAt !== undefined) apply(other, { type: "superseded", at, reason: SUPERSEDED });
      tracked.sentAt = at;
      counters.sent = (counters.sent ?? 0) + 1;
    },
    apply,
    overtaken: (tracked) =>
      underway(tracked.command.point).some((other) => other.sentAt !== undefined && other.seq > tracked.seq),
    drop(tracked, refused) {
      leave(tracked);
      tracked.command = refused;
      queueWrite(tracked);
    },
    idle: () => (active.size === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
    async stop(reason) {
      unlisten();
      const open = [...active.values()].flatMap((set) => [...set]);
      for (const tracked of open)
        if (tracked.sentAt !== undefined) apply(tracked, { type: "restart", at: clock.now(), reason });
      for (const tracked of [...late.values()]) stopLate(tracked);
      states.stop();
      await Promise.all(writing);
    },
  };
}
