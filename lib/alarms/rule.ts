import { z } from "zod";
import { PointId } from "../ids";
import { nameText } from "../name";
import { issueOf, withText } from "../texts/issues";
import { type SaidText, say } from "../texts/said";
import { DurationSchema } from "../time";
import { TopicFilterSchema } from "../topics/parse";

/**
 * When a person is needed, and what that person should do. The same shape is in telltale.yaml, in the HTTP API and in the store: the schema
 * checks and never rewrites.
 */

const AlarmRuleId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, withText(say("schema.slug", { what: "id" })))
  .brand<"AlarmRuleId">();

export const AlarmLevel = z.enum(["critical", "warning", "notice"]);
export type AlarmLevel = z.infer<typeof AlarmLevel>;

const finite = z.number().refine(Number.isFinite);
const span = z.tuple([finite, finite]).refine(([low, high]) => low < high, withText(say("schema.alarmSpan")));
const compared = z.union([finite, z.boolean(), z.string().max(1000)]);
const move = z.strictObject({ by: finite.positive(), within: DurationSchema });

const CONDITIONS = {
  above: finite.optional(),
  below: finite.optional(),
  /** Under the first or over the second. */
  outside: span.optional(),
  equals: compared.optional(),
  not: compared.optional(),
  rises: move.optional(),
  falls: move.optional(),
  /** No reading for so long. */
  silent: DurationSchema.optional(),
  /** Its availability topic says so. */
  offline: z.literal(true).optional(),
};

const CLEARING = {
  above: finite.optional(),
  below: finite.optional(),
  inside: span.optional(),
  equals: compared.optional(),
  not: compared.optional(),
};

const isOne = (given: object): boolean => Object.values(given).filter((value) => value !== undefined).length === 1;

const AlarmCondition = z.strictObject(CONDITIONS).refine(isOne, withText(say("schema.alarmOneCondition")));
export type AlarmCondition = z.infer<typeof AlarmCondition>;
const ClearCondition = z.strictObject(CLEARING).refine(isOne, withText(say("schema.alarmOneCondition")));
export type ClearCondition = z.infer<typeof ClearCondition>;

const label = nameText(200, 1);
const RulePoints = z.union([
  z.array(PointId).min(1).max(1000),
  z.strictObject({ filter: TopicFilterSchema, key: z.string().min(1).max(64).optional() }),
  z.strictObject({ device: label }),
  z.strictObject({ area: label }),
]);

export const AlarmRule = z
  .strictObject({
    id: AlarmRuleId,
    name: label,
    /** Their ids, or what selects them. */
    points: RulePoints,
    when: AlarmCondition,
    /** When it ends; absent: as soon as `when` no longer holds. */
    clear: ClearCondition.optional(),
    /** How long `when` must hold before it is an alarm. */
    delay: DurationSchema.optional(),
    clearDelay: DurationSchema.optional(),
    level: AlarmLevel,
    /** What to do. */
    text: z.string().max(1000).optional(),
    /** It stays until it is acknowledged. */
    latch: z.boolean().optional(),
    /** Out of service: it judges nothing. */
    disabled: z.boolean().optional(),
  })
  .superRefine(({ when, clear }, ctx) => {
    const fault = clear && clearFault(when, clear);
    if (fault) ctx.addIssue(issueOf(fault, "clear"));
  });
export type AlarmRule = z.infer<typeof AlarmRule>;

/** A value that both raises and ends an alarm would do so for ever. */
function clearFault(when: AlarmCondition, clear: ClearCondition): SaidText | undefined {
  if (when.rises || when.falls || when.silent !== undefined || when.offline) return say("schema.alarmClearByItself");
  const overlaps =
    (when.above !== undefined &&
      ((clear.below !== undefined && clear.below > when.above) ||
        (clear.inside !== undefined && clear.inside[1] > when.above) ||
        clear.above !== undefined)) ||
    (when.below !== undefined &&
      ((clear.above !== undefined && clear.above < when.below) ||
        (clear.inside !== undefined && clear.inside[0] < when.below) ||
        clear.below !== undefined)) ||
    (when.outside !== undefined &&
      (clear.inside === undefined || clear.inside[0] < when.outside[0] || clear.inside[1] > when.outside[1])) ||
    (when.equals !== undefined && clear.equals === when.equals) ||
    (when.not !== undefined && clear.equals !== when.not);
  return overlaps ? say("schema.alarmClearOverlaps") : undefined;
}
