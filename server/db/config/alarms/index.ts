import type { Generated } from "kysely";
import { AlarmRecord, type StoredAlarm, type Transition } from "../../../../lib/alarms/record";
import { AlarmRule } from "../../../../lib/alarms/rule";
import type { JournalRow, StoredRule } from "../../../ports/alarms";
import type { Flow } from "../../flow";
import { type ConfigTable, type Statements, sqlOver } from "../access";
import { nextVersion } from "../changes";
import { readRow } from "../rows";
import { alarmMigrations } from "./migrations";

/** An alarm of one rule at one subject, as it is to be written. */
export interface AlarmWrite {
  rule: string;
  /** A point, or the topic of a device's availability. */
  subject: string;
  /** The change that it was last written by; 0: it is new. Another process may have written it since. */
  was: number;
  record: StoredAlarm;
  points: readonly string[];
  /** `alarm` is already what it is called everywhere. */
  transitions: readonly Transition[];
}

export interface AlarmRow {
  rule: string;
  subject: string;
  change: number;
  record: StoredAlarm;
  points: string[];
}

export interface AlarmsTable {
  /** In the order in which they were made. */
  alarmRules(): Promise<StoredRule[]>;
  putAlarmRules(rules: readonly AlarmRule[]): Promise<void>;
  deleteAlarmRule(id: string): Promise<boolean>;
  /** How often a rule or an alarm was changed. */
  alarmChanges(): Promise<number>;
  /** The alarms that were written by a later change than this. */
  alarms(after: number): Promise<AlarmRow[]>;
  /**
   * Alarms and their rows of the journal, in one transaction. Those that another process has written meanwhile are left as they are, and
   * answered; the change that the others were written by.
   */
  writeAlarms(writes: readonly AlarmWrite[]): Promise<{ change: number; overtaken: AlarmWrite[] }>;
  /** Newest first. */
  alarmJournal(ask: { before?: number | undefined; limit: number }): Promise<JournalRow[]>;
}

const sql = sqlOver<{
  alarm_rules: { id: string; position: number; body: string; version: number };
  alarms: { rule: string; subject: string; change: number; body: string };
  alarm_journal: { id: Generated<number>; at: number; alarm: string; rule: string; subject: string; body: string };
  alarm_changes: { id: number; n: number };
}>();

/** The first statement of each change: on Postgres its row lock makes the numbers follow the order of the commits. */
function* nextChange({ all, run }: Statements): Flow<number> {
  yield* run(sql.updateTable("alarm_changes").set((e) => ({ n: e("n", "+", 1) })));
  const [counter] = yield* all(sql.selectFrom("alarm_changes").select("n"));
  return Number(counter?.n ?? 0);
}

/** Answers whether it was written. */
function* writeOne({ run }: Statements, change: number, write: AlarmWrite): Flow<boolean> {
  const { rule, subject, was, record, points } = write;
  const body = JSON.stringify({ record, points });
  const query =
    was === 0
      ? sql
          .insertInto("alarms")
          .values({ rule, subject, change, body })
          .onConflict((c) => c.columns(["rule", "subject"]).doNothing())
      : sql
          .updateTable("alarms")
          .set({ change, body })
          .where("rule", "=", rule)
          .where("subject", "=", subject)
          .where("change", "=", was);
  return (yield* run(query)) > 0;
}

export const alarms: ConfigTable<AlarmsTable> = {
  migrations: alarmMigrations,
  open: ({ all, write }) => ({
    async alarmRules() {
      const rows = await all(sql.selectFrom("alarm_rules").select(["id", "body", "version"]).orderBy("position"));
      return rows.map(({ id, body, version }) => ({ item: readRow(AlarmRule, "alarm rule", id, body), version }));
    },
    putAlarmRules: (rules) =>
      write(function* (statements) {
        const version = yield* nextVersion(statements);
        const position = yield* nextChange(statements);
        for (const rule of rules) {
          const body = JSON.stringify(rule);
          const insert = sql.insertInto("alarm_rules").values({ id: rule.id, position, body, version });
          yield* statements.run(insert.onConflict((c) => c.column("id").doUpdateSet({ body, version })));
        }
      }),
    deleteAlarmRule: (id) =>
      write(function* (statements) {
        yield* nextChange(statements);
        return (yield* statements.run(sql.deleteFrom("alarm_rules").where("id", "=", id))) > 0;
      }),
    async alarmChanges() {
      const [counter] = await all(sql.selectFrom("alarm_changes").select("n"));
      return Number(counter?.n ?? 0);
    },
    async alarms(after) {
      const rows = await all(sql.selectFrom("alarms").selectAll().where("change", ">", after));
      return rows.map(({ rule, subject, change, body }) => {
        const { record, points } = JSON.parse(body) as { record: unknown; points: string[] };
        return { rule, subject, change, record: readRow(AlarmRecord, "alarm", rule, JSON.stringify(record)), points };
      });
    },
    writeAlarms: (writes) =>
      write(function* (statements) {
        const change = yield* nextChange(statements);
        const overtaken: AlarmWrite[] = [];
        for (const one of writes) {
          if (!(yield* writeOne(statements, change, one))) {
            overtaken.push(one);
            continue;
          }
          const { rule, subject } = one;
          for (const { at, alarm, ...more } of one.transitions) {
            const row = { at, alarm, rule, subject, body: JSON.stringify(more) };
            yield* statements.run(sql.insertInto("alarm_journal").values(row));
          }
        }
        return { change, overtaken };
      }),
    async alarmJournal({ before, limit }) {
      let query = sql
        .selectFrom("alarm_journal")
        .select(["id", "at", "alarm", "rule", "subject", "body"])
        .orderBy("id", "desc")
        .limit(limit);
      if (before !== undefined) query = query.where("id", "<", before);
      return (await all(query)).map(({ id, at, body, ...row }) => ({
        ...row,
        id: Number(id),
        at: Number(at),
        ...(JSON.parse(body) as Omit<Transition, "at" | "alarm">),
      }));
    },
  }),
};
