import { z } from "zod";
import { Value } from "../reading";

/** What is known of one rule at one point (of an `offline` rule: at one availability topic), as it is stored. */

const Timer = z.object({
  /** The reading's own time at which it began, and when it was received. */
  since: z.number(),
  heardAt: z.number(),
  /** For how long it is known to hold: Telltale listened, and the point was neither stale nor offline. */
  heldMs: z.number(),
  peak: Value,
});
export type Timer = z.infer<typeof Timer>;

const occurrence = { id: z.string(), since: z.number(), peak: Value };

/** By the words of ISA-18.2: `active` is unacknowledged, `cleared` has returned unacknowledged. */
const AlarmState = z.discriminatedUnion("phase", [
  z.object({ phase: z.literal("normal") }),
  z.object({ phase: z.literal("pending"), timer: Timer }),
  /** `endedAt`: of a latching rule. `timer`: it is about to end, or has ended and is about to return. */
  z.object({ phase: z.literal("active"), ...occurrence, endedAt: z.number().optional(), timer: Timer.optional() }),
  z.object({
    phase: z.literal("acknowledged"),
    ...occurrence,
    by: z.string(),
    note: z.string().optional(),
    acknowledgedAt: z.number(),
    timer: Timer.optional(),
  }),
  z.object({ phase: z.literal("cleared"), ...occurrence, endedAt: z.number(), timer: Timer.optional() }),
]);
export type AlarmState = z.infer<typeof AlarmState>;
export type Phase = AlarmState["phase"];

export const AlarmRecord = z.object({
  state: AlarmState,
  /** Always with an end. */
  shelved: z.object({ until: z.number(), by: z.string() }).optional(),
  /** Of the last occurrence: no two have the same. */
  serial: z.number(),
});
export type StoredAlarm = z.infer<typeof AlarmRecord>;

/** `mark`: up to when the timer is counted, by this process's monotonic clock. */
export type AlarmRecord = StoredAlarm & { mark?: number | undefined };

export const NO_ALARM: AlarmRecord = { state: { phase: "normal" }, serial: 0 };

/** How a transition is called in the journal. */
export const JournalState = z.enum(["normal", "active", "acknowledged", "cleared", "shelved"]);
export type JournalState = z.infer<typeof JournalState>;

/** One transition. `pending` has none: it is no alarm yet. */
export interface Transition {
  at: number;
  /** The occurrence. */
  alarm: string;
  from: JournalState;
  to: JournalState;
  /** The person, where it was one. */
  by?: string;
  note?: string;
  value?: Value;
}
