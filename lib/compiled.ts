import type { Json } from "./decoders/decoder";
import type { NumberHabits } from "./decoders/numeric";
import type { HistoryPolicy } from "./history";
import type { PointId } from "./ids";
import type { PointInfo } from "./point";
import type { Qos } from "./qos";
import type { Reject, Value } from "./reading";
import type { Registration } from "./registration";
import type { Result } from "./result";
import type { Said } from "./texts/said";
import type { TopicFilter } from "./topics/parse";

/**
 * A registration made ready for the live path: paths parsed, payload words looked up, templates split, once.
 * Made by `compileRegistration` (lib/compile.ts), which the server and the registration form share,
 * so that what the form shows is what the tile will show.
 */
export interface CompiledRegistration {
  readonly registration: Registration;
  readonly filter: TopicFilter | undefined;
  /** More than one topic may match: points come into being as topics are seen. */
  readonly wildcard: boolean;
  readonly slots: readonly Slot[];
  /** What its values describe, where that is more than a value: pictures are stored beside them. */
  readonly holds?: PointInfo["holds"];
  /**
   * What one message says: an outcome for each slot that it speaks of. A slot of several that the message does not mention has no
   * outcome (a partial message blanks nothing). `levels`: wildcardLevels(filter, topic).
   */
  read(payload: Uint8Array, receivedAt: number, memory?: ReadMemory): readonly SlotOutcome[];
  /** The message before anything is picked from it: for a person to choose paths in. Undefined where the format cannot read it. */
  document(payload: Uint8Array): Json | undefined;
  /**
   * The points of these wildcard levels (`[]` without wildcard), in slot order. `apart`: the places of the levels in which the points of
   * the registration differ, for their names; absent: in all.
   */
  points(levels: readonly string[], topic: string | undefined, apart?: ReadonlySet<number>): readonly CompiledPoint[];
  /** Availability for these levels: every one must say online, unless `availabilityMode` says otherwise. */
  availability(levels: readonly string[]): readonly CompiledAvailability[];
  readonly availabilityMode?: "all" | "any" | "latest";
}

/** What earlier messages of one topic have shown of how its sender writes; by slot. Owned by the caller, changed in place. */
export interface ReadMemory {
  habits?: readonly (NumberHabits | undefined)[] | undefined;
}

/** One value of a registration; `key` is absent when it is the only one. */
export interface Slot {
  readonly index: number;
  readonly key: string | undefined;
  readonly staleAfter: "auto" | "never" | number;
  /** Absent: every reading is kept. */
  readonly history?: HistoryPolicy;
}

export type SlotOutcome =
  | {
      readonly slot: Slot;
      readonly ok: true;
      readonly value: Value;
      readonly at: number;
      /** The unit that the payload itself named; never another than the registered one. */
      readonly unit?: string;
    }
  | { readonly slot: Slot; readonly ok: false; readonly reject: Reject };

export interface CompiledPoint {
  readonly id: PointId;
  readonly slot: Slot;
  /** Everything but what the server adds. Made each time that it is asked for. */
  readonly info: Omit<PointInfo, "operable" | "origin" | "broker">;
  readonly actuator: CompiledActuator | undefined;
}

export interface CompiledActuator {
  /** `{1}` filled in; not yet checked with parseTopic (what the levels hold comes from outside). */
  readonly commandTopic: string;
  /** Why nothing can be published on it. */
  readonly blocked?: Said;
  /** The device's state topic is the command topic: its own echo must not count. */
  readonly sharedTopic: boolean;
  readonly confirmMs: number;
  readonly qos: Qos;
  readonly retain: boolean;
  /**
   * Checks type, enum, range and step; answers the exact payload, and the value that a confirmation must report. `expiresAt` (epoch
   * ms): until when a device may carry it out, for templates that ask for it.
   */
  encode(value: Value, expiresAt?: number): Result<{ payload: string; target: Value }, Said>;
  /** Whether a reported value is the one asked for. */
  confirms(target: Value, reported: Value): boolean;
}

export interface CompiledAvailability {
  readonly filter: TopicFilter;
  /** undefined: the payload says neither. */
  read(payload: Uint8Array): "online" | "offline" | undefined;
}

/** Refused with the field and the mend. */
export interface CompileError {
  /** JSON pointer into the registration, as `/values/temperature/value`. */
  pointer: string;
  message: Said;
}
