import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrokerState } from "@/lib/broker";
import type { Command } from "@/lib/command";
import type { PointId } from "@/lib/ids";
import type { PointInfo } from "@/lib/point";
import type { CatchUp, CloseReason, Entry, Frame, Position, Snapshot } from "@/lib/protocol";
import type { PointStatus, Value } from "@/lib/reading";
import type { Said } from "@/lib/texts/said";
import { createPointListeners, type PointListeners } from "./pointListeners";
import { createPointMap, type PointMap } from "./pointMap";

/**
 * The page's state, without React and without a socket. Each frame is one `set`, and what did not change keeps its reference, so a
 * selector for one point costs one lookup. Rules FR-50 … FR-53 of lib/SPEC.md.
 */

/** A point as the page knows it. Immutable. */
export interface PointView {
  readonly info: PointInfo;
  readonly value: Value;
  /** Epoch ms by the server's clock; null: never seen. */
  readonly at: number | null;
  readonly status: PointStatus;
  readonly command: Command | undefined;
}

/** The page's connection to its server. In every state but `live`, the page shows the last known values. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  /** The connection seems open, but nothing has arrived since (epoch ms, the page's clock). */
  | { readonly state: "silent"; readonly since: number }
  | { readonly state: "offline"; readonly since: number; readonly reason: Said }
  /** The server refuses this page, and reconnecting would not help. */
  | { readonly state: "refused"; readonly code: CloseReason | "not-found"; readonly message: Said };

/** A person's last gesture on a point, until the server's command includes it. */
export type Gesture =
  | { readonly phase: "asking"; readonly id: string; readonly value: Value }
  | {
      readonly phase: "refused";
      readonly id: string;
      readonly value: Value;
      readonly code: string;
      readonly reason: Said;
      /** When it may be tried again, by the page's monotonic clock. */
      readonly retryAt?: number;
    }
  | { readonly phase: "unanswered"; readonly id: string; readonly value: Value; readonly reason: Said };

export interface LiveData {
  readonly room: string;
  readonly position: Position;
  /** The room's points: frames refer to them by their index. */
  readonly ids: readonly PointId[];
  readonly points: PointMap;
  readonly brokers: readonly BrokerState[];
  readonly connection: Connection;
  /** The server's clock minus the page's, in ms; undefined until it was measured. */
  readonly clockOffset: number | undefined;
  readonly gestures: ReadonlyMap<PointId, Gesture>;
}

/** `gap`: an earlier frame is missing and must be requested. */
export type FrameOutcome = "applied" | "ignored" | "gap";

export interface LiveStore extends StoreApi<LiveData>, Pick<PointListeners, "onPoint" | "onConnection" | "onPage"> {
  /** Applies a snapshot or a difference. Returns false for a difference of another room or server run. */
  catchUp(answer: CatchUp, localNow: number): boolean;
  applyFrame(frame: Frame): FrameOutcome;
  /** Takes the server's time and revision; `gap` if something was missed. */
  heartbeat(beat: { room: string; epoch: string; rev: number; now: number }, localNow: number): FrameOutcome;
  setBrokers(brokers: readonly BrokerState[]): void;
  setConnection(connection: Connection): void;
  setGesture(point: PointId, gesture: Gesture | undefined): void;
  /** Takes the answer to the page's own gesture, unless a frame has brought a newer command. */
  learnCommand(command: Command): void;
}

/** Smaller changes of the offset are ignored: they are network jitter, and ages would flicker. */
const CLOCK_STEP_MS = 500;

