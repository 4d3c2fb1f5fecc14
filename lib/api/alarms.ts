import { z } from "zod";
import { JournalState } from "../alarms/record";
import { AlarmLevel, AlarmRule } from "../alarms/rule";
import { Value } from "../reading";
import { withOrigin } from "./origin";
import { PageQuery } from "./paging";
import { route } from "./route";

/** How an alarm is shown. `suppressed`: its device is offline, so that nobody can know. */
const AlarmShown = z.enum(["active", "acknowledged", "cleared", "shelved", "suppressed"]);

/** One occurrence. Times are epoch milliseconds. */
export const AlarmOut = z
  .object({
    id: z.string(),
    rule: z.string(),
    name: z.string(),
    /** What to do. */
    text: z.string().optional(),
    level: AlarmLevel,
    /** Those that the caller may see. */
    points: z.array(z.string()),
    /** What it is about, for people: the point or the device. */
    where: z.string(),
    unit: z.string().optional(),
    state: AlarmShown,
    since: z.number(),
    endedAt: z.number().optional(),
    peak: Value,
    by: z.string().optional(),
    acknowledgedAt: z.number().optional(),
    note: z.string().optional(),
    shelvedUntil: z.number().optional(),
    shelvedBy: z.string().optional(),
    /** Whether the caller may acknowledge and shelve it. */
    operable: z.boolean(),
  })
  .meta({ id: "Alarm" });
export type AlarmOut = z.infer<typeof AlarmOut>;

/** Those that ask for a person, by their level. */
export const AlarmCounts = z.object({ critical: z.number(), warning: z.number(), notice: z.number() });
export type AlarmCounts = z.infer<typeof AlarmCounts>;

const Rule = AlarmRule.meta({ id: "AlarmRule" });
const RuleOut = z.object({ ...withOrigin, rule: Rule }).meta({ id: "AlarmRuleOut" });
export type AlarmRuleOut = z.infer<typeof RuleOut>;

const JournalOut = z.object({
  id: z.number(),
  at: z.number(),
  alarm: z.string(),
  rule: z.string(),
  /** The rule's name, and what it was about. */
  name: z.string(),
  where: z.string(),
  from: JournalState,
  to: JournalState,
  by: z.string().optional(),
  note: z.string().optional(),
  value: Value.optional(),
});
export type JournalOut = z.infer<typeof JournalOut>;

const Note = z.string().max(500);
/** Longer than anybody forgets it. */
const MAX_SHELF_MS = 30 * 86_400_000;

/** Alarms: what asks for a person now, what did, and by which rules. */
export const alarmContracts = {
  list: route({
    method: "GET",
    path: "/alarms",
    needs: "see",
    summary: "The alarms that are not over, the worst first, at most 1,000",
    answer: z.array(AlarmOut),
  }),
  acknowledge: route({
    method: "POST",
    path: "/alarms/{id}/ack",
    needs: "operate",
    summary: "Acknowledge an alarm: somebody knows. What has ended is over with it",
    body: z.strictObject({ note: Note.optional() }),
    answer: z.array(AlarmOut),
  }),
  shelve: route({
    method: "POST",
    path: "/alarms/{id}/shelve",
    needs: "operate",
    summary: "Put an alarm aside for everybody until a moment; if it still stands then, it is back",
    body: z.strictObject({ until: z.number().int().nonnegative() }),
    answer: z.array(AlarmOut),
  }),
  unshelve: route({
    method: "POST",
    path: "/alarms/{id}/unshelve",
    needs: "operate",
    summary: "Take an alarm from the shelf before its end",
    body: z.strictObject({}),
    answer: z.array(AlarmOut),
  }),
  journal: route({
    method: "GET",
    path: "/journal",
    needs: "see",
    summary: "What happened to alarms, newest first, in pages",
    query: z.object(PageQuery),
    answer: z.array(JournalOut),
  }),
  rules: route({
    method: "GET",
    path: "/alarm-rules",
    needs: "admin",
    summary: "All alarm rules",
    answer: z.array(RuleOut),
  }),
  createRule: route({
    method: "POST",
    path: "/alarm-rules",
    needs: "admin",
    summary: "Make an alarm rule; it judges from the next reading on",
    body: Rule,
    answer: RuleOut,
    status: 201,
  }),
  fromThresholds: route({
    method: "POST",
    path: "/alarm-rules/from-thresholds",
    needs: "admin",
    summary: "Make a rule of each threshold of a registered topic that has none yet; answers the new ones",
    body: z.strictObject({ registration: z.string().max(64) }),
    answer: z.array(Rule),
    status: 201,
  }),
  rule: route({
    method: "GET",
    path: "/alarm-rules/{id}",
    needs: "admin",
    summary: "One alarm rule",
    answer: RuleOut,
  }),
  replaceRule: route({
    method: "PUT",
    path: "/alarm-rules/{id}",
    needs: "admin",
    summary: "Change an alarm rule, or put it out of service (`disabled`), which ends its alarms",
    headers: ["If-Match"],
    body: Rule,
    answer: RuleOut,
  }),
  removeRule: route({
    method: "DELETE",
    path: "/alarm-rules/{id}",
    needs: "admin",
    summary: "Delete an alarm rule and end its alarms; the journal stays",
    headers: ["If-Match"],
  }),
};

export { MAX_SHELF_MS };
