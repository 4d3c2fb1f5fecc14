import type { Command } from "../../lib/command";
import type { CompiledActuator } from "../../lib/compiled";
import type { BrokerId, PointId } from "../../lib/ids";
import type { PointInfo } from "../../lib/point";
import type { PointStatus, Value } from "../../lib/reading";
import type { Notice } from "./catalog";
import type { Unsubscribe } from "./common";

/**
 * A point with its present reading. Never changed in place: each change makes a new object, so that a holder of an old one sees what was.
 */
export interface LivePoint {
  readonly info: Omit<PointInfo, "operable">;
  readonly value: Value;
  /** Epoch ms; null: never seen. */
  readonly at: number | null;
  readonly status: PointStatus;
  /** The revision of the last change of any of it. */
  readonly rev: number;
  /** The revision at which the status last changed. */
  readonly statusRev: number;
  /** In flight, or the last ended one since the start. */
  readonly command: Command | undefined;
  readonly commandRev: number;
}

/** The newest message on a topic, as it came. */
export interface LastMessage {
  at: number;
  retained: boolean;
  /** Bytes of the whole payload. */
  size: number;
  /** Its beginning; shorter than `size` where it was cut. Undefined: there was no room. */
  payload: Uint8Array | undefined;
}

export interface StoredPicture {
  type: "image/jpeg" | "image/png";
  /** As in the point's value. */
  hash: string;
  bytes: Uint8Array;
}

export type LiveChange = "value" | "status" | "command";

export interface LiveState {
  /** Names this run of the server: revisions of another epoch mean nothing. */
  readonly epoch: string;
  readonly rev: number;
  get(id: PointId): LivePoint | undefined;
  /** The availability topic that says that the point's device is offline; undefined: none does. */
  offlineBy(id: PointId): string | undefined;
  /** The newest message on the point's topic since the start, as it came. */
  lastMessage(id: PointId): LastMessage | undefined;
  /** The newest picture of a point that holds pictures, since the start. */
  picture(id: PointId): StoredPicture | undefined;
  /** In a stable order: by registration, then topic. */
  points(): Iterable<LivePoint>;
  /** How many points there are, without walking over them. */
  readonly size: number;
  /** How many points a registration has, likewise. */
  countOf(registration: string): number;
  /** Called in the turn of the event loop in which the change happened. */
  onUpdate(listener: (point: LivePoint, change: LiveChange) => void): Unsubscribe;
  /** The set of points, or what is known of them, changed. At most a few times a second. */
  onPoints(listener: () => void): Unsubscribe;
  /** The command's new state becomes visible to all who see the point. */
  applyCommand(command: Command): void;
  /** Every accepted, not retained reading: what a command is confirmed by. */
  onReading(
    listener: (reading: { point: PointId; value: Value; receivedAt: number; retained: boolean }) => void,
  ): Unsubscribe;
  /** What a command to this point would need: topics filled in, limits, payloads. Undefined for a sensor. */
  actuator(id: PointId): Actuator | undefined;
  /** What everyone should know: the cap on topics was hit. */
  notices?(): Notice[];
  counters(): Record<string, number>;
}

/** All that the command path must know of one actuator. */
export interface Actuator extends Omit<CompiledActuator, "blocked"> {
  readonly point: PointId;
  readonly broker: BrokerId;
  /** The topic that rights are checked on: the state topic, or the command topic where there is none. */
  readonly rightsTopic: string;
  readonly info: LivePoint["info"];
}
