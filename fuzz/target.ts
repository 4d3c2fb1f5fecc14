import type fc from "fast-check";
import type { Shape } from "./shapes";

/** Something that reads what strangers send. */
export interface Target<T = unknown> {
  readonly name: string;
  /** What it is tried with. */
  readonly shapes: readonly Shape<T>[];
  /** The largest size that is read at all: of characters or bytes. */
  readonly limit: number;
  /** Reads it; what it answers does not matter, unless it is steps (lib/steps.ts), of which each counts alone. It must not throw. */
  readonly read: (input: T) => unknown;
  /** Further inputs that are drawn by lot, of at most the limit. */
  readonly wild?: fc.Arbitrary<T>;
  /** Milliseconds of CPU that an input may hold the thread for; absent: HELD. */
  readonly budget?: number;
}

/** A target whose inputs only its own shapes make. */
export const erased = <T>(targets: readonly Target<T>[]): Target<never>[] => targets as unknown as Target<never>[];

/** What no single message, document or request may exceed (milliseconds of CPU on the thread of the event loop). */
export const HELD = 50;
