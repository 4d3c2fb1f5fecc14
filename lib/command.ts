import { z } from "zod";
import { CommandId, PointId } from "./ids";
import { Value } from "./reading";

/**
 * One intended change of an actuator. Its life, as design has it:
 *   refused | sent → acked → confirmed | unconfirmed | failed | unknown
 * An `assumed` command (no state topic) ends at acked. An unconfirmed command may still become confirmed, marked late.
 */

export const RefusalCode = z.enum([
  "not-signed-in",
  "not-allowed",
  "no-such-point",
  "not-an-actuator",
  "bad-value",
  "too-fast",
  "broker-down",
  "device-offline",
  "busy",
  "confirmation-needed",
  "audit-unavailable",
  "shutting-down",
  "bad-topic",
  "duplicate",
]);
export type RefusalCode = z.infer<typeof RefusalCode>;

const Base = {
  id: CommandId,
  point: PointId,
  /** What was asked for; null for a button. */
  value: Value,
  /** The name of who asked, and when (epoch ms). */
  by: z.string(),
  at: z.number(),
};

export const Command = z.discriminatedUnion("state", [
  z.object({ ...Base, state: z.literal("refused"), code: RefusalCode, reason: z.string() }),
  z.object({ ...Base, state: z.literal("sent") }),
  z.object({ ...Base, state: z.literal("acked"), ackedAt: z.number(), assumed: z.boolean() }),
  z.object({ ...Base, state: z.literal("confirmed"), endedAt: z.number(), late: z.boolean() }),
  z.object({ ...Base, state: z.literal("unconfirmed"), endedAt: z.number(), reason: z.string() }),
  z.object({ ...Base, state: z.literal("failed"), endedAt: z.number(), code: z.number(), reason: z.string() }),
  z.object({ ...Base, state: z.literal("unknown"), endedAt: z.number(), reason: z.string() }),
]);
export type Command = z.infer<typeof Command>;
export type CommandState = Command["state"];

export { isInFlight } from "./inFlight";

/** What a person asks: the point and the value, never a topic or a payload. */
export const CommandRequest = z.strictObject({
  id: CommandId,
  point: PointId,
  value: Value,
  /** The revision on which the person acted, if a live page was looked at. */
  rev: z.number().int().nonnegative().optional(),
  /** The person answered the point's question with yes. */
  confirmed: z.boolean().optional(),
});
export type CommandRequest = z.infer<typeof CommandRequest>;
