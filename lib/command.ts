import { z } from "zod";
import { CommandId, PointId } from "./ids";
import { Value } from "./reading";
import { Said, Wording } from "./texts/saidSchema";

/**
 * One intended change of an actuator. Its life:
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
  /** It arrived too long after the gesture, or nothing tells how long. */
  "too-late",
  /** The point means something else than when the person looked at it. */
  "changed",
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
  /** The broker's answer: it has no subscriber on the command topic (MQTT 5, reason code 0x10). */
  unheard: z.literal(true).optional(),
  /** A person has read that it was not confirmed: it is no longer shown. */
  dismissed: z.object({ by: z.string(), at: z.number() }).optional(),
};

/** What a point is now, for whoever acted on what it was before. */
export const PointNow = z.object({ name: z.string(), value: Value, at: z.number().nullable() });
export type PointNow = z.infer<typeof PointNow>;

/** `reason`: why it came to nothing, as it travels (Said) or in words. */
const commandWith = <R extends z.ZodType>(reason: R) =>
  z.discriminatedUnion("state", [
    z.object({
      ...Base,
      state: z.literal("refused"),
      code: RefusalCode,
      reason,
      /** `too-fast`: how long to wait, in ms. */
      retryAfter: z.number().optional(),
      /** `changed`: what is there now. */
      now: PointNow.optional(),
    }),
    z.object({ ...Base, state: z.literal("sent") }),
    z.object({ ...Base, state: z.literal("acked"), ackedAt: z.number(), assumed: z.boolean() }),
    z.object({ ...Base, state: z.literal("confirmed"), endedAt: z.number(), late: z.boolean() }),
    z.object({ ...Base, state: z.literal("unconfirmed"), endedAt: z.number(), reason }),
    z.object({ ...Base, state: z.literal("failed"), endedAt: z.number(), code: z.number(), reason }),
    z.object({ ...Base, state: z.literal("unknown"), endedAt: z.number(), reason }),
  ]);

export const Command = commandWith(Said);
export type Command = z.infer<typeof Command>;
/** As programs read it over HTTP: its reason in words. */
export const CommandOut = commandWith(Wording);
export type CommandOut = z.infer<typeof CommandOut>;
export type CommandState = Command["state"];

export { isInFlight, isUnsettled } from "./inFlight";

/**
 * How old the page's view was at the gesture, without any clock of the browser: the server's own time stamp that the page received
 * last on this connection (frames, heartbeats and catch-ups carry one), and the ms since then on the page's monotonic clock.
 */
export const ViewAge = z.strictObject({
  epoch: z.string().max(64),
  stamp: z.number(),
  since: z.number().nonnegative(),
});
export type ViewAge = z.infer<typeof ViewAge>;

/** What a person asks: the point and the value, never a topic or a payload. */
export const CommandRequest = z.strictObject({
  id: CommandId,
  point: PointId,
  value: Value,
  /** The revision on which the person acted: that of the point's description in the page, or a later one. */
  rev: z.number().int().nonnegative(),
  /** Null: the page has received no time stamp on this connection yet. Such a command is refused. */
  age: ViewAge.nullable(),
  /** The person answered the point's question with yes. */
  confirmed: z.boolean().optional(),
});
export type CommandRequest = z.infer<typeof CommandRequest>;

/**
 * A gesture whose answer never came. What the server does not know by now it never accepts. The point and the value are for the
 * audit's sake.
 */
export const CommandFate = z.strictObject({ id: CommandId, point: PointId, value: Value });
export type CommandFate = z.infer<typeof CommandFate>;

/** A person has read that this command was not confirmed. */
export const CommandDismiss = z.strictObject({ id: CommandId, point: PointId });
export type CommandDismiss = z.infer<typeof CommandDismiss>;