export function createLiveStore(initial: Snapshot): LiveStore {
  const store = createStore<LiveData>(() => ({
    ...fromSnapshot(initial, createPointMap(new Map())),
    connection: { state: "connecting" },
    clockOffset: undefined,
    gestures: new Map(),
  }));
  const { getState, setState } = store;
  const { onPoint, onConnection, onPage, notify } = createPointListeners();
  /** The points of the current change; undefined: any may have changed. */
  let touched: ReadonlyMap<PointId, PointView> | undefined;
  store.subscribe((state, before) => notify(state, before, touched?.keys()));

  function change(points: ReadonlyMap<PointId, PointView>, rest: Partial<LiveData>): void {
    touched = points;
    try {
      setState((state) => ({ ...rest, points: state.points.with(points) }));
    } finally {
      touched = undefined;
    }
  }

  const offsetAt = (serverNow: number, localNow: number): number => {
    const { clockOffset } = getState();
    const measured = serverNow - localNow;
    return clockOffset !== undefined && Math.abs(measured - clockOffset) < CLOCK_STEP_MS ? clockOffset : measured;
  };

  return {
    ...store,
    onPoint,
    onConnection,
    onPage,
    catchUp(answer, localNow) {
      const state = getState();
      const { room, position } = state;
      const clockOffset = offsetAt(answer.now, localNow);
      // An answer that frames have overtaken is older than the page's state.
      const here = answer.room === room && answer.epoch === position.epoch;
      if (here && answer.rev < position.rev) return true;
      if (answer.kind === "snapshot") {
        setState({ ...fromSnapshot(answer, state.points), clockOffset });
        return true;
      }
      if (!here) return false;
      change(changedBy(state, answer.values, answer.commands), {
        position: { epoch: answer.epoch, rev: answer.rev },
        brokers: keepSame(state.brokers, answer.brokers),
        clockOffset,
      });
      return true;
    },
    applyFrame(frame) {
      const state = getState();
      const { room, position } = state;
      if (frame.room !== room || frame.epoch !== position.epoch || frame.rev <= position.rev) return "ignored";
      if (frame.prev > position.rev) return "gap";
      change(changedBy(state, frame.values, frame.commands ?? []), {
        position: { epoch: frame.epoch, rev: frame.rev },
      });
      return "applied";
    },
    heartbeat({ room, epoch, rev, now }, localNow) {
      const state = getState();
      if (room !== state.room) return "ignored";
      const clockOffset = offsetAt(now, localNow);
      if (clockOffset !== state.clockOffset) setState({ clockOffset });
      return epoch !== state.position.epoch || rev > state.position.rev ? "gap" : "ignored";
    },
    setBrokers(brokers) {
      setState((state) => ({ brokers: keepSame(state.brokers, brokers) }));
    },
    setConnection(connection) {
      setState((state) => ({ connection: keepSame(state.connection, connection) }));
    },
    setGesture(point, gesture) {
      const gestures = new Map(getState().gestures);
      if (gesture) gestures.set(point, gesture);
      else gestures.delete(point);
      setState({ gestures });
    },
    learnCommand(command) {
      const { points } = getState();
      const known = points.get(command.point);
      if (!known || (known.command && (known.command.id === command.id || known.command.at > command.at))) return;
      change(new Map([[command.point, { ...known, command }]]), {});
    },
  };
}

type FromServer = Pick<LiveData, "room" | "position" | "ids" | "points" | "brokers">;

function fromSnapshot(snapshot: Snapshot, before: LiveData["points"]): FromServer {
  const commands = new Map(snapshot.commands.map((command) => [command.point, command]));
  const entries = new Map(snapshot.values.map((entry) => [entry[0], entry]));
  const points = new Map<PointId, PointView>();
  for (const [index, info] of snapshot.points.entries()) {
    const entry = entries.get(index);
    const point: PointView = {
      info,
      value: entry?.[1] ?? null,
      at: entry?.[2] ?? null,
      status: entry?.[3] ?? { freshness: "unknown", since: snapshot.now },
      command: commands.get(info.id),
    };
    points.set(info.id, keepSame(before.get(info.id), point));
  }
  const { room, epoch, rev, brokers } = snapshot;
  return {
    room,
    position: { epoch, rev },
    ids: snapshot.points.map(({ id }) => id),
    points: createPointMap(points),
    brokers,
  };
}

/** The new versions of the points in these entries and commands. */
function changedBy(
  { ids, points }: Pick<LiveData, "ids" | "points">,
  entries: readonly Entry[],
  commands: readonly Command[],
): ReadonlyMap<PointId, PointView> {
  const changed = new Map<PointId, PointView>();
  for (const entry of entries) {
    const id = ids[entry[0]];
    const known = id === undefined ? undefined : points.get(id);
    if (!known) continue;
    const status = entry[3] === undefined ? known.status : keepSame(known.status, entry[3]);
    changed.set(known.info.id, { ...known, value: entry[1], at: entry[2], status });
  }
  for (const command of commands) {
    const known = changed.get(command.point) ?? points.get(command.point);
    if (known) changed.set(command.point, { ...known, command });
  }
  return changed;
}

/** Keeps the old reference if the content is equal; for what changes seldom. */
function keepSame<T>(before: T | undefined, next: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(next) ? before : next;
}
